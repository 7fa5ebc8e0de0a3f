/// How urgent an incident is: P0 now, P1 today, P2 this week, P3 to know.
package enum Severity: String, Sendable, CaseIterable, Codable, Hashable, Comparable {
  case p0 = "P0"
  case p1 = "P1"
  case p2 = "P2"
  case p3 = "P3"

  /// A severity is smaller when it is less urgent: `P3 < P0`.
  package static func < (one: Severity, other: Severity) -> Bool { one.rawValue > other.rawValue }
}

/// The four quadrants of memory trouble (内存治理四象限), by how the trouble behaves in time.
package enum Quadrant: String, Sendable, CaseIterable, Codable, Hashable {
  case transientSpike = "transient-spike"
  case progressiveGrowth = "progressive-growth"
  case gcPressure = "gc-pressure"
  case sharedMemoryPollution = "shared-memory-pollution"
}
