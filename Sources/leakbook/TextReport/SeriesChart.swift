import LeakAnalysis
import LeakModel

/// A series, its forecast and its limit as a drawing of characters.
///
/// On a terminal the series is drawn in braille, eight dots a character; piped, in ASCII.
struct SeriesChart {
  let samples: [Sample]
  let report: SeriesReport
  /// Whether letters beyond ASCII are welcome.
  let isRich: Bool

  private static let rows = 10
  /// Columns of the scale at the left.
  private static let margin = 11

  private struct Canvas {
    let columns: Int
    var marks: [[Character?]]
    var dots: [[UInt8]]

    init(columns: Int, rows: Int) {
      self.columns = columns
      marks = [[Character?]](repeating: [Character?](repeating: nil, count: columns), count: rows)
      dots = [[UInt8]](repeating: [UInt8](repeating: 0, count: columns), count: rows)
    }
  }

  /// The lines of the drawing; none for fewer than two samples.
  func lines(width: Int) -> [String] {
    guard let first = samples.first, let last = samples.last, last.time > first.time else {
      return []
    }
    let columns = width - Self.margin
    let past = last.time - first.time
    // The future shown is a third of the past: further out a band tells nothing at this size.
    let shown = report.forecast.isEmpty ? 0 : min(past / 3, report.forecast.last?.after ?? 0)
    let until = last.time + shown
    let band = band(after: last, until: until)
    let inView = report.limit.flatMap { limit in
      limit < 3 * (samples.map(\.value).max() ?? 0) ? limit : nil
    }
    let values =
      samples.map(\.value) + band.flatMap { [$0.low, $0.high] } + (inView.map { [$0] } ?? [])
    let low = values.min() ?? 0
    let high = max(values.max() ?? 0, low + 1)
    var canvas = Canvas(columns: columns, rows: Self.rows)
    func column(_ time: Double, _ count: Int) -> Int {
      min(count - 1, max(0, Int((time - first.time) / (until - first.time) * Double(count - 1))))
    }
    func row(_ value: Double, _ count: Int) -> Int {
      count - 1
        - min(count - 1, max(0, Int((value - low) / (high - low) * Double(count - 1) + 0.5)))
    }
    for change in report.changes {
      for line in 0..<Self.rows {
        canvas.marks[line][column(change.time, columns)] = isRich ? "┊" : ":"
      }
    }
    if let inView {
      for place in 0..<columns { canvas.marks[row(inView, Self.rows)][place] = isRich ? "─" : "-" }
    }
    for point in band {
      let place = column(point.time, columns)
      for line in row(point.high, Self.rows)...row(point.low, Self.rows) {
        canvas.marks[line][place] = isRich ? "░" : "."
      }
    }
    for sample in samples {
      if isRich {
        let x = column(sample.time, 2 * columns)
        let y = row(sample.value, 4 * Self.rows)
        canvas.dots[y / 4][x / 2] |= Self.dot(x % 2, y % 4)
      } else {
        canvas.marks[row(sample.value, Self.rows)][column(sample.time, columns)] = "*"
      }
    }
    let axis = SeriesAxis(
      from: first.time,
      last: last.time,
      until: until,
      lastColumn: column(last.time, columns),
      columns: columns,
      hasClock: report.hasClock,
      isRich: isRich
    )
    return text(canvas, low: low, high: high, limitRow: inView.map { row($0, Self.rows) })
      + axis.lines.map { String(repeating: " ", count: Self.margin - 1) + $0 }
  }

  /// The 80 % band from now on, one point a column at least.
  private func band(
    after last: Sample,
    until: Double
  ) -> [(time: Double, low: Double, high: Double)] {
    var knots = [(after: 0.0, low: last.value, high: last.value)]
    // Nothing lives above its limit, so nothing is drawn there.
    let top = report.ceiling ?? .infinity
    knots += report.forecast.map {
      ($0.after, min(top, $0.quantiles[1]), min(top, $0.quantiles[3]))
    }
    guard until > last.time, knots.count > 1 else { return [] }
    let step = (until - last.time) / 60
    return (1...60).map { index in
      let after = Double(index) * step
      let right = knots.firstIndex { $0.after >= after } ?? knots.count - 1
      let (one, other) = (knots[max(0, right - 1)], knots[right])
      let share = other.after > one.after ? (after - one.after) / (other.after - one.after) : 0
      return (
        last.time + after, one.low + (other.low - one.low) * share,
        one.high + (other.high - one.high) * share
      )
    }
  }

  /// The bit of a dot in a braille character (Unicode 15, chapter 21: dots 1–3 and 7 at the left).
  private static func dot(_ x: Int, _ y: Int) -> UInt8 {
    let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    return bits[y][x]
  }

  private func text(_ canvas: Canvas, low: Double, high: Double, limitRow: Int?) -> [String] {
    (0..<Self.rows).map { line in
      var label = ""
      if line == limitRow {
        label = "limit"
      } else if line == 0 || line == Self.rows - 1 {
        label = Bytes(line == 0 ? high : low).description
      }
      var text = label.rightAligned(to: Self.margin - 2) + (isRich ? " ┤" : " |")
      for place in 0..<canvas.columns {
        let dots = canvas.dots[line][place]
        if dots != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(dots)) {
          text.append(Character(scalar))
        } else {
          text.append(canvas.marks[line][place] ?? " ")
        }
      }
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
