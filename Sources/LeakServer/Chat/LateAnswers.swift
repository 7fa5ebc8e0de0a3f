import ServiceLifecycle
import Synchronization

/// Gives work a moment to end, and lets it go on after that.
///
/// A platform waits three seconds; a diagnosis of a large capture takes longer. Whoever asks gets
/// the result if it is there in time, and else what is to be done with it is done later.
final class LateAnswers: Service {
  private typealias Job = @Sendable () async -> Void

  private let jobs: AsyncStream<Job>
  private let queue: AsyncStream<Job>.Continuation

  init() {
    (jobs, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.mostJobs))
  }

  /// More than this many wait for nothing but memory.
  private static let mostJobs = 256

  /// Runs the work that is handed in, until the server stops.
  func run() async throws {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        for await job in jobs { group.addTask { await job() } }
      }
    } onGracefulShutdown: {
      self.queue.finish()
    }
  }

  /// Runs work and waits for its result for some time.
  ///
  /// - Parameters:
  ///   - patience: How long to wait.
  ///   - late: What to do with a result that comes later.
  ///   - work: The work; it runs to its end in any case.
  /// - Returns: The result; nil when it is not there in time.
  /// - Throws: `Problem` of kind busy when too much is under way, or the server stops.
  func result<Result: Sendable>(
    within patience: Duration,
    late: @escaping @Sendable (Result) async -> Void,
    of work: @escaping @Sendable () async -> Result
  ) async throws(Problem) -> Result? {
    let handover = Handover<Result>()
    let outcome = queue.yield {
      await withDiscardingTaskGroup { group in
        group.addTask {
          // Cancelled with the server: then nobody waits any more.
          try? await Task.sleep(for: patience)
          handover.giveUp()
        }
        let result = await work()
        if !handover.give(result) { await late(result) }
        group.cancelAll()
      }
    }
    guard case .enqueued = outcome else {
      throw Problem(.busy, "too many questions are under way; ask again in a moment")
    }
    return await handover.result()
  }
}

/// A result that is either taken in time or not at all.
private final class Handover<Result: Sendable>: Sendable {
  private enum State {
    case open
    case awaited(CheckedContinuation<Result?, Never>)
    case closed(Result?)
  }

  private let state = Mutex(State.open)

  /// Waits for the result, for the end of the patience, or for the end of the server.
  func result() async -> Result? {
    await withTaskCancellationHandler {
      await awaited()
    } onCancel: {
      giveUp()
    }
  }

  private func awaited() async -> Result? {
    await withCheckedContinuation { continuation in
      let ready: Result?? = state.withLock { state in
        switch state {
        case .open, .awaited:
          state = .awaited(continuation)
          return nil
        case .closed(let result): return .some(result)
        }
      }
      if let ready { continuation.resume(returning: ready) }
    }
  }

  /// Hands the result over; false when nobody waits any more.
  func give(_ result: Result) -> Bool { close(with: result) }

  /// Ends the waiting without a result.
  func giveUp() { _ = close(with: nil) }

  private func close(with result: Result?) -> Bool {
    let (isFirst, waiting) = state.withLock {
      state -> (Bool, CheckedContinuation<Result?, Never>?) in
      defer { if case .closed = state {} else { state = .closed(result) } }
      return switch state {
      case .open: (true, nil)
      case .awaited(let continuation): (true, continuation)
      case .closed: (false, nil)
      }
    }
    waiting?.resume(returning: result)
    return isFirst
  }
}
