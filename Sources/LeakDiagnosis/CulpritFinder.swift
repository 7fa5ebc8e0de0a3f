import GoFormats
import LeakAnalysis
import LeakModel
import LeakRules

/// Finds the function to open first.
struct CulpritFinder {
  let evidence: EvidenceBundle

  func culprit(at place: Playbook.CulpritPlace) -> Culprit? {
    switch place {
    case .goroutine: goroutine()
    case .alloc: site(evidence.heapGrowth?.top)
    case .allocRate: site(evidence.heapGrowth?.topAllocated)
    case .timer: timer()
    case .deepestStack: deepestStack()
    case .caller: caller(of: clientCalls) ?? goroutine()
    case .context: contextMaker()
    case .native: native()
    case .crash: crash()
    case .config, .none: nil
    }
  }

  /// Where to look while the cause is unknown: where goroutines pile up, else where the heap grows.
  func place(_ facts: FactSet) -> Culprit? {
    if let count = facts.number(.goroutineGrowingCount), count >= 20, let found = goroutine() {
      return found
    }
    return facts[.heapSiteGrowth] == nil ? nil : culprit(at: .alloc)
  }

  private func culprit(_ frame: Frame, _ kind: Culprit.Kind) -> Culprit {
    Culprit(
      function: frame.function,
      file: frame.file.isEmpty ? nil : frame.file,
      line: frame.line > 0 ? frame.line : nil,
      kind: kind
    )
  }

  /// A site accuses the program's own function; a library's is where to look, not what to change.
  private func site(_ site: AllocationSite?) -> Culprit? {
    site.flatMap { $0.isOwn ? culprit($0.frame, .alloc) : nil }
  }

  private func goroutine() -> Culprit? {
    guard let top = evidence.goroutineGrowth?.top else { return nil }
    let frame = top.ownFrame ?? top.createdBy.flatMap { isOwn($0) ? $0 : nil }
    return frame.map { culprit($0, .goroutine) }
  }

  /// What grows with the children of a context; where they only wait, each with a goroutine, who
  /// made them shows in what they allocated, however little that is.
  private func contextMaker() -> Culprit? {
    culprit(at: .alloc) ?? caller(of: ["context."]) ?? caller(of: clientCalls)
  }

  /// A ticker's goroutine shows on its own stack; a timer without one, only by what it allocates.
  private func timer() -> Culprit? {
    if let growth = evidence.goroutineGrowth, let top = growth.top,
      growth.isDifference, top.count >= 20, let own = top.ownFrame,
      top.wait == .chanReceive || top.wait == .select
    {
      return culprit(own, .goroutine)
    }
    return culprit(at: .alloc)
  }

  /// The function that recurs: on a stack that grew deep it stands again and again.
  private func deepestStack() -> Culprit? {
    let groups = evidence.censuses.flatMap(\.groups)
    guard let deepest = groups.max(by: { $0.frames.count < $1.frames.count }) else { return nil }
    var counts: [String: Int] = [:]
    for frame in deepest.frames where isOwn(frame) { counts[frame.function, default: 0] += 1 }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    guard let most, let frame = deepest.frames.first(where: { $0.function == most.key }) else {
      return nil
    }
    return culprit(frame, .goroutine)
  }

  /// The program's function that calls the library whose goroutines pile up: they carry no frame of
  /// the program, but what the call allocates does, however little that is.
  private func caller(of calls: [String]) -> Culprit? {
    guard let last = evidence.heaps.last else { return nil }
    for column in ["inuse_space", "alloc_space"] {
      guard let index = last.value.column(column) else { continue }
      var callers: [String: (frame: Frame, bytes: Int64, largest: Int64)] = [:]
      for sample in 0..<last.value.sampleCount {
        let value = last.value.value(ofSample: sample, inColumn: index)
        guard value > 0 else { continue }
        let frames = last.value.frames(ofSample: sample)
        guard let own = frames.firstIndex(where: isOwn),
          frames[..<own].contains(where: { frame in
            calls.contains { frame.function.hasPrefix($0) }
          })
        else { continue }
        let known = callers[frames[own].function]
        callers[frames[own].function] = (
          // The line is that of the largest sample.
          value > known?.largest ?? 0 ? frames[own] : known?.frame ?? frames[own],
          (known?.bytes ?? 0) + value, max(value, known?.largest ?? 0)
        )
      }
      let top = callers.values.max {
        ($0.bytes, $1.frame.function) < ($1.bytes, $0.frame.function)
      }
      if let top { return culprit(top.frame, .goroutine) }
    }
    return nil
  }

  /// The calls that may have started the goroutines: those that open connections, and all of the
  /// library that most of the goroutines run.
  private var clientCalls: [String] {
    guard let root = evidence.goroutineGrowth?.top?.frames.last,
      evidence.ownCode.origin(of: root) == .library
    else { return Self.connectionCalls }
    let path = FunctionName(root.function).packagePath.split(separator: "/")
    return Self.connectionCalls + [path.prefix(3).joined(separator: "/")]
  }

  /// Calls that open connections, by the libraries' own names.
  private static let connectionCalls = [
    "net/http.(*Client).", "net/http.(*Transport).", "net/http.Get", "net/http.Post",
    "net/http.NewRequest", "google.golang.org/grpc.Dial", "google.golang.org/grpc.NewClient",
    "google.golang.org/grpc.(*ClientConn)", "database/sql.", "os.Open", "os.Create",
    "github.com/redis/go-redis",
    "go.mongodb.org/mongo-driver",
  ]

  /// The program's call into C that some stack shows; most stacks show none.
  private func native() -> Culprit? {
    for census in evidence.censuses.reversed() {
      for group in census.groups {
        let index = group.frames.firstIndex {
          $0.function.contains("._Cfunc_") || $0.function == "runtime.cgocall"
            || $0.function == "syscall.mmap" || $0.function == "syscall.Mmap"
        }
        guard let index, let own = group.frames[index...].first(where: isOwn) else { continue }
        return culprit(own, .native)
      }
    }
    return nil
  }

  private func crash() -> Culprit? {
    guard let dump = evidence.crash?.value.goroutines, let first = dump.entries.first else {
      return nil
    }
    let frames = dump.stacks[first.stack].map { dump.frames[Int($0)] }
    return frames.first(where: isOwn).map { culprit($0, .goroutine) }
  }

  private func isOwn(_ frame: Frame) -> Bool {
    evidence.ownCode.isOwn(frame)
  }
}
