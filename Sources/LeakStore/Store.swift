import GRDB
import LeakModel

/// The casebook on disk: incidents, their evidence and what was learned from them.
///
/// A value of it is a ready schema. Every write is one transaction: when a verb returns, what it
/// wrote survives loss of power; when it throws, nothing of it was kept. All verbs throw
/// `StoreError`, and `CancellationError` when their task is cancelled.
package struct Store: Sendable {
  let writer: any DatabaseWriter

  /// Wraps an opened database whose schema is the newest.
  init(writer: any DatabaseWriter) {
    self.writer = writer
  }

  /// Makes a store that ends with the last copy of this value.
  package static func inMemory() throws -> Store {
    try StoreError.translate {
      let queue = try DatabaseQueue(configuration: configuration(isReadOnly: false))
      try Schema.migrate(queue)
      return Store(writer: queue)
    }
  }

  /// Ends all connections; any verb after this throws.
  package func close() throws {
    try StoreError.translate { try writer.close() }
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
    do {
      return try await writer.write(body)
    } catch {
      throw StoreError.translating(error)
    }
  }
}
