import GoFormats

/// The growth between two profiles as a table.
struct GrowthReport {
  let growth: ProfileGrowth
  let base: String
  let profile: String
  let count: Int

  /// The total first, then the functions that grew most.
  var lines: [String] {
    let unit = growth.type.unit
    let change = growth.totalAfter &- growth.totalBefore
    var lines = [
      "\(growth.type.type) \(Quantity.change(change, unit: unit)): "
        + "\(Quantity.value(growth.totalBefore, unit: unit)) -> "
        + "\(Quantity.value(growth.totalAfter, unit: unit))",
      "\(base) -> \(profile)",
    ]
    guard !growth.rows.isEmpty else { return lines + ["no function changed"] }
    lines.append(Self.row("flat", "cum", "function"))
    for row in growth.rows.prefix(count) {
      lines.append(
        Self.row(
          Quantity.change(row.flat, unit: unit),
          Quantity.change(row.cumulative, unit: unit),
          row.name
        )
      )
    }
    return lines
  }

  private static func row(_ flat: String, _ cumulative: String, _ name: String) -> String {
    flat.rightAligned(to: 11) + cumulative.rightAligned(to: 12) + "  " + name
  }
}
