import LeakModel
import LeakRules

/// A diagnosis for a tired person: the first line is the answer, the rest says why.
struct DiagnosisReport {
  let diagnosis: Diagnosis
  /// The titles of causes in the reader's language.
  let titles: [Cause: String]
  let language: Language
  /// Whether to show all there is, and not only the strongest of each kind.
  let isWhole: Bool

  /// The facts shown for the first verdict when not all are.
  private static let shownReasons = 3
  /// The other causes and the ignored files shown.
  private static let shownOthers = 2

  init(
    _ diagnosis: Diagnosis,
    rulebook: Rulebook,
    language: Language,
    isWhole: Bool = false
  ) {
    self.diagnosis = diagnosis
    self.language = language
    self.isWhole = isWhole
    self.titles = Dictionary(
      diagnosis.verdicts.compactMap { verdict in
        rulebook.playbook(for: verdict.cause, language: language).map { (verdict.cause, $0.title) }
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The whole report.
  func lines(width: Int) -> [String] {
    guard let first = diagnosis.verdicts.first else { return [] }
    var layout = ReportLayout(width: width)
    layout.add("")
    addReasons(of: first, to: &layout)
    for also in diagnosis.verdicts where also.isAlso { add(also, to: &layout) }
    addOthers(to: &layout)
    if let breakdown = diagnosis.breakdown { layout.add(label(.rss), breakdown.sum) }
    if let limit = diagnosis.forecast.flatMap({ TimeToLimitText($0) }) {
      layout.add(label(.limit), limit.text)
    }
    for misbelief in diagnosis.misbeliefs {
      layout.add(label(.myth), "\"\(misbelief.belief)\": \(misbelief.correction)")
    }
    addNext(to: &layout)
    addFiles(to: &layout)
    let playbooks = diagnosis.verdicts.filter { $0 == first || $0.isAlso }.compactMap(\.playbook)
    for (index, playbook) in playbooks.enumerated() {
      layout.add(index == 0 ? label(.fix) : "", verbatim: "leakbook playbook show \(playbook)")
    }
    return answer(width: width) + layout.lines
  }

  /// The answer and the function to open, without the reasons.
  func answer(width: Int) -> [String] {
    guard let first = diagnosis.verdicts.first else { return [] }
    var layout = ReportLayout(width: width, indent: 4)
    let urgency = first.cause == .healthy ? "OK" : diagnosis.severity.rawValue
    let verdict = "\(first.cause.rawValue) \(Quantity.percent(first.confidence))"
    let title = titles[first.cause] ?? first.title
    layout.addHead(urgency, title, aside: verdict)
    if let culprit = first.culprit {
      layout.add("", "\(words(.openFirst))  \(culprit.function)", aside: culprit.place)
    }
    return layout.lines
  }

  /// What is wrong besides, in short: the whole of it is in its playbook.
  private func add(_ also: Verdict, to layout: inout ReportLayout) {
    let title = titles[also.cause] ?? also.title
    let sure = "\(also.cause.rawValue) \(Quantity.percent(also.confidence))"
    layout.addHead(label(.also), title, aside: sure)
    if let culprit = also.culprit {
      layout.add("", "\(words(.openFirst))  \(culprit.function)", aside: culprit.place)
    }
    for reason in also.reasonsFor.prefix(isWhole ? also.reasonsFor.count : 2) {
      layout.add("", reason.statement, aside: reason.origin)
    }
  }

  private func addReasons(of verdict: Verdict, to layout: inout ReportLayout) {
    let reasons = isWhole ? verdict.reasonsFor[...] : verdict.reasonsFor.prefix(Self.shownReasons)
    let heading = label(verdict.cause == .unknown ? .seen : .why)
    for (index, reason) in reasons.enumerated() {
      layout.add(index == 0 ? heading : "", reason.statement, aside: reason.origin)
    }
    let against =
      isWhole ? verdict.reasonsAgainst[...] : verdict.reasonsAgainst.prefix(1)
    for (index, reason) in against.enumerated() {
      layout.add(index == 0 ? label(.but) : "", reason.statement, aside: reason.origin)
    }
    guard isWhole else { return }
    for (index, reason) in verdict.unknown.enumerated() {
      layout.add(index == 0 ? label(.unknown) : "", reason.statement)
    }
  }

  private func addOthers(to layout: inout ReportLayout) {
    let others = diagnosis.verdicts.dropFirst().filter { !$0.isAlso }
    let shown = isWhole ? others[...] : others.prefix(Self.shownOthers)
    // Without an answer the next ones are candidates, not what was ruled out.
    let heading = diagnosis.verdicts.first?.cause == .unknown ? label(.maybe) : label(.not)
    for (index, verdict) in shown.enumerated() {
      var text = "\(verdict.cause.rawValue) \(Quantity.percent(verdict.confidence))"
      let reason =
        diagnosis.verdicts.first?.cause == .unknown
        ? verdict.reasonsFor.first : verdict.reasonsAgainst.first
      if let reason { text += ": \(reason.statement)" }
      layout.add(index == 0 ? heading : "", text)
    }
  }

  private func addNext(to layout: inout ReportLayout) {
    let captures = isWhole ? diagnosis.next[...] : diagnosis.next.prefix(1)
    for (index, next) in captures.enumerated() {
      layout.add(index == 0 ? label(.next) : "", "\(next.capture): \(next.why)")
      layout.add("", verbatim: next.command)
    }
  }

  private func addFiles(to layout: inout ReportLayout) {
    let sources = Set(diagnosis.evidence.map(\.source))
    var text = words(.files(sources.count))
    let ignored = diagnosis.ignored
    if !ignored.isEmpty { text += words(.ignored(ignored.count)) }
    layout.add(label(.read), text)
    for file in isWhole ? ignored[...] : ignored.prefix(Self.shownOthers) {
      layout.add("", "\(file.source): \(file.reason)")
    }
  }
}

extension Culprit {
  /// The last part of the file's path, and the line.
  fileprivate var place: String {
    guard let name = file?.split(separator: "/").last else { return "" }
    return line.map { $0 > 0 ? "\(name):\($0)" : "\(name)" } ?? "\(name)"
  }
}

extension Reason {
  /// Where it was measured: a file's name, or how many there were.
  fileprivate var origin: String {
    from.count > 1 ? "\(from.count) files" : from.first ?? ""
  }
}
