/// How memory may move over a stretch without restart: one column each, over time from 0 (the
/// stretch's start) to 1 (now) and beyond.
enum GrowthShape: Hashable, Sendable {
  case line
  /// Rises and levels off, with a time constant.
  case saturating(Double)
  /// As the square root of time: work that fills a structure ever more slowly.
  case root
  /// Faster and faster.
  case square
  /// A line that begins, or bends, later.
  case bend(Double)

  func value(_ time: Double) -> Double {
    switch self {
    case .line: time
    case .saturating(let constant):
      (1 - Portable.exp(-time / constant)) / (1 - Portable.exp(-1 / constant))
    case .root: max(0, time).squareRoot()
    case .square: time * time
    case .bend(let start): max(0, time - start) / (1 - start)
    }
  }
}

/// A course of memory: a sum of shapes, and how likely it is before anything is seen.
struct GrowthModel: Sendable {
  enum Family: String, Sendable { case level, line, saturating, root, square, bend, mixed }

  let family: Family
  let shapes: [GrowthShape]
  let prior: Double

  private static let constants = [0.07, 0.12, 0.2, 0.35, 0.6, 1.0, 1.7]
  private static let bends = [0.25, 0.5, 0.7, 0.85]

  /// The courses compared. Most stretches are level or straight; the rest shares what is left.
  static let all: [GrowthModel] = {
    var models = [
      GrowthModel(family: .level, shapes: [], prior: 0.35),
      GrowthModel(family: .line, shapes: [.line], prior: 0.3),
      GrowthModel(family: .root, shapes: [.root], prior: 0.03),
      GrowthModel(family: .square, shapes: [.square], prior: 0.01),
    ]
    for constant in constants {
      models.append(
        GrowthModel(
          family: .saturating, shapes: [.saturating(constant)],
          prior: 0.17 / Double(constants.count)))
    }
    for constant in constants.prefix(4) {
      models.append(
        GrowthModel(family: .mixed, shapes: [.line, .saturating(constant)], prior: 0.06 / 4))
    }
    for bend in bends {
      models.append(GrowthModel(family: .bend, shapes: [.line, .bend(bend)], prior: 0.04 / 4))
      models.append(GrowthModel(family: .bend, shapes: [.bend(bend)], prior: 0.04 / 4))
    }
    return models
  }()

  static let shapes: [GrowthShape] = {
    var shapes: [GrowthShape] = [.line, .root, .square]
    shapes += constants.map { .saturating($0) } + bends.map { .bend($0) }
    return shapes
  }()
}
