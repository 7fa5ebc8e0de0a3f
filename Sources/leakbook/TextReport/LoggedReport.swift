import LeakCasebook
import LeakModel
import LeakRules

/// What came of logging an incident: its number alone on the first line, so that a script has it.
struct LoggedReport {
  let logged: Logged
  let rulebook: Rulebook
  let language: Language
  /// The present, from which the age of a repair is counted.
  let now: Instant

  /// The files that could not be used are shown up to this many.
  private static let shownIgnored = 3

  init(_ logged: Logged, rulebook: Rulebook, language: Language, now: Instant) {
    self.logged = logged
    self.rulebook = rulebook
    self.language = language
    self.now = now
  }

  func lines(width: Int) -> [String] {
    var lines = [logged.incident.id.description]
    if let diagnosis = logged.diagnosis {
      lines += DiagnosisReport(diagnosis, rulebook: rulebook, language: language)
        .answer(width: width)
    }
    var layout = ReportLayout(width: width)
    let isUnread = logged.diagnosis == nil
    switch logged.added.count {
    case 0 where isUnread:
      layout.add("", "no evidence yet: leakbook attach \(logged.incident.id) FILE…")
    case 0: layout.add("kept", "nothing that was not there already")
    case let count:
      layout.add("kept", Quantity.counted(count, "file") + (isUnread ? ", none of them read" : ""))
    }
    for file in logged.ignored.prefix(Self.shownIgnored) {
      layout.add("", "not read: \(file.source): \(file.reason)")
    }
    let hidden = logged.ignored.count - Self.shownIgnored
    if hidden > 0 { layout.add("", "not read: \(hidden) more") }
    layout.add("more", verbatim: "leakbook show \(logged.incident.id)")
    lines += layout.lines
    guard !logged.similar.isEmpty else { return lines }
    let similar = SimilarReport(hits: logged.similar, now: now).lines(width: width)
    guard let earlier = logged.recurrence else { return lines + [""] + similar }
    let seen = "seen before: this looks like the return of \(earlier.incident.id)"
    return [lines[0], seen] + similar + [""] + Array(lines.dropFirst())
  }
}
