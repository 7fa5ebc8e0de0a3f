/// What is to be expected of a series.
package struct SeriesOutlook: Sendable, Equatable {
  /// Chance that growth takes memory to the limit within thirty days; without a limit, that it
  /// doubles what was its peak.
  package let leakChance: Double
  /// Share of the courses that level off, and of those that follow the clock.
  package let saturatingChance: Double
  package let seasonalChance: Double
  /// Seconds until the limit, nil for never: the tenth, half and nine tenths.
  package let timeToLimit: [Double?]
  /// For each horizon, the values at the levels asked for.
  package let quantiles: [[Double]]
  /// Bytes an hour at present, the day's cycle left out: 2.5, 50 and 97.5 %.
  package let slope: [Double]

  package var isLeak: Bool { leakChance > 0.5 }

  /// The series in a word, with its reason.
  func verdict(hasSteps: Bool) -> (SeriesVerdict, String) {
    func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
    if isLeak {
      return (.leak, "growth goes on in \(percent(leakChance)) of the courses that fit")
    }
    if seasonalChance > 0.5 {
      return (.load, "the level follows the clock, without growth beside it")
    }
    if saturatingChance > 0.5 {
      return (.saturating, "it rose and levels off below the limit")
    }
    return hasSteps
      ? (.step, "the level moved and stayed; between the steps there is no growth")
      : (.stable, "no growth beyond noise: \(percent(leakChance)) of the courses that fit grow")
  }
}

extension SeriesFit {
  /// Looks ahead from a time.
  ///
  /// - Parameters:
  ///   - now: Seconds, in the series' own count.
  ///   - horizons: Seconds from then on.
  ///   - levels: Shares of the distribution, from 0 to 1.
  ///   - limit: Bytes, nil for none.
  ///   - peak: The highest value seen; growth to twice as much counts as a leak without a limit.
  ///   - changes: How often a deploy moves the level.
  ///   - scale: Bytes that memory may move.
  /// - Returns: What is to be expected.
  func outlook(
    now: Double,
    horizons: [Double],
    levels: [Double],
    limit: Double?,
    peak: Double,
    changes: ChangeRate,
    scale: Double
  ) -> SeriesOutlook {
    let (passage, chance) = passages(now: now, limit: limit ?? 2 * peak)
    let times = passage.quantiles([0.1, 0.5, 0.9]).map { $0.isFinite ? $0 : nil }
    func share(_ isCounted: (Candidate) -> Bool) -> Double {
      candidates.reduce(0) { $0 + (isCounted($1) ? $1.weight : 0) }
    }
    return SeriesOutlook(
      leakChance: chance,
      saturatingChance: share(\.model.family.levelsOff),
      seasonalChance: share { $0.cycle != .none },
      timeToLimit: limit == nil ? [nil, nil, nil] : times,
      quantiles: horizons.map {
        values(at: now + $0, ahead: $0, changes: changes, scale: scale).quantiles(
          levels
        ).map { max(0, $0) }
      },
      slope: slope(at: now)
    )
  }

  /// Growth an hour at present over the next twentieth of the stretch, over all courses.
  private func slope(at now: Double) -> [Double] {
    var points = WeightedPoints()
    let step = span / 20
    for candidate in candidates {
      let growth = self.growth(candidate, from: now, to: now + step)
      for normal in NormalPoints.all {
        points.add(
          (growth.mean + normal.value * growth.variance.squareRoot()) * 3600 / step,
          weight: candidate.weight * normal.weight
        )
      }
    }
    return points.quantiles([0.025, 0.5, 0.975])
  }

  /// By how much a course is less certain than its formula: the variance and the memory of the noise
  /// are estimates themselves, from a few dozen values that hang together.
  private static let doubt = 1.3

