import Synchronization

/// Lets a few uploads in at a time, or a few long answers: each is held in memory whole.
///
/// Some more may wait a moment, in the order in which they came: what they send waits with them, in
/// the buffers of their connections.
final class UploadGate: Sendable {
  private struct State {
    var count = 0
    var lastNumber = 0
    /// Those who wait, the first to come first.
    var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
  }

  private let limit: Int
  private let mostWaiting: Int
  private let patience: Duration
  private let state = Mutex(State())

  /// - Parameters:
  ///   - limit: How many may be inside.
  ///   - waiting: How many may wait before it.
  ///   - patience: How long they wait.
  init(limit: Int, waiting: Int = 0, patience: Duration = .zero) {
    self.limit = limit
    self.mostWaiting = waiting
    self.patience = patience
  }

  /// Room for one, given back when nobody holds it any more.
  final class Place: Sendable {
    private let gate: UploadGate

    fileprivate init(in gate: UploadGate) { self.gate = gate }

    deinit { gate.leave() }
  }

  /// How many wait.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Takes a place, at once or when one becomes free within the patience.
  ///
  /// - Throws: `Problem` of kind busy, so that the client may wait instead of the server.
  func enter() async throws(Problem) -> Place {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    let isIn = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isIn: Bool? = state.withLock { state in
          if state.count < limit {
            state.count += 1
            return true
          }
          guard state.waiting.count < mostWaiting, !Task.isCancelled else { return false }
          state.waiting.append((number, continuation))
          return nil
        }
        if let isIn {
          continuation.resume(returning: isIn)
        } else {
          Task {
            // Not cancelled when the place is there: then nobody waits under this number.
            try await Task.sleep(for: patience)
            giveUp(number)
          }
        }
      }
    } onCancel: {
      giveUp(number)
    }
    guard isIn else {
      throw Problem(.busy, "\(limit) of these are under way already; try again in a moment")
    }
    return Place(in: self)
  }

  /// Ends somebody's waiting, if it has not ended by itself.
  private func giveUp(_ number: Int) {
    let continuation = state.withLock { state in
      state.waiting.firstIndex { $0.number == number }
        .map { state.waiting.remove(at: $0).continuation }
    }
    continuation?.resume(returning: false)
  }

  /// Hands a place on to whoever waits first.
  private func leave() {
    let next = state.withLock { state in
      if state.waiting.isEmpty { state.count -= 1 }
      return state.waiting.isEmpty ? nil : state.waiting.removeFirst().continuation
    }
    next?.resume(returning: true)
  }
}
