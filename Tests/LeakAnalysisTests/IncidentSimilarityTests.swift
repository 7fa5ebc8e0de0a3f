import LeakAnalysis
import LeakModel
import Testing

struct IncidentSimilarityTests {
  @Test func `an incident is wholly like itself`() {
    let features = Self.features([
      .cause: ["lock-blocked"], .anyFrame: ["lock sync.(*Mutex).Lock"], .fact: ["gc.off"],
      .ownFrame: ["main.run"],
    ])
    #expect(abs(Self.compare(features, features).score - 1) < 1e-9)
  }

  @Test func `incidents that share nothing are not alike`() {
    let one = Self.features([.cause: ["lock-blocked"], .ownFrame: ["main.run"]])
    let other = Self.features([.cause: ["cgo-leak"], .ownFrame: ["main.load"]])
    #expect(Self.compare(one, other).score == 0)
    #expect(Self.compare(one, other).shared.isEmpty)
  }

  @Test func `likeness is the same from both sides`() {
    let one = Self.features([.cause: ["a", "b"], .fact: ["x", "y"]])
    let other = Self.features([.cause: ["b"], .fact: ["y", "z"], .ownFrame: ["main.run"]])
    #expect(abs(Self.compare(one, other).score - Self.compare(other, one).score) < 1e-9)
  }

  @Test func `a kind that one side lacks says nothing`() {
    let one = Self.features([.cause: ["a"], .anyFrame: ["b"]])
    let more = Self.features([.cause: ["a"], .anyFrame: ["b"], .ownFrame: ["main.run"]])
    #expect(abs(Self.compare(one, more).score - 1) < 1e-9)
  }

  @Test func `facts alone are not enough for a high likeness`() {
    let facts = Self.features([.fact: ["gc.off"]])
    #expect(Self.compare(facts, facts).score < 0.5)
  }

  @Test func `a rare feature that is shared counts for more than a common one`() {
    let one = Self.features([.anyFrame: ["rare", "common"]])
    let sharesRare = Self.features([.anyFrame: ["rare", "x"]])
    let sharesCommon = Self.features([.anyFrame: ["common", "x"]])
    let rarity = { (_: IncidentFeatures.Kind, text: String) in text == "rare" ? 5.0 : 1.0 }
    #expect(
      IncidentSimilarity(one, sharesRare, rarity: rarity).score
        > IncidentSimilarity(one, sharesCommon, rarity: rarity).score
    )
  }

  @Test func `what is shared is named, the weightiest kind first`() {
    let features = Self.features([.fact: ["gc.off"], .cause: ["lock-blocked"]])
    let shared = Self.compare(features, features).shared
    #expect(shared.map(\.kind) == [.cause, .fact])
    #expect(shared.map(\.features) == [["lock-blocked"], ["gc.off"]])
  }

  @Test func `empty features are like nothing`() {
    #expect(Self.compare(IncidentFeatures(), IncidentFeatures()).score == 0)
  }

  @Test func `of two weights of a feature the larger stays`() {
    var features = IncidentFeatures()
    features.add(.fact, "x", 0.5)
    features.add(.fact, "x", 0.2)
    #expect(features.weights[.fact] == ["x": 0.5])
  }

  @Test func `a settled cause takes the place of the guesses`() {
    var features = Self.features([.cause: ["lock-blocked", "cgo-leak"]])
    features.settle(.timerLeak)
    #expect(features.weights[.cause] == ["timer-leak": 1])
  }

  @Test func `growing stacks are features by whose code they are`() {
    let bundle = EvidenceBundle([
      .goroutines([(["runtime.gopark", "runtime.selectgo", "net/http.(*conn).x", "main.run"], 50)])
    ])
    let features = IncidentFeatures(evidence: bundle, verdicts: [])
    #expect(features.weights[.ownFrame] == ["main.run": 1])
    #expect(features.weights[.anyFrame] == ["select net/http.(*conn).x": 1])
  }

  @Test func `words and yeses that led to the verdict are features, numbers and noes are not`() {
    let values: [(String, FactValue)] = [
      ("crash.kind", .word("panic")), ("gc.off", .flag(true)), ("container.node_oom", .flag(false)),
      ("gc.rate", .number(3)),
    ]
    let reasons = values.map { fact, value in
      Reason(fact: fact, value: value, unit: nil, statement: "", from: [], weight: 1)
    }
    let verdict = Verdict(cause: .gogcTooHigh, confidence: 0.9, title: "", reasonsFor: reasons)
    let features = IncidentFeatures(evidence: EvidenceBundle([]), verdicts: [verdict])
    #expect(features.weights[.fact] == ["crash.kind=panic": 1, "gc.off": 1])
  }

  @Test func `causes are features as far as they are probable`() {
    let verdicts = [
      Verdict(cause: .unknown, confidence: 0.6, title: ""),
      Verdict(cause: .lockBlocked, confidence: 0.3, title: ""),
    ]
    let features = IncidentFeatures(evidence: EvidenceBundle([]), verdicts: verdicts)
    #expect(features.weights[.cause] == ["lock-blocked": 0.3])
  }

  private static func features(_ texts: [IncidentFeatures.Kind: [String]]) -> IncidentFeatures {
    var features = IncidentFeatures()
    for (kind, names) in texts {
      for name in names { features.add(kind, name, 1) }
    }
    return features
  }

  private static func compare(
    _ one: IncidentFeatures,
    _ other: IncidentFeatures
  ) -> IncidentSimilarity {
    IncidentSimilarity(one, other) { _, _ in 1 }
  }
}
