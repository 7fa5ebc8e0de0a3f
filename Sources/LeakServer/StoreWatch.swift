import LeakStore
import Synchronization

/// Remembers that the disk has failed.
///
/// After a failed fsync the kernel may have dropped what was to be written, and trying again would
/// succeed without it: nothing more is written until somebody has looked and started anew.
final class StoreWatch: Sendable {
  private let isBroken = Atomic(false)

  /// Looks at an error on its way out.
  ///
  /// - Returns: Whether this is the first that tells of a broken store.
  func see(_ error: any Error) -> Bool {
    guard let error = error as? StoreError else { return false }
    switch error {
    case .io, .corrupt: return !isBroken.exchange(true, ordering: .relaxed)
    default: return false
    }
  }

  /// Whether the store may be written to.
  var isSound: Bool { !isBroken.load(ordering: .relaxed) }

  /// - Throws: `Problem` of kind storeUnavailable once the disk has failed.
  func requireSound() throws(Problem) {
    guard isSound else {
      throw Problem(.storeUnavailable, "the disk has failed: nothing is written before a restart")
    }
  }
}
