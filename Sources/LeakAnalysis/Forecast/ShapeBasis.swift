/// One number for each degree of a smooth course; the places beyond the last are 0.
///
/// Not an array: some hundred are made for each sample.
typealias Degrees = SIMD8<Double>

/// The sum of products over the degrees, from the lowest.
func dot(_ left: Degrees, _ right: Degrees) -> Double {
  var sum = 0.0
  for degree in 0..<ShapeBasis.degreeCount { sum += left[degree] * right[degree] }
  return sum
}

/// Smooth courses over a window of equal bins, as orthonormal vectors: level, slope, curvature and
/// its changes; with what a ramp or a step at the window's end has in common with them.
struct ShapeBasis {
  /// What begins `length` bins before the window's end.
  struct Onset {
    let length: Int
    /// The vector's own square sum.
    let energy: Double
    /// Its parts along the smooth courses.
    let overlap: Degrees
  }

  static let degreeCount = 5

  let count: Int
  /// One row a degree, `count` long, orthonormal.
  let rows: [[Double]]
  /// The part of t^degree (time from -1 to 1) along the row of that degree.
  let scale: [Double]
  /// Onsets by their length; index 0 stands for length 1.
  let ramps: [Onset]
  let steps: [Onset]

  /// - Parameters:
  ///   - count: Bins in the window, more than 2 · `longest`.
  ///   - longest: The longest onset prepared.
  init(count: Int, longest: Int) {
    self.count = count
    let times = (0..<count).map { 2 * Double($0) / Double(count - 1) - 1 }
    var rows: [[Double]] = []
    var scale: [Double] = []
    for degree in 0..<Self.degreeCount {
      var row = times.map { time in (0..<degree).reduce(1.0) { product, _ in product * time } }
      for other in rows {
        let part = dot(row, other)
        for index in row.indices { row[index] -= part * other[index] }
      }
      let norm = dot(row, row).squareRoot()
      rows.append(row.map { $0 / norm })
      scale.append(norm)
    }
    self.rows = rows
    self.scale = scale
    func onset(_ length: Int, _ shape: (Int) -> Double) -> Onset {
      let tail = (count - length..<count).map { ($0, shape($0 - (count - length))) }
      var overlap = Degrees()
      for (degree, row) in rows.enumerated() {
        overlap[degree] = tail.reduce(0) { $0 + row[$1.0] * $1.1 }
      }
      return Onset(
        length: length,
        energy: tail.reduce(0) { $0 + $1.1 * $1.1 },
        overlap: overlap
      )
    }
    ramps = (1...longest).map { onset($0) { Double($0) + 0.5 } }
    steps = (1...longest).map { onset($0) { _ in 1 } }
  }
}

/// The sum of products; of the shorter length.
func dot(_ left: [Double], _ right: [Double]) -> Double {
  var sum = 0.0
  for index in 0..<min(left.count, right.count) { sum += left[index] * right[index] }
  return sum
}
