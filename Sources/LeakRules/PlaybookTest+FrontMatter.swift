import LeakAnalysis
import LeakModel
import Yams

extension Playbook {
  /// Reads the tests of the playbook, in the order of the file.
  ///
  /// - Throws: `PlaybookError` with everything that is wrong in them.
  package func tests() throws(PlaybookError) -> [PlaybookTest] {
    var reader = NodeReader(source, source.tests)
    let root = reader.compose(source.tests).map { reader.fields($0, keys: ["tests"]) } ?? [:]
    let tests = reader.list(root["tests"]).compactMap { reader.test($0) }
    guard reader.problems.isEmpty else { throw PlaybookError(reader.problems) }
    return tests
  }
}

extension NodeReader {
  private enum ExpectedVerdict: String, CaseIterable {
    case match
    case noMatch = "no-match"
    case unknown
  }

  fileprivate mutating func test(_ node: Node) -> PlaybookTest? {
    let fields = fields(
      node,
      keys: ["name", "facts", "expect", "because", "missing"],
      optional: ["because", "missing"]
    )
    let facts = facts(fields["facts"])
    guard let verdict = word(fields["expect"], of: ExpectedVerdict.self) else { return nil }
    if verdict != .noMatch, let because = fields["because"] {
      report(because, "only a no-match has a fact that decides")
    }
    if verdict != .unknown, let missing = fields["missing"] {
      report(missing, "only an unknown has captures missing")
    }
    let expectation: PlaybookTest.Expectation
    switch verdict {
    case .match: expectation = .match
    case .unknown: expectation = .unknown(missing: captures(fields["missing"]))
    case .noMatch:
      guard let because = fields["because"] else {
        report(node, "a no-match needs 'because': the fact that decides")
        return nil
      }
      guard let fact = fact(because) else { return nil }
      expectation = .noMatch(because: fact)
    }
    return PlaybookTest(name: string(fields["name"]), facts: facts, expectation: expectation)
  }

  private mutating func facts(_ node: Node?) -> FactSet {
    guard let node else { return FactSet() }
    guard case .mapping(let mapping) = node else {
      report(node, "expected facts with their values")
      return FactSet()
    }
    var facts = FactSet()
    for (key, value) in mapping {
      guard let id = fact(key) else { continue }
      let measured = read(value) { text throws(TextError) in try Literal.value(text[...], of: id) }
      guard let measured else { continue }
      facts.insert(Fact(id: id, value: measured, statement: string(value), from: []))
    }
    return facts
  }

  private mutating func fact(_ node: Node) -> FactID? {
    read(node) { name throws(TextError) in try FactID.named(name) }
  }
}
