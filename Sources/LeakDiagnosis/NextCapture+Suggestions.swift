import LeakAnalysis
import LeakModel
import LeakRules

extension NextCapture {
  /// What to capture next: the captures whose missing facts could move the verdicts most.
  ///
  /// At most three, none that is there already, and none at all when the first verdict is as good
  /// as certain. A clue counts by its log-odds and by the probability of the cause it speaks of;
  /// while there is no answer, the causes still undecided count by their odds.
  static func suggestions(
    evaluations: [Evaluation],
    verdicts: [Verdict],
    rulebook: Rulebook,
    facts: FactSet,
    evidence: EvidenceBundle
  ) -> [NextCapture] {
    guard let first = verdicts.first, first.cause == .unknown || first.confidence < 0.9
    else { return [] }
    var gains: [EvidenceKind: [Cause: Double]] = [:]
    func ask(_ missing: [FactID], _ gain: Double, for cause: Cause) {
      guard let id = missing.first, let kind = id.definition.needs.first,
        !id.definition.needs.contains(where: evidence.holds)
      else { return }
      // "Did it crash?" is no question unless it ended, and not at the kernel's hand, which
      // leaves a process no time to write.
      if kind == .crashLog, facts.word(.containerEnd) == nil { return }
      gains[kind, default: [:]][cause, default: 0] += gain
    }
    let confidences = Dictionary(
      verdicts.map { ($0.cause, $0.confidence) },
      uniquingKeysWith: { first, _ in first }
    )
    for evaluation in evaluations {
      switch evaluation.verdict {
      case .match:
        guard let confidence = confidences[evaluation.cause],
          let clues = rulebook.playbook(for: evaluation.cause)?.evidence
        else { continue }
        for clue in clues where clue.condition.evaluate(facts) == .unknown {
          let gain = confidence * max(clue.for, clue.against)
          ask(clue.condition.facts.filter { facts[$0] == nil }, gain, for: evaluation.cause)
        }
      case .unknown(let missing) where first.cause == .unknown:
        // By its odds so far: the common causes first.
        ask(missing, Portable.exp(evaluation.score), for: evaluation.cause)
      case .unknown, .noMatch: break
      }
    }
    return gains.map { kind, causes in (kind, causes, causes.values.reduce(0, +)) }
      .sorted { ($1.2, $0.0.rawValue) < ($0.2, $1.0.rawValue) }
      .prefix(3)
      .map { kind, causes, _ in
        let (capture, command) = recipe(kind)
        let names = causes.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
          .prefix(3).map(\.key.rawValue).joined(separator: ", ")
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
        "a series of MemStats over the growth",
        "for i in $(seq 60); do curl -s http://localhost:6060/debug/vars | tr -d '\\n' | sed \"s/^{/{\\\"t\\\":$(date +%s),/\"; echo; sleep 10; done > vars.jsonl"
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
