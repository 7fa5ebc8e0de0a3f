package import LeakModel

/// What Kubernetes or Docker says of a container: its memory limit, and how it last ended.
///
/// Sizes in bytes; nil where the capture does not tell.
package struct ContainerReport: Sendable, Equatable {
  /// The container's name, or its pod's.
  package var name: String?
  package var memoryLimit: Int64?
  package var memoryRequest: Int64?
  /// `kubectl top` and `docker stats`: the working set, without inactive page cache.
  package var memoryUsage: Int64?
  /// The reason of the last end as written: `OOMKilled`, `Error`, `Completed`.
  package var lastReason: String?
  package var exitCode: Int?
  package var restartCount: Int?
  /// Whether the kernel killed it for memory, by `Reason: OOMKilled` or Docker's `OOMKilled`.
  package var isOOMKilled = false
  package var finishedAt: Instant?
  /// Whether the kubelet ended it because its liveness or startup probe failed.
  package var isProbeKilled = false
  /// The variable GOMEMLIMIT as set; `off` means none.
  package var goMemoryLimit: String?
  /// The variable GOGC as set.
  package var goGC: String?

  package init() {}

  /// How a container ended, other than for its memory limit.
  package enum End: String, Sendable, CaseIterable {
    /// The kubelet ended it for a probe that failed.
    case probe
    /// Exit code 137, 128 + SIGKILL: from outside, but not by the kernel for its limit.
    case killed
    /// Exit code 143, 128 + SIGTERM: it was asked to stop.
    case stopped
    /// Exit code 2: a Go program ends so after a panic or fatal error (runtime/panic.go).
    case crashed
    /// Another exit code but 0.
    case failed
  }

  /// How it ended; nil where that was for its memory limit, in peace, or is not told.
  package var end: End? {
    if isOOMKilled { return nil }
    if isProbeKilled { return .probe }
    return switch exitCode {
    case nil, 0: nil
    case 137: .killed
    case 143: .stopped
    case 2: .crashed
    default: .failed
    }
  }

  /// Whether the capture tells how the container ended last, or that it never did.
  package var tellsEnd: Bool {
    isOOMKilled || lastReason != nil || exitCode != nil || restartCount != nil
  }
}
