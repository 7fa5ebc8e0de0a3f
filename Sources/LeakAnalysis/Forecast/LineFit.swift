/// The straight line through points by least squares.
struct LineFit {
  /// The middle of the points.
  let centre: Double
  let mean: Double
  let slope: Double
  /// The square sum of the points' distances from their middle.
  let spread: Double
  /// The root of the mean square of what is left.
  let residual: Double

  /// One standard error of the slope, of points that do not hang together.
  var slopeError: Double { residual / spread.squareRoot() }

  /// The line through points; level where they all share one x, and 0 without any.
  init(_ points: some Collection<(x: Double, y: Double)>) {
    let count = Double(points.count)
    let centre = points.reduce(0) { $0 + $1.x } / max(1, count)
    let mean = points.reduce(0) { $0 + $1.y } / max(1, count)
    var spread = 0.0
    var product = 0.0
    var power = 0.0
    for point in points {
      let along = point.x - centre
      let rise = point.y - mean
      spread += along * along
      product += along * rise
      power += rise * rise
    }
    self.centre = centre
    self.mean = mean
    self.spread = spread
    slope = spread > 0 ? product / spread : 0
    residual = (max(0, power - slope * product) / max(1, count - 2)).squareRoot()
  }

  /// The line through equally spaced values, x their index.
  init(_ values: [Double]) {
    self.init(values.indices.lazy.map { (x: Double($0), y: values[$0]) })
  }
}
