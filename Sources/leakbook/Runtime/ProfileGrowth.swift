import GoFormats

/// What changed between two profiles of one program, function by function, in one sample type.
struct ProfileGrowth {
  /// A function's change.
  struct Row: Equatable {
    let name: String
    let flat: Int64
    let cumulative: Int64
  }

  let type: Profile.ValueType
  let totalBefore: Int64
  let totalAfter: Int64
  /// The functions that changed, the largest growth first, equal ones in the order of their names.
  let rows: [Row]

  /// Compares two profiles.
  ///
  /// - Throws: `Failure` when the earlier profile lacks the sample type.
  init(
    from base: ProfileInput,
    to profile: ProfileInput,
    column: Int,
    by order: FunctionTotals.Order
  ) throws {
    type = profile.profile.sampleTypes[column]
    guard let baseColumn = base.profile.column(type.type),
      base.profile.sampleTypes[baseColumn].unit == type.unit
    else {
      throw Failure(
        "\(base.source): it has no \(type.type) in \(type.unit), so the two cannot be compared",
        .badData
      )
    }
    let before = FunctionTotals(base.profile)
    let after = FunctionTotals(profile.profile)
    totalBefore = before.totals[baseColumn]
    totalAfter = after.totals[column]
    let earlier = Dictionary(
      before.rows(column: baseColumn).map { ($0.name, $0) },
      uniquingKeysWith: { one, _ in one }
    )
    let later = after.rows(column: column)
    var rows = later.map { row in
      let old = earlier[row.name]
      return Row(
        name: row.name,
        flat: row.flat &- (old?.flat ?? 0),
        cumulative: row.cumulative &- (old?.cumulative ?? 0)
      )
    }
    let names = Set(later.map(\.name))
    rows += earlier.values.filter { !names.contains($0.name) }
      .map { Row(name: $0.name, flat: 0 &- $0.flat, cumulative: 0 &- $0.cumulative) }
    self.rows = rows.filter { $0.flat != 0 || $0.cumulative != 0 }.sorted { one, other in
      let left = order == .flat ? one.flat : one.cumulative
      let right = order == .flat ? other.flat : other.cumulative
      return left != right ? left > right : one.name < other.name
    }
  }
}
