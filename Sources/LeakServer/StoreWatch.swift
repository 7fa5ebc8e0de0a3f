import LeakStore
import Synchronization

/// Tells once that the disk has failed, and refuses what would write to it.
///
/// Whether it has is for the store to say, whoever met the error: a request, or work in the
/// background.
final class StoreWatch: Sendable {
  private let store: Store
  private let isTold = Atomic(false)

  init(store: Store) {
    self.store = store
  }

  /// Whether the store may be written to.
  var isSound: Bool { store.writingFault == nil }

  /// Whether the disk has failed and nobody has been told yet; yes only once.
  func isNews() -> Bool { !isSound && !isTold.exchange(true, ordering: .relaxed) }

  /// - Throws: `Problem` of kind storeUnavailable once the disk has failed.
  func requireSound() throws(Problem) {
    guard isSound else {
      throw Problem(.storeUnavailable, "the disk has failed: nothing is written before a restart")
    }
  }
}
