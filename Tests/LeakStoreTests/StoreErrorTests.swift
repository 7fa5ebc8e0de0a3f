import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct StoreErrorTests {
  @Test(
    arguments: [
      (.SQLITE_BUSY, .busy), (.SQLITE_BUSY_SNAPSHOT, .busy), (.SQLITE_LOCKED, .busy),
      (.SQLITE_FULL, .diskFull), (.SQLITE_IOERR, .io(detail: "SQLITE_IOERR")),
      (.SQLITE_READONLY, .readOnly), (.SQLITE_CORRUPT, .corrupt(detail: "m")),
      (.SQLITE_NOTADB, .corrupt(detail: "m")), (.SQLITE_CONSTRAINT_CHECK, .refused(detail: "m")),
      (.SQLITE_ERROR, .engine(detail: "m")),
    ] as [(ResultCode, StoreError)]
  )
  func `an engine's code is told by its meaning`(code: ResultCode, meaning: StoreError) {
    let error = StoreError.translating(DatabaseError(resultCode: code, message: "m"))
    guard case .io = meaning else {
      #expect(error as? StoreError == meaning)
      return
    }
    guard case .io = error as? StoreError else {
      Issue.record("found \(error)")
      return
    }
  }

  @Test func `an error that is not the engine's passes`() {
    #expect(StoreError.translating(CancellationError()) is CancellationError)
  }

  @Test(
    arguments: [
      .missing(path: "p"), .isFolder(path: "p"), .cannotCreate(path: "p", reason: "r"),
      .cannotOpen(path: "p", reason: "r"), .notADatabase(path: "p"),
      .readOnlyDisk(path: "p", hasLog: false), .readOnlyDisk(path: "p", hasLog: true),
      .truncated(path: "p", expected: 2, actual: 1), .foreign(path: "p"),
      .newerSchema(path: "p", unknown: ["9"]), .olderSchema(path: "p"), .busy, .diskFull,
      .io(detail: "d"), .readOnly, .corrupt(detail: "d"), .exists(path: "p"), .inUse(path: "p"),
      .alreadyClaimed,
      .noSuchIncident(IncidentID(number: 3)), .engine(detail: "d"),
    ] as [StoreError]
  )
  func `an error says what was found and what to do`(error: StoreError) {
    #expect(error.description.contains("; "))
    #expect(!error.description.hasSuffix("."))
  }

  @Test(arguments: StorePlace.allCases)
  func `a full disk is told as one and costs nothing that was kept`(
    place: StorePlace
  ) async throws {
    try await place.withStore { store in
      let kept = try await store.insert(.sample())
      // The engine's own limit stands for the disk's: at most the pages there are.
      try await store.writer.writeWithoutTransaction { db in
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        try db.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
      let large = RawCapture.sample(text: String(repeating: "x", count: 100_000))
      await #expect(throws: StoreError.diskFull) {
        try await store.insert(.sample(), captures: [large])
      }
      #expect(try await store.incidents().items == [kept])
      #expect(try await store.check() == [])
    }
  }
}
