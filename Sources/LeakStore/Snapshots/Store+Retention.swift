import GRDB
package import LeakModel

extension Store {
  /// How many blocks one transaction rolls up: a writer that comes in between waits for no more.
  private static let batch = 50
  /// How many pages one step gives back to the file system.
  private static let pagesAtOnce = 1_000
  /// How long answers to requests with an idempotency key are remembered, in milliseconds.
  package static let answerMemory: Int64 = 24 * 3_600_000

  /// Rolls up and deletes what has outlived its step, then what does not fit, then gives the space
  /// back to the file system.
  ///
  /// Works in short transactions, so that others read and write meanwhile. One that is interrupted
  /// leaves nothing counted twice: what is rolled up is deleted in the same transaction.
  ///
  /// Uses indexes `snapshotBlockByAge` and `idempotencyByTime`.
  ///
  /// - Parameters:
  ///   - policy: What to keep.
  ///   - now: The present.
  /// - Returns: What was done.
  /// - Throws: `StoreError.corrupt` at a block that cannot be read; it is left as it is.
  package func prune(_ policy: RetentionPolicy, now: Instant) async throws -> PruneResult {
    var result = PruneResult()
    result.forgotten = try await forgetResponses(
      before: Instant(milliseconds: now.milliseconds - Self.answerMemory)
    )
    for step in SnapshotStep.allCases {
      let end = now.milliseconds - policy.age(of: step) - step.span
      while try await pruneBatch(of: step, startedBy: end, &result) {}
    }
    if let mostBytes = policy.mostBytes {
      for step in SnapshotStep.allCases {
        while try await usedBytes() > mostBytes {
          guard try await pruneBatch(of: step, startedBy: .max, &result) else { break }
        }
      }
    }
    try await shrink()
    result.bytes = try await usedBytes()
    return result
  }

  /// Counts the blocks that age alone would roll up or delete now.
  ///
  /// Uses index `snapshotBlockByAge`.
  package func outlived(_ policy: RetentionPolicy, now: Instant) async throws -> Int {
    try await read { db in
      try SnapshotStep.allCases.reduce(0) { sum, step in
        let end = now.milliseconds - policy.age(of: step) - step.span
        let request: SQLRequest<Int> = """
          SELECT count(*)
          FROM snapshotBlock
          WHERE step = \(step.rawValue)
            AND start <= \(end)
          """
        return sum + (try request.fetchOne(db) ?? 0)
      }
    }
  }

  /// Rolls up, or deletes, the oldest blocks of a step.
  ///
  /// - Returns: Whether there were any.
  private func pruneBatch(
    of step: SnapshotStep,
    startedBy end: Int64,
    _ result: inout PruneResult
  ) async throws -> Bool {
    let count = try await write { db in
      let rows = try SQLRequest<SnapshotBlockRow>(
        """
        SELECT id, service, instance, start, columns
        FROM snapshotBlock
        WHERE step = \(step.rawValue)
          AND start <= \(end)
        ORDER BY start
        LIMIT \(Self.batch)
        """
      ).fetchAll(db)
      if let coarser = step.coarser { try Self.rollUp(rows, from: step, to: coarser, db) }
      for row in rows {
        try db.execute(literal: "DELETE FROM snapshotBlock WHERE id = \(row.id)")
      }
      return rows.count
    }
    if step.coarser == nil { result.deleted += count } else { result.rolledUp += count }
    return count > 0
  }

  private static func rollUp(
    _ rows: [SnapshotBlockRow],
    from step: SnapshotStep,
    to coarser: SnapshotStep,
    _ db: Database
  ) throws {
    var rollups: [SnapshotBlock.Key: Rollup] = [:]
    for row in rows {
      let key = SnapshotBlock.Key(
        service: row.service,
        instance: row.instance,
        step: coarser,
        time: row.start
      )
      if step == .raw {
        rollups[key, default: Rollup(step: coarser)].add(raw: try row.table())
      } else {
        rollups[key, default: Rollup(step: coarser)].add(rolledUp: try row.table())
      }
    }
    for (key, rollup) in rollups {
      var whole = rollup
      var block = try SnapshotBlock.find(key, in: db)
      whole.add(rolledUp: block.table)
      block.table = whole.table
      try block.save(in: db)
    }
  }

  /// Gives free pages back to the file system, a few at a time.
  private func shrink() async throws {
    var free = try await pages("freelist_count")
    while free > 0 {
      try await writeWithoutTransaction { db in
        // Each row that the pragma answers is a page given back.
        _ = try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum(\(Self.pagesAtOnce))")
      }
      let left = try await pages("freelist_count")
      // A database made before pages could be given back keeps them for later.
      guard left < free else { return }
      free = left
    }
  }

  /// The bytes of the database file that hold something.
  private func usedBytes() async throws -> Int64 {
    let (count, free, size) = (
      try await pages("page_count"), try await pages("freelist_count"), try await pages("page_size")
    )
    return (count - free) * size
  }

  private func pages(_ pragma: String) async throws -> Int64 {
    try await read { try Int64.fetchOne($0, sql: "PRAGMA \(pragma)") ?? 0 }
  }
}
