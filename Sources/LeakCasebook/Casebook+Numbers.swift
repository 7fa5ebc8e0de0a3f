import GoFormats
import LeakAnalysis
import LeakDiagnosis
import LeakModel
import LeakStore

extension Casebook {
  /// How many functions of each sample type a summary names.
  private static let summaryRows = 20

  /// Keeps what later questions need without reading the captures again: the heaviest functions of
  /// each profile, the service's snapshots and its limit.
  func keepNumbers(of examination: Examination, for id: IncidentID) async throws {
    for (sha256, profile) in examination.profiles {
      try await store.setProfileSummary(Self.summaries(of: profile), of: sha256)
    }
    let incident = try await store.incident(id)
    if let series = examination.bundle.series?.value, series.hasWallClock {
      // Without a pod's name the incident stands for the process that was captured.
      let instance = incident.labels["pod"] ?? id.description
      try await store.append(series, service: incident.service, instance: instance)
    }
    if let limit = examination.bundle.limit {
      try await store.setLimit(Bytes(limit), of: incident.service, at: now())
    }
  }

  private static func summaries(of profile: Profile) -> [ProfileSummary] {
    let totals = FunctionTotals(profile)
    return profile.sampleTypes.indices.map { column in
      ProfileSummary(
        sampleType: profile.sampleTypes[column].type,
        total: totals.totals[column],
        rows: totals.top(summaryRows, column: column, by: .flat).map {
          ProfileSummary.Row(function: $0.name, flat: $0.flat, cum: $0.cumulative)
        }
      )
    }
  }
}

extension SnapshotSeries {
  /// Whether the times are those of a clock: some captures know only an order.
  fileprivate var hasWallClock: Bool {
    guard let first = times.first else { return false }
    return Instant(seconds: first) != nil && first > 1e9
  }
}
