/// How far a daily cycle moves a series, and how much of that a smooth course through a window bends.
struct DailySwing: Sendable {
  /// Bytes that memory may move: the limit, or twice what is used.
  private let scale: Double
  /// Bytes from the mean.
  private var amplitude: Double

  /// How far a cycle moves memory, as a share of its reach, before a day has shown less.
  private static let share = 0.08

  /// - Parameter scale: Bytes that memory may move: the limit, or twice what is used.
  init(scale: Double) {
    self.scale = scale
    amplitude = Self.share * scale
  }

  /// Learns from the last day how far a daily cycle moves this series, if at all.
  ///
  /// What the level did beside a straight line bounds the amplitude. A sine seen over a part of its
  /// cycle keeps, at worst over the phases, `kept` of its amplitude beside the best line.
  ///
  /// - Parameters:
  ///   - bins: The series in bins of a quarter of an hour or so.
  ///   - width: Seconds in a bin.
  ///   - earliest: The first bin of the present course.
  mutating func learn(from bins: ScaleBins, width: Double, earliest: Int) {
    let to = bins.next - Int(3 * 3600 / width)
    let from = max(bins.first, to - Int(30 * 3600 / width), earliest)
    let cycles = Double(to - from) * width / 86400
    let recent = max(bins.first, bins.next - 8)..<bins.next
    let use = recent.reduce(0) { $0 + bins.mean(at: $1) } / Double(max(1, recent.count))
    let most = Self.share * SeriesCycle.reach(scale: scale, use: use)
    amplitude = most
    guard cycles > 0.4 else { return }
    let values = (from..<to).map { bins.mean(at: $0) }
    let residual = LineFit(values).residual
    let table = [(0.4, 0.05), (0.5, 0.085), (0.75, 0.24), (1.0, 0.44)]
    let kept = table.last { $0.0 <= cycles }?.1 ?? 0.05
    amplitude = min(most, 1.4 * residual / kept)
  }

  /// The derivatives of a daily cycle as variances of the window's parabola, cubic and quartic.
  ///
  /// Its second harmonic, half as long and a quarter as high, doubles the fourth.
  func prior(_ basis: ShapeBasis, width: Double) -> Degrees {
    let half = 2 * Double.pi / 86400 * width * Double(basis.count) / 2
    let bend = amplitude * half * half / 2 * basis.scale[2]
    let twist = amplitude * half * half * half / 6 * basis.scale[3]
    let turn = 2 * amplitude * half * half * half * half / 24 * basis.scale[4]
    return [.infinity, .infinity, bend * bend, twist * twist, turn * turn, 0, 0, 0]
  }

  /// Whether a quartic follows a daily cycle over this many seconds to within noise of a variance.
  func isSmooth(over span: Double, noise: Double) -> Bool {
    guard span > 12 * 3600 else { return true }
    guard span <= 36 * 3600 else { return false }
    let half = Double.pi / 86400 * span
    let rest = amplitude * half * half * half * half * half / 120 / 8
    return rest < 0.25 * noise.squareRoot()
  }
}
