import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct StoreFaultTests {
  @Test(arguments: [ResultCode.SQLITE_IOERR_FSYNC, .SQLITE_CORRUPT])
  func `after the engine's distrust nothing is written and all is read`(
    code: ResultCode
  ) async throws {
    let store = try Store.inMemory()
    let incident = try await store.insert(.sample())
    await #expect(throws: StoreError.self) {
      try await store.write { _ in throw DatabaseError(resultCode: code) }
    }
    let fault = try #require(store.writingFault)
    await #expect(throws: fault) { try await store.insert(.sample()) }
    #expect(try await store.incident(incident.id) == incident)
  }

  @Test(arguments: [ResultCode.SQLITE_FULL, .SQLITE_BUSY, .SQLITE_CONSTRAINT])
  func `what passes leaves the store as it was`(code: ResultCode) async throws {
    let store = try Store.inMemory()
    await #expect(throws: StoreError.self) {
      try await store.write { _ in throw DatabaseError(resultCode: code) }
    }
    #expect(store.writingFault == nil)
    try await store.insert(.sample())
  }

  @Test func `a read that the engine distrusts stops the writing, too`() async throws {
    let store = try Store.inMemory()
    await #expect(throws: StoreError.self) {
      try await store.read { _ in throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    }
    #expect(store.writingFault != nil)
  }

  @Test func `a damaged block of snapshots stops no other write`() async throws {
    let store = try Store.inMemory()
    var series = SnapshotSeries()
    series.append(at: Instant.night(minute: 0).seconds, [.vmRSS: 1])
    try await store.append(series, service: "api", instance: "a")
    try await store.write { try $0.execute(sql: "UPDATE snapshotBlock SET columns = zeroblob(99)") }
    await #expect(throws: StoreError.self) {
      try await store.append(series, service: "api", instance: "a")
    }
    #expect(store.writingFault == nil)
    let findings = try await store.check()
    #expect(findings.count == 1 && findings[0].contains("snapshots of api a"), "\(findings)")
  }
}
