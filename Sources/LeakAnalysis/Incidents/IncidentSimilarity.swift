/// How alike two incidents are, and by what.
package struct IncidentSimilarity: Sendable, Equatable {
  /// 0 to 1.
  package let score: Double
  /// What they share, the weightiest kind first: a kind and the shared features.
  package let shared: [(kind: IncidentFeatures.Kind, features: [String])]

  /// Compares by the cosine of each kind's weights, rare features counting more.
  ///
  /// - Parameters:
  ///   - one: The features of the one asked about.
  ///   - other: Those of the one compared.
  ///   - rarity: The inverse document frequency of a feature; 1 when nothing is known.
  package init(
    _ one: IncidentFeatures,
    _ other: IncidentFeatures,
    rarity: (IncidentFeatures.Kind, String) -> Double
  ) {
    var score = 0.0
    var possible = 0.0
    var shared: [(kind: IncidentFeatures.Kind, features: [String], gain: Double)] = []
    for (kind, weight) in Self.kindWeights {
      let left = one.weights[kind] ?? [:]
      let right = other.weights[kind] ?? [:]
      // A kind that one side lacks (no profile, no verdict) says nothing either way.
      guard !left.isEmpty, !right.isEmpty else { continue }
      possible += weight
      var dot = 0.0
      for (text, value) in left {
        if let twin = right[text] { dot += value * twin * rarity(kind, text) * rarity(kind, text) }
      }
      let norms = Self.norm(left, kind, rarity) * Self.norm(right, kind, rarity)
      guard dot > 0, norms > 0 else { continue }
      let cosine = dot / norms
      score += weight * cosine
      let names = left.keys.filter { right[$0] != nil }
        .sorted { ($0 == $1 ? 0 : left[$1, default: 0], $0) < (left[$0, default: 0], $1) }
      shared.append((kind, names, weight * cosine))
    }
    self.score = possible > 0 ? score / max(possible, 0.6) : 0
    self.shared = shared.sorted { ($1.gain, $0.kind.rawValue) < ($0.gain, $1.kind.rawValue) }
      .map { ($0.kind, $0.features) }
  }

  package static func == (one: IncidentSimilarity, other: IncidentSimilarity) -> Bool {
    one.score == other.score && one.shared.map(\.kind) == other.shared.map(\.kind)
      && one.shared.map(\.features) == other.shared.map(\.features)
  }

  /// What each kind is worth: the cause decides most, then what the program itself was doing.
  private static let kindWeights: [(IncidentFeatures.Kind, Double)] = [
    (.cause, 0.4), (.anyFrame, 0.25), (.fact, 0.2), (.ownFrame, 0.15),
  ]

  private static func norm(
    _ weights: [String: Double],
    _ kind: IncidentFeatures.Kind,
    _ rarity: (IncidentFeatures.Kind, String) -> Double
  ) -> Double {
    weights.reduce(0) { sum, entry in
      let value = entry.value * rarity(kind, entry.key)
      return sum + value * value
    }.squareRoot()
  }
}
