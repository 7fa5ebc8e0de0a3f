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
  /// The variable GOMEMLIMIT as set; `off` means none.
  package var goMemoryLimit: String?
  /// The variable GOGC as set.
  package var goGC: String?

  package init() {}

  /// Whether the capture tells how the container ended last, or that it never did.
  package var tellsEnd: Bool {
    isOOMKilled || lastReason != nil || exitCode != nil || restartCount != nil
  }
}
