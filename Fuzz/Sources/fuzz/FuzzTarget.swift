import GoFormats
import LeakModel

/// What is fuzzed: each target gives any bytes to one family of parsers.
///
/// The tests replay Fuzz/Corpus through the same targets (they link to this file).
enum FuzzTarget: String, CaseIterable {
  case profile
  case gzipProfile = "gzip-profile"
  case goroutines
  case system
  case gcTrace = "gctrace"
  case exposition
  case profileText = "profile-text"
  case paste

  /// Reads bytes; a `ParseError` is a good answer, a trap, a hang or unbounded memory is a finding.
  func read(_ bytes: [UInt8]) {
    switch self {
    case .profile: addUp(try? Profile(protobuf: bytes))
    case .gzipProfile: addUp(try? Profile(reading: bytes))
    case .goroutines:
      _ = GoroutineDump(stacks: bytes)
      _ = GoroutineDump(groups: bytes)
    case .system:
      // A name that also lets the files of a bare number through.
      _ = try? Capture.read(bytes, source: "memory.current")
      _ = SmapsSummary(bytes)
      _ = OOMKill.read(bytes)
    case .gcTrace: _ = GCTrace(bytes)
    case .exposition:
      _ = SnapshotSeries.read(exposition: bytes)
      _ = SnapshotSeries.read(queryRange: bytes)
      _ = SnapshotSeries(runtimeMetrics: bytes)
      _ = SnapshotSeries(memStatsText: bytes)
    case .profileText:
      // What starts with a letter is read as text, never as profile.proto.
      addUp(try? Profile(reading: Array("heap profile: ".utf8) + bytes))
      addUp(try? Profile(reading: bytes))
    case .paste: _ = try? Capture.read(bytes, source: "paste")
    }
  }

  private func addUp(_ profile: Profile?) {
    guard let profile else { return }
    let totals = FunctionTotals(profile)
    for column in profile.sampleTypes.indices {
      _ = totals.top(3, column: column, by: .cumulative)
    }
  }
}
