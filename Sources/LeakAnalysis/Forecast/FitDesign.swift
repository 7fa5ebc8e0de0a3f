/// The values to be fitted, with every column that takes part and the products among them.
struct FitDesign {
  struct Row {
    let time: Double
    /// Seconds since its stretch began.
    let age: Double
    let value: Double
    /// Samples untouched: what noise looks like.
    let raws: [Double]
    /// Stretches are counted back from the last, which is 0.
    let stretch: Int
    /// Whether the row shares the growth of the last stretch.
    let isPooled: Bool
  }

  /// A column that is the same in every model, or a shape.
  struct Column {
    let values: [Double]
    let prior: Double
    /// Products with the base columns and with the values.
    let withBase: [Double]
    let withValues: Double
  }

  let rows: [Row]
  let span: Double
  let scale: Double
  let values: [Double]
  /// Levels and slopes of the stretches, then the columns of the day and of the week.
  let base: [Column]
  let levelCount: Int
  /// Whether the rows reach over more than a week.
  let knowsWeek: Bool
  private var shapes: [GrowthShape: Column] = [:]

  init(rows: [Row], span: Double, scale: Double, origin: Double) {
    self.rows = rows
    self.span = span
    self.scale = scale
    let values = rows.map { $0.value - origin }
    self.values = values
    var base: [(values: [Double], prior: Double)] = []
    for stretch in 0...(rows.map(\.stretch).max() ?? 0) {
      let mine = rows.map { $0.stretch == stretch ? 1.0 : 0 }
      base.append((mine, 100 * scale * scale))
      if rows.contains(where: { $0.stretch == stretch && !$0.isPooled }) {
        base.append((zip(mine, rows).map { $0 * $1.age / span }, scale * scale))
      }
    }
    levelCount = base.count
    let first = rows.map(\.time).min() ?? 0
    let last = rows.map(\.time).max() ?? 0
    knowsWeek = last - first >= SeriesCycle.weekKnown
    let widest: SeriesCycle = knowsWeek ? .week : .day
    let use = rows.reduce(0) { $0 + $1.value } / Double(max(1, rows.count))
    let reach = SeriesCycle.reach(scale: scale, use: use)
    let cycles = rows.map { widest.columns(at: $0.time) }
    for index in 0..<widest.columnCount {
      let part = reach * SeriesCycle.shares[index]
      base.append((cycles.map { $0[index] }, part * part))
    }
    self.base = base.map { column in
      Column(
        values: column.values,
        prior: column.prior,
        withBase: base.map { dot($0.values, column.values) },
        withValues: dot(column.values, values)
      )
    }
  }

  mutating func column(_ shape: GrowthShape) -> Column {
    if let known = shapes[shape] { return known }
    let column = rows.map { $0.isPooled ? shape.value($0.age / span) : 0 }
    // Growth over the stretch is of the order of a third of the scale; a parameter's shift, of a tenth.
    let part = (shape.isDrift ? 0.1 : 0.3) * scale
    let made = Column(
      values: column,
      prior: part * part,
      withBase: base.map { dot($0.values, column) },
      withValues: dot(column, values)
    )
    shapes[shape] = made
    return made
  }

  /// Fits the levels, a cycle and some shapes.
  mutating func solve(
    _ shapes: [GrowthShape],
    cycle: SeriesCycle,
    noise: Double
  )
    -> GaussianRegression?
  {
    let fixed = levelCount + cycle.columnCount
    let size = fixed + shapes.count
    let columns = shapes.map { column($0) }
    var gram = [Double](repeating: 0, count: size * size)
    var right = [Double](repeating: 0, count: size)
    var prior = [Double](repeating: 0, count: size)
    for row in 0..<fixed {
      right[row] = base[row].withValues
      prior[row] = base[row].prior
      for column in 0...row { gram[row * size + column] = base[row].withBase[column] }
    }
    for (index, shape) in columns.enumerated() {
      let row = fixed + index
      right[row] = shape.withValues
      prior[row] = shape.prior
      for column in 0..<fixed { gram[row * size + column] = shape.withBase[column] }
      for other in 0...index {
        gram[row * size + fixed + other] = dot(shape.values, columns[other].values)
      }
    }
    return GaussianRegression(gram: gram, right: right, noise: noise, prior: prior)
  }

  /// What a fit leaves of each value.
  mutating func residuals(
    _ shapes: [GrowthShape],
    cycle: SeriesCycle,
    _ fit: GaussianRegression
  )
    -> [Double]
  {
    let fixed = levelCount + cycle.columnCount
    var left = values
    for index in 0..<fit.mean.count {
      let column = index < fixed ? base[index].values : self.column(shapes[index - fixed]).values
      let size = fit.mean[index]
      for row in left.indices { left[row] -= size * column[row] }
    }
    return left
  }
}
