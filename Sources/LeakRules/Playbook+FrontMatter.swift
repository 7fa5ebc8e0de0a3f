import LeakAnalysis
import LeakModel
import Yams

extension Playbook {
  /// The keys of the front matter in the order of the file; `tests` stands apart.
  static let keys = [
    "id", "title", "family", "status", "severity", "quadrant", "summary", "needs", "helps",
    "culprit", "prior", "requires", "excludes", "evidence", "looks_like", "references",
  ]

  /// Reads an English playbook; its body and its tests are read when asked for.
  ///
  /// - Throws: `PlaybookError` with everything that is wrong in the front matter.
  package init(path: String, text: String) throws(PlaybookError) {
    try self.init(PlaybookSource(path: path, text: text))
  }

  init(_ source: PlaybookSource) throws(PlaybookError) {
    var reader = NodeReader(source, source.front)
    let fields = reader.compose(source.front).map { reader.fields($0, keys: Self.keys) } ?? [:]
    let id = reader.word(fields["id"], of: Cause.self)
    let family = reader.word(fields["family"], of: Cause.Family.self)
    let status = reader.word(fields["status"], of: Status.self)
    let severity = reader.word(fields["severity"], of: Severity.self)
    let culprit = reader.word(fields["culprit"], of: CulpritPlace.self)
    self.title = reader.string(fields["title"])
    self.quadrant = reader.word(fields["quadrant"], of: Quadrant.self, or: "none")
    self.summary = reader.string(fields["summary"])
    self.needs = reader.captures(fields["needs"])
    self.helps = reader.captures(fields["helps"])
    self.prior = reader.number(fields["prior"])
    self.requires = reader.conditions(fields["requires"])
    self.excludes = reader.conditions(fields["excludes"])
    self.evidence = reader.clues(fields["evidence"])
    self.looksLike = reader.lookAlikes(fields["looks_like"])
    self.references = reader.list(fields["references"]).map { reader.string($0) }
    var problems = reader.problems
    if source.tests.text.isEmpty {
      problems.append(source.problem(at: "---", "missing key 'tests'"))
    }
    guard problems.isEmpty, let id, let family, let status, let severity, let culprit else {
      let empty = source.problem(line: 1, column: 1, "the front matter is empty")
      throw PlaybookError(problems.isEmpty ? [empty] : problems)
    }
    self.id = id
    self.family = family
    self.status = status
    self.severity = severity
    self.culprit = culprit
    self.source = source
    self.prose = source
  }
}

extension NodeReader {
  mutating func captures(_ node: Node?) -> [EvidenceKind] {
    list(node).compactMap { word($0, of: EvidenceKind.self) }
  }

  fileprivate mutating func conditions(_ node: Node?) -> [Condition] {
    list(node).compactMap { condition($0) }
  }

  private mutating func condition(_ node: Node?) -> Condition? {
    read(node) { text throws(TextError) in try Condition(text) }
  }

  fileprivate mutating func clues(_ node: Node?) -> [Clue] {
    let keys = ["when", "for", "against", "because"]
    return list(node).compactMap { item in
      let fields = fields(item, keys: keys, optional: ["for", "against"])
      let clue = condition(fields["when"]).map {
        Clue(
          condition: $0,
          for: number(fields["for"]),
          against: number(fields["against"]),
          because: string(fields["because"])
        )
      }
      guard let clue else { return nil }
      if clue.for < 0 || clue.against < 0 || clue.for + clue.against == 0 {
        report(item, "a clue weighs more than 0 on one side at least, and never less")
      }
      return clue
    }
  }

  mutating func lookAlikes(_ node: Node?) -> [Playbook.LookAlike] {
    list(node).compactMap { item in
      let fields = fields(item, keys: ["playbook", "tell"])
      guard let cause = word(fields["playbook"], of: Cause.self) else { return nil }
      return Playbook.LookAlike(playbook: cause, tell: string(fields["tell"]))
    }
  }
}
