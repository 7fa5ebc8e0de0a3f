import Synchronization

/// Lets a few uploads in at a time: each is held in memory whole.
final class UploadGate: Sendable {
  private let limit: Int
  private let count = Mutex(0)

  /// - Parameter limit: How many may be inside.
  init(limit: Int) {
    self.limit = limit
  }

  /// Runs work when there is room.
  ///
  /// - Throws: `Problem` of kind busy at once when there is none, so that the client may wait
  ///   instead of the server.
  func enter<Result>(_ work: () async throws -> Result) async throws -> Result {
    let hasRoom = count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
    guard hasRoom else {
      throw Problem(.busy, "\(limit) uploads are under way already; try again in a moment")
    }
    defer { count.withLock { $0 -= 1 } }
    return try await work()
  }
}
