import Foundation
import LeakModel
import Testing

@testable import LeakStore

/// Files that once were a store.
struct StoreDamageTests {
  @Test(arguments: [Store.Mode.create, .existing, .readOnly])
  func `a file cut short is told with both sizes`(mode: Store.Mode) async throws {
    try await withDatabasePath { path in
      let whole = try await makeDatabase(path)
      let half = whole.count / 8_192 * 4_096
      try whole.prefix(half).write(to: URL(filePath: path))
      #expect(
        throws: StoreError.truncated(
          path: path,
          expected: Int64(whole.count),
          actual: Int64(half)
        )
      ) { try Store.open(path: path, mode: mode) }
      #expect(try contents(of: path).count == half)
    }
  }

  @Test(arguments: [1, 15, 50, 99, 100, 511, 512, 1_000, 4_095])
  func `a file cut within its first page is refused`(size: Int) async throws {
    try await withDatabasePath { path in
      let whole = try await makeDatabase(path)
      try whole.prefix(size).write(to: URL(filePath: path))
      let error = #expect(throws: StoreError.self) { try Store.open(path: path, mode: .create) }
      switch error {
      case .truncated, .notADatabase: break
      default: Issue.record("found \(String(describing: error))")
      }
      #expect(try contents(of: path) == whole.prefix(size))
    }
  }

  @Test func `a file whose pages were overwritten is damaged`() async throws {
    try await withDatabasePath { path in
      var whole = try await makeDatabase(path)
      whole.replaceSubrange(100..., with: Data(repeating: 0xA5, count: whole.count - 100))
      try whole.write(to: URL(filePath: path))
      let error = #expect(throws: StoreError.self) { try Store.open(path: path, mode: .existing) }
      guard case .corrupt = error else {
        Issue.record("found \(String(describing: error))")
        return
      }
    }
  }

  /// Makes a database with something in it; answers the bytes of its file.
  private func makeDatabase(_ path: String) async throws -> Data {
    let store = try Store.open(path: path, mode: .create)
    for minute in 0..<20 {
      try await store.insert(.sample(minute: minute), captures: [.sample(text: "\(minute)")])
    }
    try store.close()
    return try contents(of: path)
  }
}
