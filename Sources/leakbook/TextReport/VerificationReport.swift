import LeakAnalysis
import LeakCasebook
import LeakModel

/// What later evidence says of a fix: the answer, why, and the table that closes an incident.
struct VerificationReport {
  let document: VerificationDocument

  init(_ document: VerificationDocument) {
    self.document = document
  }

  func lines(width: Int) -> [String] {
    var layout = ReportLayout(width: width)
    let reopened = document.status == IncidentStatus.reopened.rawValue
    layout.add(
      "\(document.incident) \(reopened ? "is back: reopened" : document.answer.words)"
    )
    for (index, reason) in document.reasons.enumerated() {
      layout.add(index == 0 ? "why" : "", reason)
    }
    layout.add("")
    layout.add(reopened ? "against the evidence of the trouble" : "before and after")
    for line in Self.table(document.table) { layout.add(line) }
    if let since = document.sinceVerified {
      layout.add("")
      layout.add("against the evidence that proved the fix")
      for (index, reason) in since.reasons.enumerated() {
        layout.add(index == 0 ? "why" : "", reason)
      }
      for line in Self.table(since.table) { layout.add(line) }
    }
    return layout.lines
  }

  private static func table(_ rows: [FixTableRow]) -> [String] {
    let cells = rows.map { row in
      [row.title, text(row.before, row.unit), text(row.after, row.unit), change(row)]
    }
    let all = [["", "BEFORE", "AFTER", "CHANGE"]] + cells
    let widths = (0..<4).map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    return all.map { row in
      let numbers = (1..<4).filter { $0 < 3 || !row[3].isEmpty }
      return "  " + row[0].padded(to: widths[0])
        + numbers.map { "  " + row[$0].rightAligned(to: widths[$0]) }.joined()
    }
  }

  private static func text(_ value: Double?, _ unit: String) -> String {
    guard let value else { return "-" }
    switch unit {
    case "bytes": return Bytes(value).description
    case "bytes/h": return Bytes(value).description + "/h"
    case "bytes/s": return Bytes(value).description + "/s"
    case "share": return Quantity.percent(value)
    case "s": return Quantity.duration(nanoseconds: value * 1e9)
    case "ms": return Quantity.duration(nanoseconds: value * 1e6)
    case "1/min": return value.shortText
    case "1/s": return value.shortText + "/s"
    default: return value.shortText
    }
  }

  private static func change(_ row: FixTableRow) -> String {
    guard let before = row.before, let after = row.after, before > 0, after >= 0 else { return "" }
    let percent = (after / before - 1) * 100
    return (percent > 0 ? "+" : "") + "\(percent.rounded().shortText) %"
  }
}

extension FixAnswer {
  /// The answer as it follows the incident's number.
  fileprivate var words: String {
    switch self {
    case .verified: "verified"
    case .notYet: "not verified yet"
    case .worse: "worse than before"
    }
  }
}

extension FixTableRow {
  /// What the row is, for people.
  fileprivate var title: String {
    switch name {
    case "watched": "watched for"
    case "gc_count": "GC cycles"
    case "gc_rate": "GC cycles a minute"
    case "gc_pause": "mean GC pause"
    case "gc_cpu": "CPU taken by GC"
    case "rss_peak": "peak of resident memory"
    case "heap_peak": "peak of the heap"
    case "goroutines_peak": "most goroutines"
    case "alloc_rate": "bytes allocated"
    case "alloc_objects_rate": "objects allocated"
    case "rss_slope": "growth of resident memory"
    case "heap_slope": "growth of the live heap"
    default: name
    }
  }
}
