import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct AuditTests {
  private static let entry = AuditEntry(
    at: .night(minute: 0),
    actor: "local",
    action: "test",
    target: "",
    result: "200"
  )

  private func store(entries: Int) async throws -> Store {
    let store = try Store.inMemory()
    for _ in 0..<entries {
      try await store.append(Self.entry) { number, _, previous in
        String(repeating: "\(number % 10)", count: 64)
      }
    }
    return store
  }

  @Test func `each entry holds the hash of the one before`() async throws {
    let records = try await store(entries: 3).auditRecords(after: 0, limit: 10)
    #expect(records.map(\.number) == [1, 2, 3])
    #expect(records.map(\.previous) == [""] + records.dropLast().map(\.hash))
  }

  @Test(arguments: ["DELETE FROM audit WHERE id = 2", "UPDATE audit SET actor = 'x' WHERE id = 2"])
  func `the engine refuses to change or delete an entry`(sql: String) async throws {
    let store = try await store(entries: 3)
    await #expect(throws: StoreError.self) { try await store.write { try $0.execute(sql: sql) } }
    #expect(try await store.auditRecords(after: 0, limit: 10).count == 3)
  }

  @Test func `the last number is known when its entry is gone`() async throws {
    let store = try await store(entries: 3)
    try await store.write { db in
      try db.execute(sql: "DROP TRIGGER auditIsNotDeleted; DELETE FROM audit WHERE id = 3")
    }
    #expect(try await store.lastAuditNumber() == 3)
    #expect(try await store.auditRecords(after: 0, limit: 10).count == 2)
  }
}
