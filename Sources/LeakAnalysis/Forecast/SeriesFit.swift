/// All courses fitted to what is known of a series, with their weights.
///
/// The values of the last stretch and of the cycles before it that ended in restarts share their
/// growth; older stretches tell of the daily cycle only.
struct SeriesFit: Sendable {
  struct Candidate {
    let model: GrowthModel
    let isSeasonal: Bool
    let regression: GaussianRegression
    var weight: Double
  }

  private(set) var candidates: [Candidate] = []
  /// Raw values less the best fit, sorted; relative to the level where `isProportional`.
  private(set) var residuals: [Double] = []
  let isProportional: Bool
  /// Bytes: the origin of the fitted values.
  private let origin: Double
  /// The time at which shapes are 0, and the seconds after which they are 1.
  private let start: Double
  private let span: Double
  private let stretchCount: Int
  /// Long-run variance of a bin.
  private(set) var noise = 0.0

  private struct Row {
    let time: Double
    let age: Double
    let value: Double
    let raw: Double
    let stretch: Int
    let isPooled: Bool
  }

  /// - Parameters:
  ///   - scale: Bytes that memory may move: the limit, or what was seen of the series.
  ///   - isFloor: Whether the lows of the bins carry the course, as under a sawtooth.
  init?(_ stretches: [SeriesStretch], now: Double, scale: Double, quantum: Double, isFloor: Bool) {
    guard let last = stretches.last else { return nil }
    var rows: [Row] = []
    var pooled = true
    var index = 0
    var longest = now - last.start
    for stretch in stretches.reversed().prefix(4) {
      var bins = stretch.history.all
      // A deploy takes minutes to settle; its first bins are neither the old course nor the new.
      let settled = bins.filter { $0.time >= stretch.start + 300 }
      if stretch.begunBy != nil, settled.count >= 8 { bins = settled }
      if bins.count >= (index == 0 ? 1 : 6) {
        rows += bins.map {
          Row(
            time: $0.time, age: $0.time - stretch.start, value: isFloor ? $0.low : $0.mean,
            raw: $0.raw, stretch: index, isPooled: pooled)
        }
        if pooled, let end = bins.last { longest = max(longest, end.time - stretch.start) }
        index += 1
      }
      if stretch.begunBy != .restart { pooled = false }
    }
    guard rows.count >= 3, longest > 0 else { return nil }
    start = last.start
    span = longest
    stretchCount = index
    origin = rows[0].value
    isProportional = isFloor
    fit(rows, scale: scale, quantum: quantum, now: now)
    guard !candidates.isEmpty else { return nil }
  }

  /// Columns: a level and a slope for each stretch (the slope of pooled ones unused), four for the
  /// day, then the shapes.
  private var dayColumn: Int { 2 * stretchCount }
  private var shapeColumn: Int { 2 * stretchCount + 4 }

  private static func day(_ time: Double) -> [Double] {
    let angle = 2 * Double.pi * time / 86400
    let sine = Portable.sin(angle)
    let cosine = Portable.cos(angle)
    return [sine, cosine, 2 * sine * cosine, cosine * cosine - sine * sine]
  }

