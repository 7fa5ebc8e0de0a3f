import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing

@testable import LeakStore

struct WriteQueueTests {
  private struct Refused: Error {}

  /// Counts the transactions of a connection that were kept.
  private final class CommitCounter: TransactionObserver, Sendable {
    let count = Mutex(0)

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }

    func databaseDidChange(with event: DatabaseEvent) {}

    func databaseDidCommit(_ db: Database) { count.withLock { $0 += 1 } }

    func databaseDidRollback(_ db: Database) {}
  }

  /// Has writes wait for one another: all of them are there before the first begins.
  ///
  /// - Returns: What came of each, in the order of the bodies.
  private func together(
    _ connection: DatabaseQueue,
    _ bodies: [@Sendable (Database) throws -> Void]
  ) async -> [Result<Void, any Error>] {
    let queue = WriteQueue(writer: connection)
    let gate = DispatchSemaphore(value: 0)
    connection.asyncWriteWithoutTransaction { _ in gate.wait() }
    return await withTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
      for (index, body) in bodies.enumerated() {
        group.addTask {
          do {
            return (index, .success(try await queue.write(body)))
          } catch {
            return (index, .failure(error))
          }
        }
      }
      while queue.waitingCount < bodies.count { await Task.yield() }
      gate.signal()
      let results = await group.reduce(into: [Int: Result<Void, any Error>]()) { $0[$1.0] = $1.1 }
      return bodies.indices.compactMap { results[$0] }
    }
  }

  private static func insert(_ number: Int) -> @Sendable (Database) throws -> Void {
    { db in try db.execute(literal: "INSERT INTO number VALUES (\(number))") }
  }

  private static func connection() throws -> DatabaseQueue {
    let connection = try DatabaseQueue()
    try connection.write { db in
      try db.execute(sql: "CREATE TABLE number (value INTEGER PRIMARY KEY) STRICT")
    }
    return connection
  }

  private static func numbers(_ connection: DatabaseQueue) async throws -> [Int] {
    try await connection.read { db in
      try Int.fetchAll(db, sql: "SELECT value FROM number ORDER BY value")
    }
  }

  @Test func `writes that wait together are one transaction`() async throws {
    let connection = try Self.connection()
    let counter = CommitCounter()
    connection.add(transactionObserver: counter)
    let results = await together(connection, (1...20).map(Self.insert))
    #expect(results.count { (try? $0.get()) != nil } == 20)
    #expect(counter.count.withLock { $0 } == 1)
    #expect(try await Self.numbers(connection) == Array(1...20))
  }

  @Test func `a write that is refused takes no other with it`() async throws {
    let connection = try Self.connection()
    let results = await together(
      connection,
      [
        Self.insert(1),
        { db in
          try Self.insert(2)(db)
          throw Refused()
        },
        Self.insert(3),
      ]
    )
    #expect(throws: Refused.self) { try results[1].get() }
    #expect(try await Self.numbers(connection) == [1, 3])
  }

  @Test func `writes that did well before the transaction was undone are told so`() async throws {
    let connection = try Self.connection()
    let undoing: @Sendable (Database) throws -> Void = { db in
      // As SQLite does by itself when the disk is full.
      try db.execute(sql: "ROLLBACK")
      throw Refused()
    }
    let results = await together(connection, [Self.insert(1), undoing, Self.insert(3)])
    // In whichever order they came: what was told to be kept is kept, and nothing else.
    let told = zip([1, 2, 3], results).filter { (try? $1.get()) != nil }.map(\.0)
    #expect(!told.contains(2))
    #expect(try await Self.numbers(connection) == told)
  }

  @Test func `a task that was cancelled writes nothing`() async throws {
    let connection = try Self.connection()
    let queue = WriteQueue(writer: connection)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await queue.write(Self.insert(1))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await Self.numbers(connection) == [])
  }
}
