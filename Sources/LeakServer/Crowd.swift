import Synchronization

/// Counts the requests that are worked on, and turns others away early when there are too many.
///
/// A queue without an end would make every answer late instead of some refused.
final class Crowd: Sendable {
  private let limit: Int
  private let count = Atomic(0)

  /// - Parameter limit: How many requests may be worked on at a time.
  init(limit: Int) {
    self.limit = limit
  }

  /// One request that is worked on; it must leave.
  struct Presence {
    fileprivate let crowd: Crowd

    func leave() { crowd.count.subtract(1, ordering: .relaxed) }
  }

  /// - Throws: `Problem` of kind busy.
  func enter() throws(Problem) -> Presence {
    guard count.add(1, ordering: .relaxed).newValue <= limit else {
      count.subtract(1, ordering: .relaxed)
      throw Problem(.busy, "\(limit) requests are under way already; try again in a moment")
    }
    return Presence(crowd: self)
  }
}
