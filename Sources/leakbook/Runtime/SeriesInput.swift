import GoFormats
import LeakAnalysis
import LeakDiagnosis
import LeakModel

/// A series that the command line names.
struct SeriesInput {
  let source: String
  let name: String
  let samples: [Sample]
  let hasClock: Bool
  var every = 1
  /// Rows of a table without a number.
  var skippedCount = 0
  /// The limit that the evidence itself tells, in bytes.
  var limit: Double?
  /// What was asked to be looked at beside it.
  var companion: CompanionSeries?

  /// Reads a series from a file: a table, or any capture that holds snapshots.
  ///
  /// - Throws: `Failure` when the file holds no series or not the column asked for.
  init(path: String, column: String?, beside: String? = nil) throws {
    let file = try EvidenceInput.readFile(path)
    // Snapshots as JSON begin with a bracket; a table does not.
    let first = file.bytes.first { ![32, 9, 10, 13].contains($0) }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      let captures = try EvidenceInput.captures(in: file)
      for capture in captures {
        guard case .snapshots(let series) = capture.content else { continue }
        try self.init(series, source: path, column: column, beside: beside)
        return
      }
      throw Failure("\(path): it holds no samples over time", .badData)
    }
    do throws(ParseError) {
      let table = try SeriesTable.read(file.bytes, column: column)
      self.init(
        source: path,
        name: table.name,
        samples: table.samples,
        hasClock: table.hasClock,
        every: table.every,
        skippedCount: table.skippedCount
      )
      if let beside {
        let other = try SeriesTable.read(file.bytes, column: beside, isSize: false)
        companion = CompanionSeries(name: beside, samples: other.samples)
      }
    } catch {
      let captures = try? EvidenceInput.captures(in: file)
      for case .snapshots(let series) in (captures ?? []).map(\.content) where series.count > 1 {
        try self.init(series, source: path, column: column, beside: beside)
        return
      }
      throw Failure("\(path): \(error)", .badData)
    }
  }

  /// Takes one metric of snapshots, the one asked for or the one that tells most of memory.
  ///
  /// - Throws: `Failure` when there is no such metric.
  init(_ series: SnapshotSeries, source: String, column: String?, beside: String? = nil) throws {
    let present = Metric.allCases.filter { series.columns[$0] != nil }
    let metric =
      column.map { name in present.first { $0.rawValue == name } }
      ?? MemoryForecast.preferred.first { present.contains($0) } ?? present.first
    guard let metric else {
      let names = present.map(\.rawValue).joined(separator: ", ")
      throw Failure(
        column.map { "\(source): there is no column \($0), only \(names)" }
          ?? "\(source): it holds no samples over time",
        .badData
      )
    }
    let limit = series.containerLimit
    self.init(
      source: source,
      name: metric.rawValue,
      samples: series.samples(of: metric),
      hasClock: true,
      limit: limit
    )
    guard let beside else { return }
    guard let other = present.first(where: { $0.rawValue == beside }) else {
      let names = present.map(\.rawValue).joined(separator: ", ")
      throw Failure("\(source): there is no column \(beside), only \(names)", .badData)
    }
    companion = CompanionSeries(name: beside, samples: series.samples(of: other))
  }

  /// The analysis of the series, beside the other where one was asked for.
  func report(limit: Double?) -> SeriesReport {
    guard let companion else {
      return SeriesReport(samples, limit: limit, hasClock: hasClock)
    }
    return SeriesReport(samples, limit: limit, hasClock: hasClock, beside: companion)
  }

  private init(
    source: String,
    name: String,
    samples: [Sample],
    hasClock: Bool,
    every: Int = 1,
    skippedCount: Int = 0,
    limit: Double? = nil
  ) {
    self.source = source
    self.name = name
    self.samples = samples
    self.hasClock = hasClock
    self.every = every
    self.skippedCount = skippedCount
    self.limit = limit
  }
}
