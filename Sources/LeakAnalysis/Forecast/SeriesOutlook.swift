/// What is to be expected of a series.
package struct SeriesOutlook: Sendable, Equatable {
  /// Whether memory grows without an end that the data show.
  package let isLeak: Bool
  /// Chance that growth takes memory to the limit within thirty days (or, without a limit, that it
  /// doubles).
  package let leakChance: Double
  /// Seconds until the limit, nil for never: the tenth, half and nine tenths.
  package let timeToLimit: [Double?]
  /// For each horizon, the values at the levels asked for.
  package let quantiles: [[Double]]
}

extension SeriesFit {
  /// Looks ahead from a time.
  func outlook(
    now: Double, horizons: [Double], levels: [Double], limit: Double?, changesPerDay: Double,
    scale: Double
  ) -> SeriesOutlook {
    let (passage, chance) = passages(now: now, limit: limit, scale: scale)
    return SeriesOutlook(
      isLeak: chance > 0.5,
      leakChance: chance,
      timeToLimit: passage.quantiles([0.1, 0.5, 0.9]).map { $0.isFinite ? $0 : nil },
      quantiles: horizons.map {
        values(at: now + $0, ahead: $0, changesPerDay: changesPerDay, scale: scale).quantiles(
          levels)
      }
    )
  }

  /// The distribution of a sample at a time to come.
  private func values(
    at time: Double, ahead: Double, changesPerDay: Double, scale: Double
  ) -> WeightedPoints {
    var points = WeightedPoints()
    let change = 1 - Portable.exp(-changesPerDay * ahead / 86400)
    let noise = noisePoints(9)
    for candidate in candidates {
      let level = self.level(candidate, at: time)
      let deviation = level.variance.squareRoot()
      for normal in NormalPoints.all {
        let centre = level.mean + normal.value * deviation
        for rest in noise {
          let value = centre + (isProportional ? rest * max(0, centre) : rest)
          let weight = candidate.weight * normal.weight / Double(noise.count)
          points.add(value, weight: weight * (1 - change))
        }
      }
      for jump in Self.jumps {
        points.add(
          level.mean + jump.value * scale, weight: candidate.weight * change * jump.weight)
      }
    }
    return points
  }

  /// By how much of its scale a deploy moves memory: an exponential of a tenth to either side.
  private static let jumps: [(value: Double, weight: Double)] = [
    (-0.3, 0.05), (-0.16, 0.1), (-0.08, 0.15), (-0.03, 0.2), (0.03, 0.2), (0.08, 0.15),
    (0.16, 0.1), (0.3, 0.05),
  ]

  private func noisePoints(_ count: Int) -> [Double] {
    guard !residuals.isEmpty else { return [0] }
    return (0..<count).map { residuals[min(residuals.count - 1, ($0 * 2 + 1) * residuals.count / (2 * count))] }
  }

  /// When the limit is first reached, and the chance that it is within thirty days.
  private func passages(now: Double, limit: Double?, scale: Double) -> (WeightedPoints, Double) {
    var points = WeightedPoints()
    guard let limit else {
      points.add(.infinity, weight: 1)
      return (points, 0)
    }
    var chance = 0.0
    let top = noisePoints(40).last ?? 0
    for candidate in candidates {
      var crossings = [Double](repeating: .infinity, count: NormalPoints.all.count)
      var previous: [Double]?
      var ahead = 0.0
      while ahead <= 30 * 86400 {
        let level = self.level(candidate, at: now + ahead)
        let deviation = level.variance.squareRoot()
        let heads = NormalPoints.all.map { normal -> Double in
          let centre = level.mean + normal.value * deviation
          return centre + (isProportional ? top * max(0, centre) : top) - limit
        }
        let step = max(60, ahead * 0.04)
        for index in heads.indices where crossings[index].isInfinite && heads[index] >= 0 {
          if let previous, previous[index] < 0 {
            let last = ahead - (ahead <= 60 ? 60 : ahead / 1.04 * 0.04)
            crossings[index] = last + (ahead - last) * previous[index] / (previous[index] - heads[index])
          } else {
            crossings[index] = ahead
          }
        }
        if !crossings.contains(where: \.isInfinite) { break }
        previous = heads
        ahead += step
      }
      for (crossing, normal) in zip(crossings, NormalPoints.all) {
        points.add(crossing, weight: candidate.weight * normal.weight)
        if crossing.isFinite { chance += candidate.weight * normal.weight }
      }
    }
    return (points, chance)
  }
}
