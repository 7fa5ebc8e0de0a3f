/// What the incidents of a block are worth.
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
    scores.combine(with: said) { $0 + ($1 > 0 ? 0 : -.infinity) }
  }

  /// Adds what is said of each incident; `isNeeded` leaves only those of which something is.
  mutating func add(_ said: [Double], isNeeded: Bool) {
    let otherwise = isNeeded ? -Double.infinity : 0
    scores.combine(with: said) { $0 + ($1 > 0 ? $1 : otherwise) }
  }

  /// Hands the number in the block and the score of each incident that is left to a body.
  func visit(_ body: (_ place: Int, _ score: Double) -> Void) {
    scores.withUnsafeBufferPointer { scores in
      for place in scores.indices where scores[place] >= 0 { body(place, scores[place]) }
    }
  }
}

extension [Double] {
  /// Puts what a body makes of two numbers in place of the first.
  ///
  /// A search goes through millions of them: the loop holds nothing but the body, so that the
  /// compiler does several at a time.
  @inline(__always)
  mutating func combine(with other: [Double], _ body: (Double, Double) -> Double) {
    withUnsafeMutableBufferPointer { one in
      other.withUnsafeBufferPointer { other in
        for place in 0..<Swift.min(one.count, other.count) {
          one[place] = body(one[place], other[place])
        }
      }
    }
  }
}
