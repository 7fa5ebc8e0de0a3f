/// What a window of a series says about a ramp or a step that begins near its end.
struct OnsetTest {
  enum Kind { case ramp, step }

  let kind: Kind
  /// Bins from the onset to the window's end.
  let length: Int
  /// Bins in the window.
  let count: Int
  /// Bytes a bin for a ramp, bytes for a step.
  let size: Double
  /// The size in its own standard errors.
  let strength: Double
  /// By how much the onset lowers the square sum of the residuals, the course kept in its bounds.
  let gain: Double
}

/// A window of equal bins and its smooth course: one pass, then every onset in constant time.
struct OnsetWindow {
  let basis: ShapeBasis
  private let values: [Double]
  private let parts: Degrees
  private let square: Double
  /// Sums from each bin to the end: of values, and of values times their distance to the end.
  private let tailSum: [Double]
  private let tailMoment: [Double]

  init(_ raw: [Double], basis: ShapeBasis, longest: Int) {
    self.basis = basis
    let origin = raw.first ?? 0
    let values = raw.map { $0 - origin }
    self.values = values
    var parts = Degrees()
    for (degree, row) in basis.rows.enumerated() { parts[degree] = dot(row, values) }
    self.parts = parts
    square = dot(values, values)
    var sums = [0.0]
    var moments = [0.0]
    var sum = 0.0
    var moment = 0.0
    for length in 1...longest {
      // A ramp one bin longer is the shorter one raised by 1 over its bins, and 0.5 on the new bin.
      moment += sum + 0.5 * values[values.count - length]
      sum += values[values.count - length]
      sums.append(sum)
      moments.append(moment)
    }
    tailSum = sums
    tailMoment = moments
  }

  /// By how much the values themselves moved since an onset of `length` bins, between pairs of bins.
  func move(over length: Int) -> Double {
    let last = values.count - 1
    let before = last - length
    return (values[last] + values[last - 1] - values[before] - values[before - 1]) / 2
  }

  /// The square sum of what a smooth course leaves.
  var smoothResidual: Double {
    max(0, (0..<ShapeBasis.degreeCount).reduce(square) { $0 - parts[$1] * parts[$1] })
  }

  /// What a smooth course and an onset leave.
  ///
  /// A first-order process stands for the correlation; its coefficient is corrected for the bias that
  /// fitting so many terms brings (Marriott and Pope 1954: about (1 + 3ρ)/n and more with a trend).
  func noise(without onset: (kind: OnsetTest.Kind, length: Int)? = nil) -> WindowNoise {
    var residuals = values
    var parts = self.parts
    if let (kind, length) = onset {
      let shape = kind == .ramp ? basis.ramps[length - 1] : basis.steps[length - 1]
      let along = (kind == .ramp ? tailMoment[length] : tailSum[length]) - dot(shape.overlap, parts)
      let size = along / max(1e-9, shape.energy - dot(shape.overlap, shape.overlap))
      for degree in 0..<ShapeBasis.degreeCount { parts[degree] -= size * shape.overlap[degree] }
      for index in 0..<length {
        residuals[residuals.count - length + index] -=
          size * (kind == .ramp ? Double(index) + 0.5 : 1)
      }
    }
    for (degree, row) in basis.rows.enumerated() {
      let part = parts[degree]
      for index in residuals.indices { residuals[index] -= part * row[index] }
    }
    let count = residuals.count
    var power = 0.0
    var product = 0.0
    for index in 0..<count {
      power += residuals[index] * residuals[index]
      if index > 0 { product += residuals[index] * residuals[index - 1] }
    }
    guard power > 0 else { return WindowNoise(variance: 0, memory: 0) }
    let raw = product / power
    let rho = min(0.95, max(0, raw + (1 + 4 * max(0, raw)) / Double(count) * 2))
    return WindowNoise(variance: power / Double(count - ShapeBasis.degreeCount - 1), memory: rho)
  }

  /// A ramp or a step of `length` bins at the end.
  ///
  /// - Parameters:
  ///   - kind: What begins.
  ///   - length: Bins from its beginning to the window's end.
  ///   - variance: Of a bin's noise; its long-run value where bins hang together.
  ///   - prior: The variance that the course may have by itself along each row, infinite for any.
  /// - Returns: Its size and how far that is from nothing.
  func onset(_ kind: OnsetTest.Kind, length: Int, variance: Double, prior: Degrees) -> OnsetTest {
    let shape = kind == .ramp ? basis.ramps[length - 1] : basis.steps[length - 1]
    var along = kind == .ramp ? tailMoment[length] : tailSum[length]
    var energy = shape.energy
    for degree in 0..<ShapeBasis.degreeCount {
      let share = prior[degree].isFinite ? prior[degree] / (prior[degree] + variance) : 1
      along -= share * shape.overlap[degree] * parts[degree]
      energy -= share * shape.overlap[degree] * shape.overlap[degree]
    }
    energy = max(energy, 1e-9)
    return OnsetTest(
      kind: kind,
      length: length,
      count: values.count,
      size: along / energy,
      strength: variance > 0 ? along / (energy * variance).squareRoot() : 0,
      gain: along * along / energy
    )
  }

  /// The variances that the course may have along each row, beside an onset; nil where even the last
  /// row stands out: then the window is too long for a course that bends so much.
  ///
  /// A part that stands out by three standard errors is the course's own, whatever the prior; and what
  /// bends by itself also bends unevenly: half as much in the next degree, as 1 − e^(−t/τ) does over
  /// a time constant or two.
  func bounds(_ prior: Degrees, beside onset: OnsetTest, variance: Double) -> Degrees? {
    let shape = onset.kind == .ramp ? basis.ramps[onset.length - 1] : basis.steps[onset.length - 1]
    let energy = max(1e-9, shape.energy - dot(shape.overlap, shape.overlap))
    var carried = 0.0
    var bounds = prior
    for degree in 0..<ShapeBasis.degreeCount where prior[degree].isFinite {
      let bound = prior[degree]
      let overlap = shape.overlap[degree]
      let part = parts[degree] - onset.size * overlap
      let doubt = variance * (1 + overlap * overlap / energy)
      let own = part * part > 9 * doubt ? part * part : 0
      if degree == ShapeBasis.degreeCount - 1, own > bound { return nil }
      bounds[degree] = max(bound, own, carried)
      carried = max(own, carried) / 4
    }
    return bounds
  }
}

/// Noise about a smooth course: the variance of a bin, and the correlation of neighbours.
struct WindowNoise {
  var variance: Double
  var memory: Double

  /// The variance times the sum of the correlations over all lags: what averages are made of.
  var longRun: Double { variance * (1 + memory) / (1 - memory) }
}
