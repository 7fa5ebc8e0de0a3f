import Synchronization

/// Work that is done once for all who ask for the same at the same time.
///
/// When an answer that many ask for has to be made anew, one makes it and the others wait for that:
/// sixty-four who each made their own would each wait for all the others.
final class SharedWork<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private typealias Waiter = CheckedContinuation<Result<Value, any Error>?, Never>

  /// Those who wait, by what is being worked on.
  private let waiting = Mutex<[Key: [Waiter]]>([:])

  /// How many wait for a key's work; nil when nobody does it.
  func waitingCount(for key: Key) -> Int? { waiting.withLock { $0[key]?.count } }

  /// What the work for a key comes to, which somebody else may have begun.
  ///
  /// - Throws: What the work throws; whoever began it, but not that it was given up.
  func value(for key: Key, _ work: () async throws -> Value) async throws -> Value {
    while true {
      let isFirst = waiting.withLock { waiting in
        if waiting[key] != nil { return false }
        waiting[key] = []
        return true
      }
      if isFirst { return try await begin(key, work) }
      switch await joined(key) {
      case .success(let value): return value
      case .failure(is CancellationError), nil: try Task.checkCancellation()
      case .failure(let error): throw error
      }
    }
  }

  private func begin(_ key: Key, _ work: () async throws -> Value) async throws -> Value {
    let result: Result<Value, any Error>
    do {
      result = .success(try await work())
    } catch {
      result = .failure(error)
    }
    let waiters = waiting.withLock { $0.removeValue(forKey: key) }
    for waiter in waiters ?? [] { waiter.resume(returning: result) }
    return try result.get()
  }

  /// Waits for work under way; nil when it has ended meanwhile.
  private func joined(_ key: Key) async -> Result<Value, any Error>? {
    await withCheckedContinuation { waiter in
      let isWaiting = waiting.withLock { waiting in
        waiting[key]?.append(waiter)
        return waiting[key] != nil
      }
      if !isWaiting { waiter.resume(returning: nil) }
    }
  }
}