  private mutating func fit(_ rows: [Row], scale: Double, quantum: Double, now: Double) {
    let width = shapeColumn + GrowthModel.shapes.count
    var prior = [Double](repeating: scale * scale, count: width)
    for stretch in 0..<stretchCount {
      prior[2 * stretch] = 100 * scale * scale
      prior[2 * stretch + 1] = scale * scale
    }
    for index in 0..<4 {
      // A day's traffic moves memory by a tenth of what there is, its second harmonic by half that.
      let part = scale * (index < 2 ? 0.06 : 0.03)
      prior[dayColumn + index] = part * part
    }
    for index in shapeColumn..<width { prior[index] = 0.09 * scale * scale }

    var gram = [Double](repeating: 0, count: width * width)
    var right = [Double](repeating: 0, count: width)
    var table: [[Double]] = []
    table.reserveCapacity(rows.count)
    var row = [Double](repeating: 0, count: width)
    for point in rows {
      for index in row.indices { row[index] = 0 }
      row[2 * point.stretch] = 1
      if !point.isPooled { row[2 * point.stretch + 1] = point.age / span }
      for (index, value) in Self.day(point.time).enumerated() { row[dayColumn + index] = value }
      if point.isPooled {
        for (index, shape) in GrowthModel.shapes.enumerated() {
          row[shapeColumn + index] = shape.value(point.age / span)
        }
      }
      let value = point.value - origin
      for left in 0..<width where row[left] != 0 {
        right[left] += row[left] * value
        let base = left * width
        for other in 0...left { gram[base + other] += row[left] * row[other] }
      }
      table.append(row)
    }
    for left in 0..<width { for other in 0..<left { gram[other * width + left] = gram[left * width + other] } }
    let values = rows.map { $0.value - origin }
    let floor = max(quantum * quantum / 12, scale * scale * 1e-10)
    noise = max(floor, Self.roughness(values))
    let levels = (0..<stretchCount).flatMap { stretch -> [Int] in
      rows.contains { $0.stretch == stretch && $0.isPooled }
        ? [2 * stretch] : [2 * stretch, 2 * stretch + 1]
    }
    let isFresh = rows.contains { $0.stretch == 0 }
    for pass in 0..<3 {
      candidates = []
      for model in GrowthModel.all {
        for isSeasonal in [false, true] {
          var columns = levels
          if isSeasonal { columns += dayColumn..<dayColumn + 4 }
          columns += model.shapes.map { shape in
            shapeColumn + (GrowthModel.shapes.firstIndex(of: shape) ?? 0)
          }
          guard isFresh,
            let regression = GaussianRegression(
              columns: columns, gram: gram, width: width, right: right, noise: noise, prior: prior)
          else { continue }
          candidates.append(
            Candidate(
              model: model, isSeasonal: isSeasonal, regression: regression,
              weight: regression.logEvidence
                + Portable.log(model.prior * (isSeasonal ? 0.35 : 0.65))))
        }
      }
      guard let best = candidates.max(by: { $0.weight < $1.weight }) else { return }
      let left = zip(table, values).map { row, value in
        value
          - zip(best.regression.columns, best.regression.mean).reduce(0) { $0 + row[$1.0] * $1.1 }
      }
      if pass < 2 {
        noise = max(floor, Self.longRun(left, parameters: best.regression.columns.count))
      } else {
        residuals = zip(rows, left).filter { $0.0.isPooled }.map { row, rest in
          let deviation = row.raw - row.value + rest
          return isProportional ? deviation / max(1, row.value - rest) : deviation
        }.sorted()
      }
    }
    let top = candidates.map(\.weight).max() ?? 0
    let total = candidates.reduce(0) { $0 + Portable.exp($1.weight - top) }
    for index in candidates.indices {
      candidates[index].weight = Portable.exp(candidates[index].weight - top) / total
    }
    candidates.sort { $0.weight > $1.weight }
    candidates = Array(candidates.prefix { $0.weight > 0.004 }.prefix(16))
    let kept = candidates.reduce(0) { $0 + $1.weight }
    for index in candidates.indices { candidates[index].weight /= kept }
  }

  /// Variance from the differences of neighbours: of noise alone, whatever the course.
  private static func roughness(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let sum = zip(values.dropFirst(), values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return sum / Double(2 * (values.count - 1))
  }

  /// The variance of residuals times the sum of their correlations over all lags.
  private static func longRun(_ residuals: [Double], parameters: Int) -> Double {
    let count = Double(residuals.count)
    let power = dot(residuals, residuals)
    guard power > 0 else { return 0 }
    let product = zip(residuals.dropFirst(), residuals).reduce(0) { $0 + $1.0 * $1.1 }
    let memory = min(0.9, max(0, product / power + 1 / count))
    return power / max(1, count - Double(parameters)) * (1 + memory) / (1 - memory)
  }

  /// The level of a course at a time from now on: mean and variance, in bytes.
  func level(_ candidate: Candidate, at time: Double) -> (mean: Double, variance: Double) {
    let day = candidate.isSeasonal ? Self.day(time) : []
    let age = (time - start) / span
    var shape = candidate.model.shapes.makeIterator()
    let weights = candidate.regression.columns.map { column -> Double in
      if column < dayColumn { return column == 0 ? 1 : 0 }
      if column < shapeColumn { return day[column - dayColumn] }
      return shape.next()?.value(age) ?? 0
    }
    let result = candidate.regression.predict(weights)
    return (result.mean + origin, result.variance)
  }
}
