import Foundation
import LeakModel
import Testing

@testable import LeakStore

struct GenerationTests {
  @Test(arguments: StorePlace.allCases)
  func `a generation holds while nothing is written, and ends with a write`(
    place: StorePlace
  ) async throws {
    try await place.withStore { store in
      let first = try store.generation()
      _ = try await store.services()
      #expect(try store.generation() == first)
      _ = try await store.insert(.sample())
      #expect(try store.generation() != first)
    }
  }

  @Test func `what another process writes ends it as well`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "leakbook.db").path
    let mine = try Store.open(path: path, mode: .create)
    let other = try Store.open(path: path, mode: .existing)
    let first = try mine.generation()
    _ = try await other.insert(.sample())
    let clock = ContinuousClock()
    let end = clock.now + .seconds(60)
    while try mine.generation() == first, clock.now < end { await Task.yield() }
    #expect(try mine.generation() != first)
    try other.close()
    try mine.close()
  }
}
