/// How alike two stacks are, as FaST compares them (Rodrigues et al., MSR 2022), in linear time.
///
/// A frame weighs by its place and its rarity: `place^-α · exp(-β · incidents with it ÷ all)`, the
/// leaf at place 1. A frame on both stacks adds both its weights, less the further it moved
/// (`exp(-γ · places)`); one on a single stack takes its weight away.
package struct StackLikeness: Sendable {
  /// How fast weight falls with the distance from the leaf.
  ///
  /// Go stacks are short and their leaf says what is waited for, so it falls slowly beside the
  /// 0.5 to 2 that FaST was tuned to on Java traces.
  private static let alpha = 0.5
  /// How much a function on many incidents' stacks loses: at a tenth of them a third of its weight.
  private static let beta = 4.0
  /// How much a frame loses for each place it moved: inlining moves frames by one or two.
  private static let gamma = 0.2

  /// What a frame weighs by its place, for the first places; the same beyond them.
  private static let placeWeights = (1...256).map {
    Portable.exp(-alpha * Portable.log(Double($0)))
  }

  /// The part of all incidents that a function is on the stacks of, 0 to 1.
  private let frequency: @Sendable (String) -> Double

  package init(frequency: @escaping @Sendable (String) -> Double) {
    self.frequency = frequency
  }

  /// A stack's functions with their weights, ready to be compared many times.
  package struct Prepared: Sendable {
    fileprivate let places: [String: [Int]]
    fileprivate let weights: [Double]
    fileprivate let total: Double
    package var isEmpty: Bool { weights.isEmpty }
  }

  /// Weighs the functions of a stack, leaf first.
  package func prepare(_ functions: [String]) -> Prepared {
    var places: [String: [Int]] = [:]
    var weights: [Double] = []
    for (place, function) in functions.enumerated() {
      places[function, default: []].append(place)
      let position = Self.placeWeights[min(place, Self.placeWeights.count - 1)]
      weights.append(position * Portable.exp(-Self.beta * frequency(function)))
    }
    return Prepared(places: places, weights: weights, total: weights.reduce(0, +))
  }

  /// −1 for stacks without a common function, 1 for equal ones; 0 where either is empty.
  package static func compare(_ one: Prepared, _ other: Prepared) -> Double {
    let total = one.total + other.total
    guard total > 0, !one.isEmpty, !other.isEmpty else { return 0 }
    var gained = 0.0
    var matched = 0.0
    for (function, places) in one.places {
      guard let others = other.places[function] else { continue }
      for (place, otherPlace) in zip(places, others) {
        let weight = one.weights[place] + other.weights[otherPlace]
        matched += weight
        gained += weight * Portable.exp(-gamma * Double((place - otherPlace).magnitude))
      }
    }
    return (gained - (total - matched)) / total
  }
}
