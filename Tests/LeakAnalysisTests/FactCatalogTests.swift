import LeakAnalysis
import LeakModel
import Testing

struct FactCatalogTests {
  /// Nobody can be asked for these: they are met in what was pasted, or not.
  private static let incidental: Set<FactID> = [
    .goroutineExcerptOf, .goroutineContextWaitGrowth, .heapClientShare, .allocBytesPerOperation,
    .allocObjectsPerOperation, .allocReflectionShare, .containerLimit, .containerEnd,
    .crashThreadsExhausted,
  ]

  @Test(arguments: FactID.allCases)
  func `every fact says what it means and which captures tell it`(fact: FactID) {
    #expect(!fact.definition.meaning.isEmpty)
    #expect(fact.definition.needs.isEmpty == Self.incidental.contains(fact))
  }

  @Test func `names of facts are unique and in lower case`() {
    let names = FactID.allCases.map(\.rawValue)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0 == $0.lowercased() })
  }

  @Test func `a set of facts lists them in the order of the catalogue`() {
    let facts = FactSet([
      Fact(id: .crashKind, value: .word("panic"), statement: "", from: []),
      Fact(id: .goroutineCount, value: .number(1), statement: "", from: []),
    ])
    #expect(facts.all.map(\.id) == [.goroutineCount, .crashKind])
  }

  @Test func `a fact of another kind is not read as a number`() {
    let facts = FactSet([Fact(id: .crashKind, value: .word("panic"), statement: "", from: [])])
    #expect(facts.number(.crashKind) == nil)
    #expect(facts.flag(.crashKind) == nil)
    #expect(facts.word(.crashKind) == "panic")
  }

  @Test func `a fact measured has the type of its definition`() throws {
    let files = ["heap-http-body-unclosed.pb.gz", "goroutine-debug2-cut.txt", "samples.jsonl"]
    let facts = FactSet(measuring: EvidenceBundle(try files.map(Fixture.capture)))
    for fact in facts.all {
      switch (fact.id.definition.type, fact.value) {
      case (.number, .number), (.flag, .flag): continue
      case (.word(let words), .word(let word)): #expect(words.contains(word), "\(fact.id)")
      default: Issue.record("\(fact.id) is \(fact.value)")
      }
    }
  }
}
