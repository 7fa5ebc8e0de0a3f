import LeakCasebook
import LeakModel

/// What became of verdicts and fixes, as tables.
struct OutcomesReport {
  let outcomes: OutcomesDocument

  /// The fixes shown at most: JSON has them all.
  private static let shownFixes = 20

  init(_ outcomes: OutcomesDocument) {
    self.outcomes = outcomes
  }

  func lines(width: Int) -> [String] {
    let statuses = outcomes.incidents.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let total = outcomes.incidents.values.reduce(0, +)
    var layout = ReportLayout(width: width, indent: 14)
    layout.add(
      "incidents",
      statuses.isEmpty ? "none" : "\(total): " + statuses.joined(separator: ", ")
    )
    layout.add("to diagnose", Self.text(outcomes.timeToDiagnose))
    layout.add("to resolve", Self.text(outcomes.timeToResolve))
    layout.add("to verify", Self.text(outcomes.timeToVerify))
    if !outcomes.playbooks.isEmpty {
      layout.add("")
      for line in playbookTable { layout.add(line) }
    }
    if !outcomes.fixes.isEmpty {
      layout.add("")
      for line in fixTable(width: width) { layout.add(line) }
    }
    return layout.lines
  }

  private var playbookTable: [String] {
    let head = ["PLAYBOOK", "NAMED", "FIXED", "HOLDS", "FAILED", "SUCCESS"]
    let rows = outcomes.playbooks.map { playbook in
      [
        playbook.playbook.rawValue, "\(playbook.right)/\(playbook.judged)",
        Quantity.grouped(playbook.applied), Quantity.grouped(playbook.verified),
        Quantity.grouped(playbook.failed), Self.text(playbook.successRate),
      ]
    }
    return Self.table([head] + rows)
  }

  private func fixTable(width: Int) -> [String] {
    let head = ["FIXED", "HOLDS", "FAILED", "SUCCESS", "LAST", "CAUSE"]
    let shown = outcomes.fixes.prefix(Self.shownFixes)
    let rows = shown.map { fix in
      [
        Quantity.grouped(fix.applied), Quantity.grouped(fix.verified), Quantity.grouped(fix.failed),
        Self.text(fix.successRate), String(fix.lastApplied.prefix(10)), fix.cause.rawValue,
      ]
    }
    var lines: [String] = []
    for (index, line) in Self.table([head] + rows).enumerated() {
      lines.append(line)
      if index > 0 {
        lines.append("  " + PrintableText.clean(shown[index - 1].fix).cut(to: width - 2))
      }
    }
    let hidden = outcomes.fixes.count - shown.count
    return hidden > 0 ? lines + ["… \(hidden) more fixes (--json)"] : lines
  }

  /// Columns as wide as their widest cell; text at the left, numbers at the right.
  private static func table(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    let isText = (rows.first ?? []).map { ["PLAYBOOK", "CAUSE", "LAST"].contains($0) }
    return rows.map { row in
      let cells = row.indices.map { column in
        isText[column]
          ? row[column].padded(to: widths[column]) : row[column].rightAligned(to: widths[column])
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func text(_ rate: Double?) -> String {
    rate.map { "\(Int(($0 * 100).rounded())) %" } ?? "-"
  }

  private static func text(_ duration: OutcomesDocument.Duration) -> String {
    guard let mean = duration.mean, let median = duration.median else { return "-" }
    return "mean \(Quantity.duration(nanoseconds: mean * 1e9)), "
      + "median \(Quantity.duration(nanoseconds: median * 1e9)) (\(duration.count))"
  }
}
