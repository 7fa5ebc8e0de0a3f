import Synchronization

/// Lets a few uploads in at a time, or a few long answers: each is held in memory whole.
final class UploadGate: Sendable {
  private let limit: Int
  private let count = Mutex(0)

  /// - Parameter limit: How many may be inside.
  init(limit: Int) {
    self.limit = limit
  }

  /// Room for one, given back when nobody holds it any more.
  final class Place: Sendable {
    private let gate: UploadGate

    fileprivate init(in gate: UploadGate) { self.gate = gate }

    deinit { gate.count.withLock { $0 -= 1 } }
  }

  /// Takes a place.
  ///
  /// - Throws: `Problem` of kind busy at once when there is none, so that the client may wait
  ///   instead of the server.
  func enter() throws(Problem) -> Place {
    let hasRoom = count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
    guard hasRoom else {
      throw Problem(.busy, "\(limit) of these are under way already; try again in a moment")
    }
    return Place(in: self)
  }
}
