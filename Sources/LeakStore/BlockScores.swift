/// What the incidents of a block are worth: a search goes through millions of these numbers, so the
/// loops hold nothing but a choice and a sum, which the compiler makes eight of at a time.
struct BlockScores {
  /// Minus infinity for an incident that is none of those looked for.
  private var scores: [Double]

  /// All incidents of the block at 0, or only those with some numbers in it.
  init(among wanted: [Int]?) {
    scores = Array(repeating: wanted == nil ? 0 : -.infinity, count: Int(WordBlock.incidents))
    for place in wanted ?? [] { scores[place] = 0 }
  }

  /// Whether an incident is left.
  var areAny: Bool { scores.contains { $0 >= 0 } }

  /// Leaves those incidents of which something is said.
  mutating func keep(where said: [Double]) {
    change(by: said) { $0 > 0 ? 0 : -.infinity }
  }

  /// Adds what is said of each incident; `isNeeded` leaves only those of which something is.
  mutating func add(_ said: [Double], isNeeded: Bool) {
    let otherwise = isNeeded ? -Double.infinity : 0
    change(by: said) { $0 > 0 ? $0 : otherwise }
  }

  @inline(__always)
  private mutating func change(by said: [Double], _ worth: (Double) -> Double) {
    scores.withUnsafeMutableBufferPointer { scores in
      said.withUnsafeBufferPointer { said in
        for place in 0..<min(scores.count, said.count) { scores[place] += worth(said[place]) }
      }
    }
  }

  /// Hands the number in the block and the score of each incident that is left to a body.
  func forEach(_ body: (_ place: Int, _ score: Double) -> Void) {
    scores.withUnsafeBufferPointer { scores in
      for place in scores.indices where scores[place] >= 0 { body(place, scores[place]) }
    }
  }
}