  /// The distribution of a sample at a time to come.
  private func values(
    at time: Double,
    ahead: Double,
    changes: ChangeRate,
    scale: Double
  ) -> WeightedPoints {
    var points = WeightedPoints()
    let change = changes.chance(within: ahead / 86400)
    let noise = noisePoints
    for candidate in candidates {
      let level = self.level(candidate, at: time)
      let deviation = Self.doubt * level.variance.squareRoot()
      for normal in NormalPoints.all {
        let centre = level.mean + normal.value * deviation
        for rest in noise {
          let value = centre + (isProportional ? rest.value * max(0, centre) : rest.value)
          points.add(
            value,
            weight: candidate.weight * normal.weight * rest.weight * (1 - change)
          )
        }
      }
      for jump in Self.jumps {
        points.add(
          level.mean + jump.value * scale,
          weight: candidate.weight * change * jump.weight
        )
      }
    }
    return points
  }

  /// By how much of its scale a deploy moves memory: an exponential of a tenth to either side.
  private static let jumps: [(value: Double, weight: Double)] = [
    (-0.3, 0.05), (-0.16, 0.1), (-0.08, 0.15), (-0.03, 0.2), (0.03, 0.2), (0.08, 0.15),
    (0.16, 0.1), (0.3, 0.05),
  ]

  /// The series' own noise as nine points.
  private var noisePoints: [(value: Double, weight: Double)] {
    guard !residuals.isEmpty else { return [(0, 1)] }
    return NormalPoints.all.map { point in
      (quantile(point.share), point.weight)
    }
  }

  /// The value below which a share of the noise lies.
  private func quantile(_ share: Double) -> Double {
    guard !residuals.isEmpty else { return 0 }
    let place = min(Double(residuals.count - 1), max(0, share * Double(residuals.count) - 0.5))
    let lower = Int(place)
    let upper = min(residuals.count - 1, lower + 1)
    return residuals[lower] + (residuals[upper] - residuals[lower]) * (place - Double(lower))
  }

  /// When the limit is first reached, and the chance that it is within thirty days.
  private func passages(now: Double, limit: Double) -> (WeightedPoints, Double) {
    var points = WeightedPoints()
    var chance = 0.0
    for candidate in candidates {
      for (height, share) in Self.peaks {
        let top = quantile(height)
        let crossings = crossings(candidate, now: now, limit: limit, top: top)
        for (crossing, normal) in zip(crossings, NormalPoints.all) {
          let weight = candidate.weight * normal.weight * share
          points.add(crossing, weight: weight)
          if crossing.isFinite { chance += weight }
        }
      }
    }
    return (points, chance)
  }

  /// How high above its course noise stands when the limit is first touched: the highest of the few
  /// to many samples on the last stretch of the way.
  private static let peaks = [(0.8, 0.3), (0.95, 0.4), (0.995, 0.3)]

  /// Seconds to the first crossing for each of the normal points of a course's uncertainty.
  private func crossings(
    _ candidate: Candidate,
    now: Double,
    limit: Double,
    top: Double
  ) -> [Double] {
    var crossings = [Double](repeating: .infinity, count: NormalPoints.all.count)
    var previous: [Double]?
    var last = 0.0
    var ahead = 0.0
    while ahead <= 30 * 86400 {
      let level = self.level(candidate, at: now + ahead)
      let deviation = Self.doubt * level.variance.squareRoot()
      let heads = NormalPoints.all.map { normal -> Double in
        let centre = level.mean + normal.value * deviation
        return centre + (isProportional ? top * max(0, centre) : top) - limit
      }
      for index in heads.indices where crossings[index].isInfinite && heads[index] >= 0 {
        if let previous, previous[index] < 0 {
          crossings[index] =
            last + (ahead - last) * previous[index] / (previous[index] - heads[index])
        } else {
          crossings[index] = ahead
        }
      }
      if !crossings.contains(where: \.isInfinite) { break }
      previous = heads
      last = ahead
      ahead += max(60, ahead * 0.06)
    }
    return crossings
  }
}
