import Synchronization

/// Values that hold as long as nothing is written to the store.
final class GenerationCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct State {
    var generation = -1
    var values: [Key: (value: Value, keptAt: ContinuousClock.Instant)] = [:]
  }

  /// Some of what is asked hangs on the clock: "the last seven days", or when a token expires.
  private static var longestLife: Duration { .seconds(1) }

  private let mostEntries: Int
  private let state = Mutex(State())

  /// - Parameter mostEntries: How many values are kept; beyond, all are forgotten.
  init(mostEntries: Int) {
    self.mostEntries = mostEntries
  }

  /// A value kept in the same generation, and not long ago.
  func value(for key: Key, at generation: Int) -> Value? {
    state.withLock { state in
      guard state.generation == generation, let (value, keptAt) = state.values[key],
        .now - keptAt < Self.longestLife
      else { return nil }
      return value
    }
  }

  /// Keeps what was read in a generation, unless another has begun meanwhile.
  func keep(_ value: Value, for key: Key, at generation: Int) {
    state.withLock { state in
      if state.generation < generation || state.values.count >= mostEntries {
        state.values = [:]
        state.generation = max(state.generation, generation)
      }
      if state.generation == generation { state.values[key] = (value, .now) }
    }
  }
}
