/// How memory may move over a stretch without restart: one column each, over time from 0 (the
/// stretch's start) to 1 (now) and beyond.
enum GrowthShape: Hashable, Sendable {
  case line
  /// Rises and levels off, with a time constant.
  case saturating(Double)
  /// What a longer time constant changes: the derivative by its logarithm.
  case saturatingDrift(Double)
  /// As the square root of time: work that fills a structure ever more slowly.
  case root
  /// Faster and faster.
  case square
  /// A line that ends: something filled up.
  case filling(Double)
  /// What a later end changes: the derivative by its time.
  case fillingDrift(Double)
  /// A line that begins, or bends, later.
  case bend(Double)
  /// What a later bend changes: the derivative by its time.
  case bendDrift(Double)

  func value(_ time: Double) -> Double {
    switch self {
    case .line: return time
    case .saturating(let constant):
      return (1 - Portable.exp(-time / constant)) / (1 - Portable.exp(-1 / constant))
    case .saturatingDrift(let constant):
      let here = Portable.exp(-time / constant)
      let end = Portable.exp(-1 / constant)
      return ((1 - here) * end - time * here * (1 - end)) / (constant * (1 - end) * (1 - end))
    case .root: return max(0, time).squareRoot()
    case .square: return time * time
    case .filling(let end): return min(1, time / end)
    case .fillingDrift(let end): return time < end ? -time / (end * end) : 0
    case .bend(let start): return max(0, time - start) / (1 - start)
    case .bendDrift(let start):
      return time > start ? (time - 1) / ((1 - start) * (1 - start)) : 0
    }
  }

  /// The shape's own derivative by its one parameter, where it has one.
  var drift: GrowthShape? {
    switch self {
    case .saturating(let constant): .saturatingDrift(constant)
    case .filling(let end): .fillingDrift(end)
    case .bend(let start): .bendDrift(start)
    default: nil
    }
  }

  var isDrift: Bool {
    switch self {
    case .saturatingDrift, .fillingDrift, .bendDrift: true
    default: false
    }
  }

  /// The shape with its parameter moved, within what a stretch can tell.
  func moved(by step: Double) -> GrowthShape {
    switch self {
    case .saturating(let constant):
      .saturating(min(5, max(0.02, constant * Portable.exp(min(0.5, max(-0.5, step))))))
    case .filling(let end): .filling(Self.place(end, movedBy: step))
    case .bend(let start): .bend(Self.place(start, movedBy: step))
    default: self
    }
  }

  private static func place(_ place: Double, movedBy step: Double) -> Double {
    min(0.95, max(0.03, place + min(0.15, max(-0.15, step))))
  }
}

/// A course of memory: a sum of shapes, and how likely it is before anything is seen.
struct GrowthModel: Sendable {
  enum Family: String, Sendable {
    case level, line, saturating, root, square, bend, start, mixed, twofold, filling

    /// Whether growth slows down and needs no end beyond what was seen.
    var levelsOff: Bool {
      switch self {
      case .saturating, .root, .mixed, .twofold, .filling: true
      case .level, .line, .square, .bend, .start: false
      }
    }
  }

  let family: Family
  var shapes: [GrowthShape]
  let prior: Double

  /// The courses whose parameter is continuous are searched from the best of a few values.
  static let searched: [Family] = [.saturating, .mixed, .twofold, .filling, .bend, .start]

  /// The courses compared.
  ///
  /// Most stretches are level or straight; the rest shares what is left.
  static let all: [GrowthModel] = {
    let constants = [0.07, 0.12, 0.2, 0.35, 0.6, 1.0, 1.7]
    let bends = [0.25, 0.5, 0.7, 0.85]
    let ends = [0.12, 0.3, 0.55, 0.8]
    var models = [
      GrowthModel(family: .level, shapes: [], prior: 0.32),
      GrowthModel(family: .line, shapes: [.line], prior: 0.28),
      GrowthModel(family: .root, shapes: [.root], prior: 0.03),
      GrowthModel(family: .square, shapes: [.square], prior: 0.01),
    ]
    models += constants.map {
      GrowthModel(family: .saturating, shapes: [.saturating($0)], prior: 0.16 / 14)
    }
    models += constants.prefix(4).map {
      GrowthModel(family: .mixed, shapes: [.line, .saturating($0)], prior: 0.05 / 8)
    }
    // Caches of several kinds fill at several speeds.
    models += constants.prefix(4).map {
      let shapes = [GrowthShape.saturating($0), .saturating(4 * $0)]
      return GrowthModel(family: .twofold, shapes: shapes, prior: 0.04 / 8)
    }
    models += ends.map {
      GrowthModel(family: .filling, shapes: [.filling($0)], prior: 0.04 / 8)
    }
    models += bends.map {
      GrowthModel(family: .bend, shapes: [.line, .bend($0)], prior: 0.04 / 8)
    }
    models += bends.map { GrowthModel(family: .start, shapes: [.bend($0)], prior: 0.04 / 8) }
    return models
  }()

  /// The chance of a searched course, of which half stays with the values it started from.
  static func searchedPrior(_ family: Family) -> Double {
    all.reduce(0) { $0 + ($1.family == family ? $1.prior : 0) }
  }
}
