package import LeakModel

/// A kill by the kernel's OOM killer, from dmesg or journald.
///
/// Sizes in bytes.
package struct OOMKill: Sendable, Equatable {
  /// `CONSTRAINT_MEMCG` (the container's limit), `CONSTRAINT_NONE` (the node ran out); nil when the
  /// line is missing.
  package var constraint: String?
  package var process: String
  package var pid: Int?
  package var virtual: Int64?
  package var anonymous: Int64?
  package var file: Int64?
  package var shmem: Int64?
  package var pageTables: Int64?
  /// The cgroup of the victim.
  package var cgroup: String?
  /// Whether the line says "Memory cgroup out of memory".
  package var isContainerKill: Bool
  /// When its line was written; nil where the log does not tell, or leaves the offset from UTC open.
  package var at: Instant?

  package init(
    constraint: String? = nil,
    process: String,
    pid: Int? = nil,
    virtual: Int64? = nil,
    anonymous: Int64? = nil,
    file: Int64? = nil,
    shmem: Int64? = nil,
    pageTables: Int64? = nil,
    cgroup: String? = nil,
    isContainerKill: Bool,
    at: Instant? = nil
  ) {
    self.constraint = constraint
    self.process = process
    self.pid = pid
    self.virtual = virtual
    self.anonymous = anonymous
    self.file = file
    self.shmem = shmem
    self.pageTables = pageTables
    self.cgroup = cgroup
    self.isContainerKill = isContainerKill
    self.at = at
  }
}
