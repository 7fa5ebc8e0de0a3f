import Foundation

@testable import LeakStore

/// The two places that a store can be in; what holds in one must hold in the other.
enum StorePlace: CaseIterable {
  case memory
  case disk

  /// Runs a body on a new store in this place.
  func withStore(_ body: (Store) async throws -> Void) async throws {
    switch self {
    case .memory:
      try await body(Store.inMemory())
    case .disk:
      try await withDatabasePath { path in
        let store = try Store.open(path: path, mode: .create)
        try await body(store)
        try store.close()
      }
    }
  }
}

/// Runs a body with the path of a file that is not there yet, in a folder of its own.
func withDatabasePath(_ body: (String) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "LeakStoreTests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try await body(folder.appending(path: "leakbook.db").path)
}

/// The bytes of a file.
func contents(of path: String) throws -> Data {
  try Data(contentsOf: URL(filePath: path))
}
