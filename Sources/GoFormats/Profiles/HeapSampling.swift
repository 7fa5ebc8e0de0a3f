import LeakModel

/// The estimate of what a sampling heap profiler did not see.
enum HeapSampling {
  /// Scales sampled objects and bytes up to what was allocated.
  ///
  /// An allocation of s bytes is sampled with the probability 1 - e^(-s/rate); a rate of 1 or less
  /// means that all were. Source: scaleHeapSample in google/pprof profile/legacy_profile.go.
  static func scaled(_ objects: Int64, _ bytes: Int64, rate: Int64) -> [Int64] {
    guard rate > 1 else { return [objects, bytes] }
    guard objects != 0, bytes != 0 else { return [0, 0] }
    let averageSize = Double(bytes) / Double(objects)
    let scale = 1 / (1 - exponential(-averageSize / Double(rate)))
    return [Int64(clamping: Double(objects) * scale), Int64(clamping: Double(bytes) * scale)]
  }

  /// e^x within a unit in the last place or two, for which the standard library has no function.
  ///
  /// x = k ln 2 + r with |r| at most half of ln 2; e^r by its series, whose 17th term is below 2^-70.
  static func exponential(_ x: Double) -> Double {
    guard x > -745 else { return 0 }
    guard x < 709 else { return .infinity }
    let k = (x * 1.4426950408889634).rounded()
    // ln 2 in two parts, so that k times the first is exact.
    let r = (x - k * 0.6931471803691238) - k * 1.9082149292705877e-10
    var sum = 1.0
    for term in stride(from: 17.0, to: 0, by: -1) { sum = 1 + r / term * sum }
    return Double(sign: .plus, exponent: Int(k), significand: sum)
  }
}
