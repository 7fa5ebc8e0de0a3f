import Foundation
import GRDB
import LeakModel

/// The samples of one process in one stretch of time, as table `snapshotBlock` holds them.
struct SnapshotBlock {
  /// Which block it is.
  struct Key: Hashable {
    let service: String
    let instance: String
    let step: SnapshotStep
    /// Milliseconds since 1970, a multiple of the step's span.
    let start: Int64

    /// The block that a time falls into.
    init(service: String, instance: String, step: SnapshotStep, time: Int64) {
      self.service = service
      self.instance = instance
      self.step = step
      self.start = step.start(of: time)
    }
  }

  let key: Key
  var table: SnapshotTable

  /// Fetches a block; an empty one where there is none.
  ///
  /// Uses the unique index of the table.
  static func find(_ key: Key, in db: Database) throws -> SnapshotBlock {
    let request: SQLRequest<Data> = """
      SELECT columns
      FROM snapshotBlock
      WHERE service = \(key.service)
        AND step = \(key.step.rawValue)
        AND start = \(key.start)
        AND instance = \(key.instance)
      """
    let bytes = try request.fetchOne(db)
    return SnapshotBlock(
      key: key,
      table: try bytes.map { try PackedColumns.unpack([UInt8]($0)) } ?? SnapshotTable()
    )
  }

  /// Writes the block in the place of the one with its key.
  func save(in db: Database) throws {
    try db.execute(
      literal: """
        INSERT INTO snapshotBlock (service, instance, step, start, samples, columns)
        VALUES (
          \(key.service), \(key.instance), \(key.step.rawValue), \(key.start),
          \(table.times.count), \(Data(PackedColumns.pack(table)))
        )
        ON CONFLICT (service, step, start, instance) DO UPDATE
        SET samples = excluded.samples,
            columns = excluded.columns
        """
    )
  }
}

/// A block as a row, its columns still packed.
struct SnapshotBlockRow: Decodable, FetchableRecord {
  let id: Int64
  let service: String
  let instance: String
  let start: Int64
  let columns: Data

  func table() throws -> SnapshotTable { try PackedColumns.unpack([UInt8](columns)) }
}
