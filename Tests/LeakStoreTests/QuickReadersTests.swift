import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct QuickReadersTests {
  private struct NoConnection: Error {}

  private func number(_ db: Database) throws -> Int? { try Int.fetchOne(db, sql: "SELECT 7") }

  @Test func `a body is read on a connection of its own, again and again`() throws {
    let readers = QuickReaders(limit: 1) { try DatabaseQueue() }
    for _ in 0..<3 { #expect(try readers.read(number) == 7) }
    try readers.close()
  }

  @Test func `whoever finds none free does not wait`() throws {
    let readers = QuickReaders(limit: 1) { try DatabaseQueue() }
    let inner = try readers.read { _ in try readers.read(number) }
    #expect(inner == .some(.none))
    #expect(try readers.read(number) == 7)
  }

  @Test func `a connection that cannot be opened is asked of the next`() throws {
    let readers = QuickReaders(limit: 1) { throw NoConnection() }
    for _ in 0..<2 { #expect(try readers.read(number) == nil) }
  }

  @Test func `an error of the body is the body's`() throws {
    let readers = QuickReaders(limit: 1) { try DatabaseQueue() }
    #expect(throws: NoConnection.self) { try readers.read { _ in throw NoConnection() } }
    #expect(try readers.read(number) == 7)
  }

  @Test func `a file that is held is not waited for`() throws {
    let readers = QuickReaders(limit: 1) { try DatabaseQueue() }
    let held = try readers.read { _ -> Int in throw DatabaseError(resultCode: .SQLITE_BUSY) }
    #expect(held == nil)
  }

  @Test func `what was written is read at once, and by many at a time`() async throws {
    try await StorePlace.disk.withStore { store in
      try await withThrowingTaskGroup { group in
        for number in 0..<40 {
          group.addTask {
            let incident = try await store.insert(.sample("number \(number)"))
            let state = try await store.state(of: incident.id)
            #expect(state.incident == incident)
            #expect(state.timeline.map(\.kind) == [.opened])
          }
        }
        try await group.waitForAll()
      }
    }
  }
}
