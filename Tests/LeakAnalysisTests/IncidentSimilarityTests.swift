import LeakAnalysis
import LeakModel
import Testing

struct IncidentSimilarityTests {
  @Test func `an incident's stacks and symptoms are wholly like themselves`() throws {
    let features = Self.features(["net/http.read", "main.run"], symptoms: ["gc.off == true"])
    let grounds = Self.grounds(features, features)
    #expect(abs(try #require(grounds.frames) - 1) < 1e-9)
    #expect(abs(try #require(grounds.ownFrames) - 1) < 1e-9)
    #expect(abs(try #require(grounds.symptoms) - 1) < 1e-9)
  }

  @Test func `stacks that share nothing are not alike`() {
    let grounds = Self.grounds(Self.features(["net/http.read"]), Self.features(["os.write"]))
    #expect(grounds.frames == 0)
  }

  @Test func `likeness of stacks is the same from both sides`() throws {
    let one = Self.features(["a.leaf", "a.mid", "a.root"])
    let other = Self.features(["a.mid", "a.root", "b.root"])
    let (there, back) = (Self.grounds(one, other).frames, Self.grounds(other, one).frames)
    #expect(abs(try #require(there) - #require(back)) < 1e-9)
  }

  @Test func `a side without evidence says nothing`() {
    let grounds = Self.grounds(Self.features(["a.leaf"]), IncidentFeatures())
    #expect(grounds == LikenessGrounds())
  }

  @Test func `package main of another service is other code`() {
    let features = Self.features(["main.run"])
    #expect(Self.grounds(features, features, isElsewhere: true).ownFrames == nil)
    #expect(Self.grounds(features, features, isElsewhere: false).ownFrames == 1)
  }

  @Test func `a package with a path is the same code in another service`() {
    let features = IncidentFeatures(stacks: [
      Self.stack([.init(function: "example.com/shop/cart.Fill", isOwn: true)])
    ])
    #expect(Self.grounds(features, features, isElsewhere: true).ownFrames == 1)
  }

  @Test func `goroutines that wait for something else are less alike`() throws {
    let one = IncidentFeatures(stacks: [Self.stack([.lib("a.leaf")], state: "select")])
    let other = IncidentFeatures(stacks: [Self.stack([.lib("a.leaf")], state: "chan_send")])
    #expect(try #require(Self.grounds(one, other).frames) < 0.8)
  }

  @Test func `growing memory is not compared with goroutines`() {
    let one = IncidentFeatures(stacks: [Self.stack([.lib("a.leaf")], kind: .heap)])
    #expect(Self.grounds(one, Self.features(["a.leaf"])).frames == 0)
  }

  @Test func `a settled cause agrees with the probability that the query gives it`() throws {
    let query = IncidentFeatures(causes: [.lockBlocked: 0.9])
    let right = Self.grounds(query, IncidentFeatures(), settledAs: .lockBlocked)
    let wrong = Self.grounds(query, IncidentFeatures(), settledAs: .cgoLeak)
    #expect(try #require(right.cause) > 0.9)
    #expect(try #require(wrong.cause) < 0.05)
  }

  @Test func `a rare symptom that is shared counts for more than a common one`() throws {
    let one = Self.features([], symptoms: ["rare", "common"])
    let frequency = { @Sendable (trait: IncidentTrait) in trait == .symptom("rare") ? 0.01 : 0.9 }
    let comparison = IncidentComparison(one, frequency: frequency)
    let likeness = { (symptom: String) in
      comparison.grounds(
        with: Self.features([], symptoms: [symptom, "x"]),
        settledAs: nil,
        isElsewhere: false
      ).symptoms
    }
    #expect(try #require(likeness("rare")) > #require(likeness("common")))
  }

  @Test func `what is shared is named, the rarest first`() {
    let features = Self.features(["a.rare", "a.common"])
    let comparison = IncidentComparison(features) { $0 == .libraryFunction("a.rare") ? 0.1 : 0.9 }
    #expect(
      comparison.shared(with: features) == [
        .libraryFunction("a.rare"), .libraryFunction("a.common"),
      ]
    )
  }

  @Test func `of what is equally rare the weightiest stack comes first`() {
    let features = IncidentFeatures(stacks: [
      Self.stack([.lib("z.heavy")]), Self.stack([.lib("a.light")]),
    ])
    let comparison = IncidentComparison(features) { _ in 0.5 }
    #expect(
      comparison.shared(with: features) == [
        .libraryFunction("z.heavy"), .libraryFunction("a.light"),
      ]
    )
  }

  @Test func `the views are pooled, sure evidence before the story`() {
    let features = IncidentFeatures(
      causes: [.lockBlocked: 0.95],
      hints: [.cgoLeak: 0.6, .lockBlocked: 0.1]
    )
    let pooled = features.probableCauses
    #expect(pooled.max { $0.value < $1.value }?.key == .lockBlocked)
    #expect(abs(pooled.values.reduce(0, +) - 1) < 1e-9)
  }

  @Test func `without any view no cause is probable`() {
    #expect(IncidentFeatures().probableCauses.isEmpty)
  }

  @Test func `each ground may persuade by itself, none beyond 1`() {
    var grounds = LikenessGrounds()
    #expect(LikenessScore.probability(grounds) == 0)
    grounds.ownFrames = 1
    #expect(LikenessScore.probability(grounds) >= LikenessScore.recurrence)
    grounds = LikenessGrounds()
    grounds.symptoms = 1
    #expect(LikenessScore.probability(grounds) < LikenessScore.least)
    (grounds.cause, grounds.words, grounds.frames, grounds.ownFrames) = (1, 1, 1, 1)
    #expect(LikenessScore.probability(grounds) <= 1)
  }

  private static func features(
    _ functions: [String],
    symptoms: [String] = []
  ) -> IncidentFeatures {
    let calls = functions.map {
      GrowingStack.Call(function: $0, isOwn: $0.hasPrefix("main."))
    }
    return IncidentFeatures(stacks: functions.isEmpty ? [] : [stack(calls)], symptoms: symptoms)
  }

  private static func stack(
    _ calls: [GrowingStack.Call],
    kind: GrowingStack.Kind = .goroutine,
    state: String = "select"
  ) -> GrowingStack {
    GrowingStack(kind: kind, state: state, weight: 1, calls: calls)
  }

  private static func grounds(
    _ one: IncidentFeatures,
    _ other: IncidentFeatures,
    settledAs cause: Cause? = nil,
    isElsewhere: Bool = false
  ) -> LikenessGrounds {
    IncidentComparison(one) { _ in 0.1 }
      .grounds(with: other, settledAs: cause, isElsewhere: isElsewhere)
  }
}

extension GrowingStack.Call {
  fileprivate static func lib(_ function: String) -> Self { Self(function: function, isOwn: false) }
}
