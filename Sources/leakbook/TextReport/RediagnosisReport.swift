import LeakCasebook
import LeakModel

/// Past verdicts beside those of the present rules: first what flips, then the count of the rest.
struct RediagnosisReport {
  let items: [Rediagnosis]
  let isDryRun: Bool

  func lines(width: Int) -> [String] {
    var layout = ReportLayout(width: width, indent: 8)
    let counts = Dictionary(items.map { ($0.outcome, 1) }, uniquingKeysWith: +)
    let flipped = items.filter { $0.outcome == .flipped }
    layout.add(
      "\(Quantity.counted(items.count, "verdict")): \(counts[.flipped] ?? 0) "
        + "\(isDryRun ? "would flip" : "flipped"), \(counts[.changed] ?? 0) "
        + "\(isDryRun ? "would change" : "changed") within the cause, "
        + "\(counts[.reproduced] ?? 0) reproduced byte for byte"
    )
    for item in flipped {
      layout.add(
        item.incident,
        "\(Self.text(item.before)) -> \(item.after.map(Self.text) ?? "none")",
        aside: item.gainWords
      )
      layout.add("", item.title)
    }
    let gains = flipped.compactMap(\.gain)
    if !gains.isEmpty {
      layout.add(
        "",
        "of \(gains.count) with a settled cause: \(gains.count { $0 > 0 }) right now, "
          + "\(gains.count { $0 < 0 }) wrong now"
      )
    }
    for item in items where item.outcome == .unreadable {
      layout.add(item.incident, "cannot be judged: \(item.reason ?? "")")
    }
    return layout.lines
  }

  private static func text(_ judgement: Rediagnosis.Judgement) -> String {
    "\(judgement.cause.rawValue) \(Quantity.percent(judgement.confidence))"
  }
}

extension Rediagnosis {
  /// Whether the flip is for the better, by the settled cause.
  fileprivate var gainWords: String {
    switch gain {
    case 1: "right now"
    case -1: "wrong now"
    case .some: "wrong as before"
    case nil: "not settled"
    }
  }
}
