import GRDB
import Synchronization

/// The first error after which nothing may be written any more.
final class StoreFault: Sendable {
  private let first = Mutex<StoreError?>(nil)

  var error: StoreError? { first.withLock { $0 } }

  /// Translates an error, and keeps it when the engine says that disk or file cannot be trusted.
  func noting(_ error: any Error) -> any Error {
    let translated = StoreError.translating(error)
    guard error is DatabaseError, let known = translated as? StoreError else { return translated }
    switch known {
    case .io, .corrupt: first.withLock { $0 = $0 ?? known }
    default: break
    }
    return known
  }
}
