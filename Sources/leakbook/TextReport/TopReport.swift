import GoFormats
import LeakModel

/// The largest functions of one sample type as a table, in the columns that pprof's users know.
struct TopReport {
  let input: ProfileInput
  let column: Int
  let count: Int
  let order: FunctionTotals.Order

  func lines(width: Int) -> [String] {
    let totals = FunctionTotals(input.profile)
    guard column < input.profile.sampleTypes.count else {
      return ["\(input.source)  \(input.format.rawValue)  no values"]
    }
    let type = input.profile.sampleTypes[column]
    let total = totals.totals[column]
    let rows = totals.top(count, column: column, by: order)
      .filter { order == .flat ? $0.flat != 0 : $0.cumulative != 0 }
    var layout = ReportLayout(width: width)
    var facts = [
      input.format.rawValue, "\(type.type) \(Quantity.value(total, unit: type.unit))",
      Quantity.counted(input.profile.sampleCount, "sample"),
    ]
    if let time = Instant(nanoseconds: input.profile.timeNanos) {
      facts.append(Quantity.minute(time))
    }
    layout.add(input.source + "  " + facts.joined(separator: "  "))
    layout.add(
      Self.row(["flat", "flat%", "cum", "cum%"], "function")
    )
    for row in rows {
      layout.add(
        Self.row(
          [
            Quantity.value(row.flat, unit: type.unit), Quantity.share(row.flat, of: total),
            Quantity.value(row.cumulative, unit: type.unit),
            Quantity.share(row.cumulative, of: total),
          ],
          row.name
        )
      )
    }
    let unresolved = totals.unresolved(column: column)
    if unresolved.cumulative != 0 {
      layout.add(
        "without symbols: flat \(Quantity.value(unresolved.flat, unit: type.unit)), "
          + "cum \(Quantity.value(unresolved.cumulative, unit: type.unit))"
      )
    }
    return layout.lines
  }

  /// The widths of the columns of numbers.
  private static let widths = [10, 7, 11, 7]

  /// A row whose last cell, a name, may run past the edge: it is there to be copied.
  private static func row(_ cells: [String], _ name: String) -> String {
    zip(cells, widths).map { $0.rightAligned(to: $1) }.joined() + "  " + name
  }
}
