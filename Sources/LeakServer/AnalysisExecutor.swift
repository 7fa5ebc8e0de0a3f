import Dispatch

/// Runs parsing and diagnosing on threads of their own.
///
/// A large dump takes seconds of computing. On the event loop it would stop every connection, on
/// the shared pool of Swift (one thread a core) it would stop every other handler; here it only
/// competes for the processor. How many run at a time is for `UploadGate` to say.
final class AnalysisExecutor: TaskExecutor {
  private let queue = DispatchQueue(
    label: "leakbook.analysis",
    qos: .userInitiated,
    attributes: .concurrent
  )

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }

  /// Runs work, and all that it waits for, on these threads.
  func run<Result: Sendable>(
    _ work: @Sendable () async throws -> Result
  ) async throws -> Result {
    try await withTaskExecutorPreference(self) { try await work() }
  }
}
