import GRDB
import Synchronization

/// Connections that read a few rows by their keys on the thread that asks.
///
/// To hand such a reading to a thread of a pool and back costs more than the reading. In return
/// nobody may wait here: whoever finds no connection free, or the file held, reads by the pool.
final class QuickReaders: Sendable {
  private struct State {
    var idle: [DatabaseQueue] = []
    var openCount = 0
  }

  private let limit: Int
  private let connect: @Sendable () throws -> DatabaseQueue
  private let state = Mutex(State())

  /// - Parameters:
  ///   - limit: How many connections there may be: as many as threads that may read at a time.
  ///   - connect: Opens one that changes nothing and does not wait for locks.
  init(limit: Int, connect: @escaping @Sendable () throws -> DatabaseQueue) {
    self.limit = limit
    self.connect = connect
  }

  /// What a body reads in one transaction; nil when there is no connection for it at present.
  func read<T>(_ body: (Database) throws -> T) throws -> T? {
    guard let connection = take() else { return nil }
    defer { state.withLock { $0.idle.append(connection) } }
    do {
      return try connection.read(body)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      return nil
    }
  }

  private enum Offer {
    case idle(DatabaseQueue)
    case new
    case none
  }

  /// A connection that nobody else has until it is idle again.
  private func take() -> DatabaseQueue? {
    let offer: Offer = state.withLock { state in
      if let connection = state.idle.popLast() { return .idle(connection) }
      guard state.openCount < limit else { return .none }
      state.openCount += 1
      return .new
    }
    switch offer {
    case .idle(let connection): return connection
    case .none: return nil
    case .new:
      if let connection = try? connect() { return connection }
      // As with too many files open; the pool has its connections already.
      state.withLock { $0.openCount -= 1 }
      return nil
    }
  }

  /// Closes the connections; none may be in use.
  func close() throws {
    let idle = state.withLock { state in
      defer { state = State() }
      return state.idle
    }
    for connection in idle { try connection.close() }
  }
}

extension Store {
  /// Reads a few rows by their keys, in one transaction.
  ///
  /// What searches or counts reads by `read`: here it would keep a thread of all tasks busy.
  func readQuickly<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    do {
      if let value = try quick?.read(body) { return value }
    } catch {
      throw noting(error)
    }
    return try await read(body)
  }
}
