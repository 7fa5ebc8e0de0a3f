/// The straight line through equally spaced values.
struct LineFit {
  let mean: Double
  /// Per bin.
  let slope: Double
  /// The root of the mean square of what is left.
  let residual: Double

  init(_ values: [Double]) {
    let count = Double(values.count)
    let middle = (count - 1) / 2
    let mean = values.reduce(0, +) / max(1, count)
    var spread = 0.0
    var product = 0.0
    var power = 0.0
    for (index, value) in values.enumerated() {
      let time = Double(index) - middle
      spread += time * time
      product += time * (value - mean)
      power += (value - mean) * (value - mean)
    }
    self.mean = mean
    slope = spread > 0 ? product / spread : 0
    residual = (max(0, power - slope * product) / max(1, count - 2)).squareRoot()
  }
}
