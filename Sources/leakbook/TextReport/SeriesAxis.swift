import LeakModel

/// The time axis under a drawing of a series: where it begins, where samples end and the forecast
/// begins.
struct SeriesAxis {
  /// The times of the first and the last sample, as the series counts them.
  let from: Double
  let last: Double
  /// The time at the right edge.
  let until: Double
  /// The column of the last sample, and all columns.
  let lastColumn: Int
  let columns: Int
  /// Whether times are seconds; otherwise they count samples.
  let hasClock: Bool
  /// Whether letters beyond ASCII are welcome.
  let isRich: Bool

  /// The ruler and its labels; both begin in the column of the scale's line.
  var lines: [String] {
    var ruler = [Character](repeating: isRich ? "─" : "-", count: columns + 1)
    ruler[0] = isRich ? "└" : "+"
    ruler[lastColumn + 1] = isRich ? "┴" : "+"
    return [String(ruler), labels]
  }

  private var labels: String {
    let (start, end) = ends
    // The end's label stands left of its mark, so that the forecast's has the room behind it.
    let room = lastColumn + 2 - start.count - end.count
    guard room >= 1 else { return start }
    let span = hasClock ? TimeToLimitText.duration(last - from) : ""
    let gap = room - span.count
    let middle =
      gap >= 2
      ? String(repeating: " ", count: gap / 2) + span
        + String(repeating: " ", count: gap - gap / 2)
      : String(repeating: " ", count: room)
    let future = columns - lastColumn - 1
    let reach = hasClock ? ["  forecast, \(TimeToLimitText.duration(until - last))"] : []
    let name = (reach + ["  forecast"]).first { $0.count <= future } ?? ""
    return start + middle + end + name
  }

  private var ends: (String, String) {
    guard hasClock else { return ("sample \(Int(from))", "sample \(Int(last))") }
    guard let first = MemoryForecast.moment(from), let end = MemoryForecast.moment(last) else {
      return ("start", "end")
    }
    return (Quantity.minute(first), Quantity.minute(end))
  }
}
