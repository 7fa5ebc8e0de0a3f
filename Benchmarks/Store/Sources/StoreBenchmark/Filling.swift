import LeakModel
import LeakStore

/// Puts snapshots beside the incidents of a base: each process a service of its own kind, a sample
/// every ten seconds for a day and some hours.
enum Filling {
  /// How many samples one process tells: with them a block of each hour is full.
  private static let batch = 10_000
  /// The metrics that most agents report.
  private static let metrics = 10

  /// Writes so many samples into the base at a path, through the store.
  static func run(_ path: String, samples: Int) async throws {
    let store = try Store.open(path: path, mode: .existing)
    for start in stride(from: 0, to: samples, by: batch) {
      let number = start / batch
      let upload = Upload(number: number, count: min(batch, samples - start), metrics: metrics)
      try await store.append(
        upload.series,
        service: "snapshots-\(number % 200)",
        instance: upload.instance
      )
    }
    try store.close()
  }
}
