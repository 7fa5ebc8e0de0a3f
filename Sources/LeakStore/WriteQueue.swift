import GRDB
import Synchronization

/// Puts writes that wait at the same time into one transaction.
///
/// A transaction ends with a flush of the disk, some milliseconds in which nobody else can write:
/// hundreds of alerts a second would wait for one flush each. Every write stands in a savepoint of
/// its own, so that one that is refused takes no other with it, and is answered only after the
/// flush that it shares.
final class WriteQueue: Sendable {
  /// A write that waits.
  private struct Job: Sendable {
    /// Does the work; returns what tells of its success.
    let work: @Sendable (Database) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
  }

  private struct State {
    var waiting: [Job] = []
    /// Whether somebody is about to take those who wait.
    var isTended = false
  }

  /// Beyond this many the first would wait long for the last, and the flush costs each little.
  private static let mostAtOnce = 64

  private let writer: any DatabaseWriter
  private let state = Mutex(State())

  init(writer: any DatabaseWriter) {
    self.writer = writer
  }

  /// How many writes wait that nobody has begun.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Runs a body in a transaction, which others may share, and waits for its end.
  ///
  /// - Throws: What the body throws, of which nothing is kept then, or what ended the transaction.
  func write<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    try Task.checkCancellation()
    return try await withCheckedThrowingContinuation { continuation in
      let job = Job(
        work: { db in
          let value = try body(db)
          return { continuation.resume(returning: value) }
        },
        fail: { continuation.resume(throwing: $0) }
      )
      let isFirst = state.withLock { state in
        state.waiting.append(job)
        defer { state.isTended = true }
        return !state.isTended
      }
      if isFirst { tendLater() }
    }
  }

  /// Takes those who wait when the connection is free, behind whoever else waits for it.
  private func tendLater() {
    writer.asyncWriteWithoutTransaction { db in
      self.perform(self.next(), db)
      let isMore = self.state.withLock { state in
        state.isTended = !state.waiting.isEmpty
        return state.isTended
      }
      if isMore { self.tendLater() }
    }
  }

  private func next() -> [Job] {
    state.withLock { state in
      let jobs = Array(state.waiting.prefix(Self.mostAtOnce))
      state.waiting.removeFirst(jobs.count)
      return jobs
    }
  }

  private func perform(_ jobs: [Job], _ db: Database) {
    var done: [(job: Job, tell: () -> Void)] = []
    var rest = jobs[...]
    do {
      try db.inTransaction(.immediate) {
        while let job = rest.popFirst() {
          do {
            var tell: () -> Void = {}
            try db.inSavepoint {
              tell = try job.work(db)
              return .commit
            }
            done.append((job, tell))
          } catch {
            job.fail(error)
            // A full disk can end the whole transaction, and with it what was done before.
            guard db.isInsideTransaction else { throw error }
          }
        }
        return .commit
      }
      for (_, tell) in done { tell() }
    } catch {
      for (job, _) in done { job.fail(error) }
      if rest.count == jobs.count {
        // The transaction could not even begin.
        for job in rest { job.fail(error) }
      } else if !rest.isEmpty {
        perform(Array(rest), db)
      }
    }
  }
}
