import GoFormats

/// What `top --json` prints of a profile: the contract `leakbook.profile/1`.
struct ProfileDocument: Encodable {
  /// One sample type with its largest functions.
  struct SampleType: Encodable {
    let type: String
    let unit: String
    let total: Int64
    let topFlat: [Row]
    let topCumulative: [Row]

    enum CodingKeys: String, CodingKey {
      case type
      case unit
      case total
      case topFlat = "top_flat"
      case topCumulative = "top_cum"
    }
  }

  /// A function's values.
  struct Row: Encodable {
    let name: String
    let flat: Int64
    let cumulative: Int64

    enum CodingKeys: String, CodingKey {
      case name
      case flat
      case cumulative = "cum"
    }

    init(_ row: FunctionTotals.Row) {
      name = row.name
      flat = row.flat
      cumulative = row.cumulative
    }
  }

  let schema = "leakbook.profile/1"
  let source: String
  let format: String
  let samples: Int
  let locations: Int
  let functions: Int
  let mappings: Int
  let period: Int64
  let periodType: String
  let timeNanos: Int64
  let durationNanos: Int64
  let sampleTypes: [SampleType]

  enum CodingKeys: String, CodingKey {
    case schema
    case source
    case format
    case samples
    case locations
    case functions
    case mappings
    case period
    case periodType = "period_type"
    case timeNanos = "time_nanos"
    case durationNanos = "duration_nanos"
    case sampleTypes = "sample_types"
  }

  /// Adds up a profile.
  ///
  /// - Parameters:
  ///   - input: The profile and where it is from.
  ///   - count: How many functions each list holds at most.
  init(_ input: ProfileInput, count: Int) {
    let profile = input.profile
    let totals = FunctionTotals(profile)
    source = input.source
    format = input.format.rawValue
    samples = profile.sampleCount
    locations = profile.locationCount
    functions = profile.functionCount
    mappings = profile.mappingCount
    period = profile.period
    // Where the file says nothing, google/pprof reads an empty type and an empty unit.
    periodType = profile.periodType.map { "\($0.type)/\($0.unit)" } ?? "/"
    timeNanos = profile.timeNanos
    durationNanos = profile.durationNanos
    sampleTypes = profile.sampleTypes.enumerated().map { column, valueType in
      SampleType(
        type: valueType.type,
        unit: valueType.unit,
        total: totals.totals[column],
        topFlat: totals.top(count, column: column, by: .flat).map { Row($0) },
        topCumulative: totals.top(count, column: column, by: .cumulative).map { Row($0) }
      )
    }
  }
}
