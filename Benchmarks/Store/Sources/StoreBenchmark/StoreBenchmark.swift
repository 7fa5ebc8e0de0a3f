import Foundation
import LeakModel
import LeakStore

/// Writes the same snapshots through the store and, a row a sample, through SQLite's C API; prints
/// one JSON object. `store-benchmark fill DATABASE SAMPLES` only writes, into a base that is there.
///
/// Usage: `store-benchmark FOLDER ROWS METRICS ROUNDS`.
@main
enum StoreBenchmark {
  /// What one writer took.
  private struct Figure: Encodable {
    var seconds = Double.infinity
    var bytes: Int64 = 0
  }

  private struct Report: Encodable {
    let rows: Int
    let metrics: Int
    let storeRowsPerSecond: Double
    let sqliteRowsPerSecond: Double
    let ratio: Double
    let storeBytes: Int64
    let sqliteBytes: Int64
  }

  /// How many samples one upload holds, and one transaction of the other side.
  private static let batch = 10_000

  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    let numbers = words.dropFirst().compactMap { Int($0) }
    switch (words.first, words.count, numbers.count) {
    case ("fill", 3, 1):
      try await Filling.run(words[2], samples: numbers[0])
    case (let folder?, 4, 3):
      try await compare(
        in: URL(filePath: folder),
        rows: numbers[0],
        metrics: numbers[1],
        rounds: numbers[2]
      )
    default:
      fatalError("usage: store-benchmark FOLDER ROWS METRICS ROUNDS, or fill DATABASE SAMPLES")
    }
  }

  private static func compare(in folder: URL, rows: Int, metrics: Int, rounds: Int) async throws {
    let uploads = stride(from: 0, to: rows, by: batch).map { start in
      Upload(number: start / batch, count: min(batch, rows - start), metrics: metrics)
    }
    var (store, sqlite) = (Figure(), Figure())
    // In turns, the best of each: a machine whose speed drifts favours none.
    for round in 0..<rounds {
      let path = folder.appending(path: "store-\(round).db").path
      var start = ContinuousClock.now
      try await write(uploads, toStore: path)
      store.seconds = min(store.seconds, seconds(since: start))
      store.bytes = try size(of: path)
      let other = folder.appending(path: "sqlite-\(round).db").path
      start = ContinuousClock.now
      try RowWriter.write(uploads, to: other)
      sqlite.seconds = min(sqlite.seconds, seconds(since: start))
      sqlite.bytes = try size(of: other)
    }
    let report = Report(
      rows: rows,
      metrics: metrics,
      storeRowsPerSecond: Double(rows) / store.seconds,
      sqliteRowsPerSecond: Double(rows) / sqlite.seconds,
      ratio: sqlite.seconds / store.seconds,
      storeBytes: store.bytes,
      sqliteBytes: sqlite.bytes
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    print(String(decoding: try encoder.encode(report), as: UTF8.self))
  }

  private static func write(_ uploads: [Upload], toStore path: String) async throws {
    let store = try Store.open(path: path, mode: .create)
    for upload in uploads {
      try await store.append(upload.series, service: "relay", instance: upload.instance)
    }
    try store.close()
  }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - start) / Duration.seconds(1)
  }

  private static func size(of path: String) throws -> Int64 {
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
    return size?.int64Value ?? 0
  }
}
