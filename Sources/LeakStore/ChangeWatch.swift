import GRDB
import Synchronization

/// Knows whether anything has been written since, by this process or by another.
///
/// What was read under one generation holds as long as the generation does. Writes of this process
/// count before their verb returns; those of others are seen at the latest after `interval`.
final class ChangeWatch: Sendable {
  private struct State {
    var generation = 0
    var dataVersion: Int64 = 0
    var lookedAt: ContinuousClock.Instant?
    /// A connection that does nothing else: SQLite counts the commits of all others for each.
    var connection: DatabaseQueue?
  }

  /// How old a look at the file may be: a few screen refreshes, and a hundred looks a second.
  private static let interval: Duration = .milliseconds(10)

  private let connect: (@Sendable () throws -> DatabaseQueue)?
  private let state = Mutex(State())

  /// - Parameter connect: Opens a connection of its own to the file, when first asked; nil where
  ///   nobody else can write.
  init(connect: (@Sendable () throws -> DatabaseQueue)? = nil) {
    self.connect = connect
  }

  /// Counts a write of this process.
  func wrote() {
    state.withLock { $0.generation += 1 }
  }

  /// The generation at present.
  ///
  /// Blocks for the time of a look at the file, which waits for nobody.
  ///
  /// Source: sqlite.org, "PRAGMA data_version".
  func generation() throws -> Int {
    guard let connect else { return state.withLock { $0.generation } }
    return try state.withLock { state in
      if let last = state.lookedAt, .now - last < Self.interval { return state.generation }
      let connection = try state.connection ?? connect()
      state.connection = connection
      let version = try connection.read { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
      if version != state.dataVersion { state.generation += 1 }
      state.dataVersion = version
      state.lookedAt = .now
      return state.generation
    }
  }

  func close() throws {
    try state.withLock { state in
      try state.connection?.close()
      state.connection = nil
    }
  }
}

extension Store {
  /// A number that stays the same as long as nothing is written, by this process or another.
  ///
  /// A write of another process may go unseen for ten milliseconds.
  package func generation() throws -> Int {
    try StoreError.translate { try watch.generation() }
  }
}
