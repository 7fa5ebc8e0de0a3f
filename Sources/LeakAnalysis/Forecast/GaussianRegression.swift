/// Linear regression with normal priors and a known variance of the noise: the posterior and the
/// evidence, in closed form (Bishop 2006, section 3.5).
struct GaussianRegression: Sendable {
  let mean: [Double]
  /// The logarithm of the evidence, but for what all models of the same values share.
  let logEvidence: Double
  /// The lower Cholesky factor of the precision, row by row.
  private let factor: [Double]

  /// Fits; nil when the system is singular.
  ///
  /// - Parameters:
  ///   - gram: Products of the columns, the lower triangle row by row.
  ///   - right: Products of the columns with the values.
  ///   - noise: Variance of a value about its mean.
  ///   - prior: Variance of each column's coefficient about 0.
  init?(gram: [Double], right: [Double], noise: Double, prior: [Double]) {
    let size = right.count
    var factor = gram
    var logDeterminant = 0.0
    var solved = [Double](repeating: 0, count: size)
    for row in 0..<size {
      for column in 0...row {
        var sum = gram[row * size + column] / noise
        if row == column { sum += 1 / prior[row] }
        for index in 0..<column {
          sum -= factor[row * size + index] * factor[column * size + index]
        }
        if row == column {
          guard sum > 0, sum.isFinite else { return nil }
          factor[row * size + row] = sum.squareRoot()
        } else {
          factor[row * size + column] = sum / factor[column * size + column]
        }
      }
      logDeterminant += Portable.log(
        factor[row * size + row] * factor[row * size + row] * prior[row]
      )
      var value = right[row] / noise
      for index in 0..<row { value -= factor[row * size + index] * solved[index] }
      solved[row] = value / factor[row * size + row]
    }
    let explained = dot(solved, solved)
    var mean = solved
    for row in stride(from: size - 1, through: 0, by: -1) {
      for index in row + 1..<max(size, row + 1) {
        mean[row] -= factor[index * size + row] * mean[index]
      }
      mean[row] /= factor[row * size + row]
    }
    self.mean = mean
    self.factor = factor
    logEvidence = 0.5 * explained - 0.5 * logDeterminant
  }

  /// The mean and the variance of a combination of the coefficients.
  func predict(_ weights: [Double]) -> (mean: Double, variance: Double) {
    let size = mean.count
    var variance = 0.0
    var solved = weights
    for row in 0..<size {
      for index in 0..<row { solved[row] -= factor[row * size + index] * solved[index] }
      solved[row] /= factor[row * size + row]
      variance += solved[row] * solved[row]
    }
    return (dot(weights, mean), variance)
  }
}
