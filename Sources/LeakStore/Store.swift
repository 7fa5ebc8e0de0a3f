import GRDB
import LeakModel

/// The casebook on disk: incidents, their evidence and what was learned from them.
///
/// A value of it is a ready schema. Every write is one transaction: when a verb returns, what it
/// wrote survives loss of power; when it throws, nothing of it was kept. All verbs throw
/// `StoreError`, and `CancellationError` when their task is cancelled.
package struct Store: Sendable {
  /// The connections; the schema behind them is the newest.
  let writer: any DatabaseWriter
  /// The revisions of which an incident must have one to be changed; nil for any.
  private(set) var expectedRevisions: Set<Int64>?

  /// Shared by all copies of the value.
  let watch: ChangeWatch

  init(writer: any DatabaseWriter, watch: ChangeWatch = ChangeWatch()) {
    self.writer = writer
    self.watch = watch
  }

  /// The same store, where `update` changes an incident only if nobody else has meanwhile.
  ///
  /// - Parameter revisions: Those that the caller has seen.
  /// - Returns: The same store by another value.
  package func expecting(_ revisions: Set<Int64>) -> Store {
    var store = self
    store.expectedRevisions = revisions
    return store
  }

  /// Makes a store that ends with the last copy of this value.
  package static func inMemory() throws -> Store {
    try StoreError.translate {
      let queue = try DatabaseQueue(configuration: configuration(isReadOnly: false))
      try Schema.migrate(queue)
      return Store(writer: queue)
    }
  }

  /// Ends all connections, and leaves everything in the one file unless others have it open.
  ///
  /// One opened for reading only may leave the engine's `-shm` and an empty `-wal` beside the file.
  /// No verb may be called after this.
  package func close() throws {
    // The connection that writes goes last: only it can move what the log holds into the file.
    (writer as? DatabasePool)?.invalidateReadOnlyConnections()
    try StoreError.translate {
      try watch.close()
      try writer.close()
    }
  }

  func read<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    do {
      return try await writer.read(body)
    } catch {
      throw StoreError.translating(error)
    }
  }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    defer { watch.wrote() }
    do {
      return try await writer.write(body)
    } catch {
      throw StoreError.translating(error)
    }
  }
}
