package import LeakModel

/// The grounds on which two incidents are alike, each 0 to 1; nil where one side says nothing.
package struct LikenessGrounds: Sendable, Equatable {
  /// The program's own functions on the stacks.
  package var ownFrames: Double?
  /// All functions on the stacks.
  package var frames: Double?
  /// The playbooks' conditions that hold.
  package var symptoms: Double?
  /// The causes that all views together point to.
  package var cause: Double?
  /// The words of the stories.
  package var words: Double?

  package init() {}
}

/// Compares the evidence of one incident with that of many.
package struct IncidentComparison: Sendable {
  /// Stacks less alike share only what most programs do.
  private static let leastLikeness = 0.1
  /// What a likeness is worth when the goroutines wait for something else.
  private static let otherState = 0.7

  private let features: IncidentFeatures
  private let rarity: @Sendable (IncidentTrait) -> Double
  private let own: StackLikeness
  private let all: StackLikeness
  private let stacks: [PreparedStack]
  private let causes: [Cause: Double]

  /// A stack under its keys.
  private struct PreparedStack: Sendable {
    let stack: GrowingStack
    let own: StackLikeness.Prepared
    /// Own functions but those of package `main`, which is another one in every program.
    let ownElsewhere: StackLikeness.Prepared
    let all: StackLikeness.Prepared
  }

  /// - Parameters:
  ///   - features: Those of the incident that asks.
  ///   - frequency: The part of all incidents that have a trait, 0 to 1.
  package init(
    _ features: IncidentFeatures,
    frequency: @escaping @Sendable (IncidentTrait) -> Double
  ) {
    self.features = features
    self.rarity = { Portable.log(1 / max(frequency($0), 1e-4)) + 0.1 }
    let own = StackLikeness { frequency(.ownFunction($0)) }
    let all = StackLikeness {
      $0 == GrowingStack.ownMark ? 1 : frequency(.libraryFunction($0))
    }
    self.own = own
    self.all = all
    self.stacks = Self.prepare(features.stacks, own, all)
    self.causes = features.probableCauses
  }

  private static func prepare(
    _ stacks: [GrowingStack],
    _ own: StackLikeness,
    _ all: StackLikeness
  ) -> [PreparedStack] {
    stacks.map {
      PreparedStack(
        stack: $0,
        own: own.prepare($0.ownKeys),
        ownElsewhere: own.prepare($0.ownKeys.filter { !$0.hasPrefix("main.") }),
        all: all.prepare($0.allKeys)
      )
    }
  }

  /// The grounds in the evidence of another incident.
  ///
  /// The cause that a person settled counts for more than what its evidence points to; package
  /// `main` of another service is other code.
  package func grounds(
    with other: IncidentFeatures,
    settledAs settled: Cause?,
    isElsewhere: Bool
  ) -> LikenessGrounds {
    var grounds = LikenessGrounds()
    let others = Self.prepare(other.stacks, own, all)
    grounds.ownFrames = likeness(to: others, isElsewhere ? \.ownElsewhere : \.own)
    grounds.frames = likeness(to: others, \.all)
    grounds.symptoms = symptomLikeness(to: other)
    let theirs = settled.map { [$0: 1] } ?? other.probableCauses
    if !theirs.isEmpty, !causes.isEmpty { grounds.cause = Self.agreement(causes, theirs) }
    return grounds
  }

  /// How well each stack is found again on the other side, and each of the other side on this.
  private func likeness(
    to others: [PreparedStack],
    _ keys: KeyPath<PreparedStack, StackLikeness.Prepared>
  ) -> Double? {
    let here = stacks.filter { !$0[keyPath: keys].isEmpty }
    let there = others.filter { !$0[keyPath: keys].isEmpty }
    guard !here.isEmpty, !there.isEmpty else { return nil }
    return (Self.found(here, in: there, keys) + Self.found(there, in: here, keys)) / 2
  }

  private static func found(
    _ stacks: [PreparedStack],
    in others: [PreparedStack],
    _ keys: KeyPath<PreparedStack, StackLikeness.Prepared>
  ) -> Double {
    var sum = 0.0
    var total = 0.0
    for stack in stacks {
      total += stack.stack.weight
      let best = others.lazy.filter { $0.stack.kind == stack.stack.kind }.map { other in
        StackLikeness.compare(stack[keyPath: keys], other[keyPath: keys])
          * (stack.stack.state == other.stack.state ? 1 : otherState)
      }.max()
      if let best, best > leastLikeness { sum += stack.stack.weight * best }
    }
    return total > 0 ? sum / total : 0
  }

  /// The cosine of the conditions that hold, rare ones counting more.
  private func symptomLikeness(to other: IncidentFeatures) -> Double? {
    guard !features.symptoms.isEmpty, !other.symptoms.isEmpty else { return nil }
    let here = Set(features.symptoms)
    let square = { (symptom: String) in
      let rarity = rarity(.symptom(symptom))
      return rarity * rarity
    }
    let shared = other.symptoms.filter(here.contains).map(square).reduce(0, +)
    let one = features.symptoms.map(square).reduce(0, +)
    let two = other.symptoms.map(square).reduce(0, +)
    return shared / (one * two).squareRoot()
  }

  /// The probability that both have the same cause, as far as each is known.
  private static func agreement(_ one: [Cause: Double], _ other: [Cause: Double]) -> Double {
    one.reduce(0) { $0 + $1.value * other[$1.key, default: 0] }
  }

  /// What both have: own functions, library functions, symptoms; the rarest first, of equally rare
  /// ones those of the stacks that weigh most.
  package func shared(with other: IncidentFeatures) -> [IncidentTrait] {
    let others = other.traits
    return features.orderedTraits.filter(others.contains).enumerated()
      .sorted { (rarity($1.element), $0.offset) < (rarity($0.element), $1.offset) }
      .map(\.element)
  }
}
