import LeakAnalysis
import LeakModel
import LeakRules

extension NextCapture {
  /// What to capture next: the captures whose missing facts could move the verdict most.
  ///
  /// At most three; none when the first verdict is as good as certain.
  static func suggestions(
    evaluations: [Evaluation],
    verdicts: [Verdict],
    facts: FactSet
  ) -> [NextCapture] {
    guard let first = verdicts.first, first.cause == .unknown || first.confidence < 0.9
    else { return [] }
    var gain: [EvidenceKind: Double] = [:]
    var causes: [EvidenceKind: [Cause]] = [:]
    func ask(_ ids: [FactID], _ weight: Double, for cause: Cause) {
      guard let id = ids.first(where: { facts[$0] == nil }), let kind = id.definition.needs.first
      else { return }
      // Without another sign of a crash, "did it crash?" is no question.
      if kind == .crashLog, first.cause != .unknown { return }
      gain[kind, default: 0] += weight
      if !causes[kind, default: []].contains(cause) { causes[kind, default: []].append(cause) }
    }
    let shown = Set(verdicts.map(\.cause))
    for evaluation in evaluations {
      switch evaluation.verdict {
      case .match where shown.contains(evaluation.cause):
        for clue in evaluation.contributions where clue.truth == .unknown {
          ask(clue.condition.facts, 1, for: evaluation.cause)
        }
      case .unknown(let missing): ask(missing, 1, for: evaluation.cause)
      case .match, .noMatch: break
      }
    }
    let kinds = gain.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
    return kinds.prefix(3).map { kind, _ in
      let (capture, command) = recipe(kind)
      let names = (causes[kind] ?? []).prefix(3).map(\.rawValue).joined(separator: ", ")
      return NextCapture(capture: capture, command: command, why: "it decides about \(names)")
    }
  }

  /// A capture in words, and the command that makes it.
  private static func recipe(_ kind: EvidenceKind) -> (capture: String, command: String) {
    let base = "http://localhost:6060/debug/pprof"
    return switch kind {
    case .heapProfile:
      ("a heap profile", "curl -s \(base)/heap -o heap.pb.gz")
    case .heapProfiles:
      (
        "two heap profiles, ten minutes apart",
        "curl -s \(base)/heap -o heap.0.pb.gz; sleep 600; curl -s \(base)/heap -o heap.1.pb.gz"
      )
    case .goroutineDump:
      (
        "a full goroutine dump, with waiting times",
        "curl -s '\(base)/goroutine?debug=2' -o goroutine.txt"
      )
    case .goroutineProfiles:
      (
        "two goroutine profiles, ten minutes apart",
        "curl -s \(base)/goroutine -o goroutine.0.pb.gz; sleep 600; curl -s \(base)/goroutine -o goroutine.1.pb.gz"
      )
    case .snapshots:
      (
        "a series of MemStats and RSS over the growth",
        "for i in $(seq 60); do curl -s http://localhost:6060/debug/vars; sleep 10; done > vars.jsonl"
      )
    case .gcTrace:
      ("the GC's own log", "GODEBUG=gctrace=1 ./service 2> gctrace.log")
    case .processFiles:
      (
        "the kernel's view of the process",
        "cat /proc/$PID/status > status.txt; cat /proc/$PID/smaps_rollup > smaps_rollup.txt"
      )
    case .cgroupFiles:
      ("the container's memory files", "mkdir -p cgroup && cp /sys/fs/cgroup/memory.* cgroup/")
    case .kernelLog:
      ("the kernel's log of the kill", "dmesg -T | grep -iE 'oom|killed process' > dmesg.txt")
    case .crashLog:
      ("what the process wrote when it died", "kubectl logs $POD --previous > stderr.log")
    }
  }
}
