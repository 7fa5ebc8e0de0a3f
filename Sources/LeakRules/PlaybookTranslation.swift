import LeakModel

/// A Chinese twin: the words of a playbook without its rules.
struct PlaybookTranslation: Sendable, Equatable {
  let id: Cause
  let title: String
  let summary: String
  let looksLike: [Playbook.LookAlike]
  let source: PlaybookSource

  /// Reads a twin's front matter.
  ///
  /// - Throws: `PlaybookError` with everything that is wrong in the front matter.
  init(_ source: PlaybookSource) throws(PlaybookError) {
    var reader = NodeReader(source, source.front)
    let keys = ["id", "title", "summary", "looks_like"]
    let fields = reader.compose(source.front).map { reader.fields($0, keys: keys) } ?? [:]
    let id = reader.word(fields["id"], of: Cause.self)
    self.title = reader.string(fields["title"])
    self.summary = reader.string(fields["summary"])
    self.looksLike = reader.lookAlikes(fields["looks_like"])
    var problems = reader.problems
    if !source.tests.text.isEmpty {
      problems.append(source.problem(at: "tests:", "the tests stand in the English playbook"))
    }
    guard problems.isEmpty, let id else {
      let empty = source.problem(line: 1, column: 1, "the front matter is empty")
      throw PlaybookError(problems.isEmpty ? [empty] : problems)
    }
    self.id = id
    self.source = source
  }
}

extension Playbook {
  /// The playbook with the words of its twin and its own rules.
  func translated(by twin: PlaybookTranslation) -> Playbook {
    Playbook(
      id: id,
      title: twin.title,
      family: family,
      status: status,
      severity: severity,
      quadrant: quadrant,
      summary: twin.summary,
      needs: needs,
      helps: helps,
      culprit: culprit,
      prior: prior,
      requires: requires,
      excludes: excludes,
      evidence: evidence,
      looksLike: twin.looksLike,
      references: references,
      source: source,
      prose: twin.source
    )
  }
}
