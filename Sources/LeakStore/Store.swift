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
  /// Whether every verb that writes is refused.
  let isReadOnly: Bool
  private let fault = StoreFault()
  private let queue: WriteQueue
  /// The revisions of which an incident must have one to be changed; nil for any.
  private(set) var expectedRevisions: Set<Int64>?
  /// Shared by all copies of the value.
  let watch: ChangeWatch
  /// Shared as well; nil where there is but one connection.
  let quick: QuickReaders?

  init(
    writer: any DatabaseWriter,
    isReadOnly: Bool = false,
    watch: ChangeWatch = ChangeWatch(),
    quick: QuickReaders? = nil
  ) {
    self.writer = writer
    self.queue = WriteQueue(writer: writer)
    self.isReadOnly = isReadOnly
    self.watch = watch
    self.quick = quick
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
      try WordIndex.catchUp(queue)
      return Store(writer: queue)
    }
  }

  /// Ends all connections, and leaves everything in the one file unless others have it open.
  ///
  /// No verb may be called after this.
  package func close() throws {
    // The connection that writes goes last: only it can move what the log holds into the file.
    (writer as? DatabasePool)?.invalidateReadOnlyConnections()
    try StoreError.translate {
      try watch.close()
      try quick?.close()
      try writer.close()
    }
  }

  /// Why nothing is written any more: the disk failed, or the file was found damaged; else nil.
  ///
  /// What a failed flush leaves on the disk nobody knows, and the system may forget it: only a new
  /// start, which reads what is there, may write again. Reading goes on.
  package var writingFault: StoreError? { fault.error }

  /// Translates an error of the engine, and keeps it where nothing may be written after it.
  func noting(_ error: any Error) -> any Error { fault.noting(error) }

  func read<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    do {
      return try await writer.read(body)
    } catch {
      throw fault.noting(error)
    }
  }

  /// Runs a body in a transaction, which also holds the claim of the request it is done for.
  ///
  /// Others that write at the same time may share the transaction; each is kept or refused alone.
  func write<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    // Read here: the body runs on the connection's own thread, which knows no task.
    let claim = Claim.current
    return try await writing {
      try await queue.write { db in
        guard let claim else { return try body(db) }
        return try claim.covering(db, body)
      }
    }
  }

  /// Runs statements that are transactions of their own.
  func writeWithoutTransaction<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    try await writing { try await writer.writeWithoutTransaction(body) }
  }

  private func writing<T>(_ body: () async throws -> T) async throws -> T {
    guard !isReadOnly else { throw StoreError.readOnly }
    if let error = fault.error { throw error }
    defer { watch.wrote() }
    do {
      return try await body()
    } catch {
      throw fault.noting(error)
    }
  }
}
