package import GoFormats
package import LeakModel

/// The captures of one process, laid out by kind, each kind in the order of time.
///
/// Where captures carry no time the order of their names decides: `heap.2` comes before `heap.10`.
package struct EvidenceBundle: Sendable {
  /// A value and the capture it came from.
  package struct Sourced<Value: Sendable>: Sendable {
    package let source: String
    package let value: Value
  }

  /// Which code is the program's own.
  package let ownCode: OwnCode
  /// The programs that profiles name; one, but for captures of several processes.
  package private(set) var programs: Set<ProgramName> = []
  package private(set) var heaps: [Sourced<Profile>] = []
  /// What pprof printed of heap profiles, for when the profiles themselves are not at hand.
  package private(set) var heapReports: [Sourced<ProfileReport>] = []
  /// What pprof printed of counted objects.
  package private(set) var objectReport: Sourced<ProfileReport>?
  package private(set) var benchmarks: [Sourced<[BenchmarkResult]>] = []
  package private(set) var censuses: [GoroutineCensus] = []
  package private(set) var dumps: [Sourced<GoroutineDump>] = []
  package private(set) var series: Sourced<SnapshotSeries>?
  package private(set) var gcTrace: Sourced<GCTrace>?
  package private(set) var statuses: [Sourced<[String: Int64]>] = []
  package private(set) var rollups: [Sourced<[String: Int64]>] = []
  package private(set) var smaps: [Sourced<SmapsSummary>] = []
  package private(set) var cgroups: [Sourced<CgroupMemory>] = []
  package private(set) var kills: Sourced<[OOMKill]>?
  package private(set) var crash: Sourced<CrashReport>?
  /// What Kubernetes or Docker says of the container.
  package private(set) var container: Sourced<ContainerReport>?
  /// The goroutines that Go's own leak detector found.
  package private(set) var leaked: GoroutineCensus?
  /// What piled up between the first capture of a kind and the last.
  package private(set) var heapGrowth: HeapGrowth?
  package private(set) var goroutineGrowth: GoroutineGrowth?

  package init(_ captures: [Capture]) {
    ownCode = OwnCode(captures)
    for (_, capture) in Self.ordered(captures) { add(capture) }
    heapGrowth = HeapGrowth(heapViews())
    goroutineGrowth = GoroutineGrowth(leaked.map { [$0] } ?? countableCensuses)
  }

  /// The captures by their names as people count; those of a format that all carry a time change
  /// places among themselves into its order.
  ///
  /// Each comes with its place among those given.
  static func ordered(_ captures: [Capture]) -> [(offset: Int, element: Capture)] {
    var ordered = captures.map { (name: NaturalOrder($0.source), capture: $0) }.enumerated().sorted
    {
      ($0.element.name, $0.offset) < ($1.element.name, $1.offset)
    }.map { (offset: $0.offset, element: $0.element.capture) }
    for places in Dictionary(grouping: ordered.indices, by: { ordered[$0].element.format }).values {
      let timed = places.compactMap { place in
        ordered[place].element.capturedAt.map {
          (time: $0, place: place, entry: ordered[place])
        }
      }
      guard timed.count == places.count else { continue }
      let byTime = timed.sorted { ($0.time, $0.place) < ($1.time, $1.place) }
      for (place, timed) in zip(places, byTime) { ordered[place] = timed.entry }
    }
    return ordered
  }

  private mutating func add(_ capture: Capture) {
    let source = capture.source
    switch capture.content {
    case .profile(let profile):
      if let program = ProgramName(profile) { programs.insert(program) }
      if capture.format == .pprofGoroutineLeak {
        leaked = GoroutineCensus(profile: profile, source: source, ownCode: ownCode)
      } else if capture.format == .pprofGoroutine {
        censuses.append(GoroutineCensus(profile: profile, source: source, ownCode: ownCode))
      } else if profile.column("inuse_space") != nil || profile.column("alloc_space") != nil {
        heaps.append(Sourced(source: source, value: profile))
      }
    case .goroutines(let dump): add(dump, source: source)
    case .snapshots(let snapshots):
      // A long series beats a single scrape beside it.
      if snapshots.count > series?.value.count ?? 0 {
        series = Sourced(source: source, value: snapshots)
      }
    case .kernelTable(let table):
      switch capture.format {
      case .procStatus: statuses.append(Sourced(source: source, value: table))
      case .smapsRollup: rollups.append(Sourced(source: source, value: table))
      default: break
      }
    case .smaps(let summary): smaps.append(Sourced(source: source, value: summary))
    case .cgroup(let memory): merge(memory, source: source)
    case .gcTrace(let trace):
      if trace.count > gcTrace?.value.count ?? 0 { gcTrace = Sourced(source: source, value: trace) }
    case .kernelLog(let kills): self.kills = Sourced(source: source, value: kills)
    case .crash(let crash):
      self.crash = Sourced(source: source, value: crash)
      // A process that was ended from outside, or for want of memory, shows what it was doing.
      if [.signal, .outOfMemory, .deadlock, .stackOverflow, .threadExhaustion].contains(crash.kind),
        !crash.goroutines.entries.isEmpty
      {
        add(crash.goroutines, source: source)
      }
    case .profileReport(let report):
      // Bytes without a type are what `-top` of a heap profile shows by default.
      if report.unit == .bytes, !report.rows.isEmpty {
        heapReports.append(Sourced(source: source, value: report))
      } else if report.unit == .count, report.sampleType?.hasSuffix("objects") ?? true {
        objectReport = Sourced(source: source, value: report)
      }
    case .containers(let reports):
      // Beside a sidecar, the one that was killed or that sets Go's limits is meant.
      let report =
        reports.first(where: \.isOOMKilled)
        ?? reports.first { $0.goMemoryLimit != nil || $0.goGC != nil }
        ?? reports.first { $0.memoryLimit != nil }
      if let report {
        container = Sourced(source: source, value: report)
      }
    case .benchmarks(let results): benchmarks.append(Sourced(source: source, value: results))
    case .debuggerGoroutines, .processes, .story, .unread: break
    }
  }

  private mutating func add(_ dump: GoroutineDump, source: String) {
    dumps.append(Sourced(source: source, value: dump))
    censuses.append(GoroutineCensus(dump: dump, source: source, ownCode: ownCode))
  }

  /// Brings the files of one folder together: each cgroup file holds one number.
  private mutating func merge(_ memory: CgroupMemory, source: String) {
    let folder = source.lastIndex(of: "/").map { String(source[..<$0]) } ?? ""
    if let last = cgroups.last, last.source == folder {
      var merged = last.value
      merged.merge(memory)
      cgroups[cgroups.count - 1] = Sourced(source: folder, value: merged)
    } else {
      cgroups.append(Sourced(source: folder, value: memory))
    }
  }
}

extension EvidenceBundle {
  /// The same evidence without what some functions of the program account for.
  ///
  /// Goroutines with one of them on their stack, or started by one, and what was allocated under
  /// one go; so do goroutines and bytes that show no function of the program, as they may be those
  /// functions' doing, and the counts over time, which do not tell whose they are.
  package func without(_ functions: OwnFunctions) -> EvidenceBundle {
    var rest = self
    rest.series = nil
    rest.gcTrace = nil
    rest.dumps = []
    rest.censuses = censuses.map { census in
      census.filtered { group in
        group.ownFrame != nil && !functions.contains(any: group.frames)
          && !(group.createdBy.map { functions.contains(any: [$0]) } ?? false)
      }
    }
    rest.leaked = nil
    rest.heapGrowth = HeapGrowth(rest.heapViews(without: functions))
    rest.goroutineGrowth = GoroutineGrowth(rest.countableCensuses)
    return rest
  }

  /// The censuses whose counts can be compared: the profiles, which hold every goroutine; with
  /// fewer profiles than dumps, the dumps that are whole; else whatever there is.
  package var countableCensuses: [GoroutineCensus] {
    let profiles = censuses.filter { !$0.isText }
    let whole = censuses.filter { $0.isText && $0.isComplete }
    if !profiles.isEmpty, profiles.count >= min(2, whole.count) { return profiles }
    if !whole.isEmpty { return whole }
    return censuses
  }

  /// The heap as the profiles tell it, or else as what pprof printed of them does.
  ///
  /// Some functions may be left out; reports, which show no stacks, are left out whole then.
  func heapViews(without functions: OwnFunctions? = nil) -> [HeapView] {
    if heaps.isEmpty, functions == nil {
      return heapReports.map { HeapView(source: $0.source, report: $0.value, ownCode: ownCode) }
    }
    return heaps.map {
      HeapView(source: $0.source, profile: $0.value, ownCode: ownCode, without: functions)
    }
  }

  /// Whether the goroutine captures are pieces of dumps: a whole one holds the main goroutine, and
  /// one that begins with its signal is at worst cut at its end.
  package var goroutinesAreExcerpt: Bool {
    leaked != nil
      || !censuses.isEmpty && crash?.value.kind != .signal
        && !censuses.contains { census in
          !census.isText || census.groups.contains { $0.contains("main.main") }
        }
  }

  /// Whether there is a capture of a kind already, whole enough to tell what such captures tell.
  package func holds(_ kind: EvidenceKind) -> Bool {
    switch kind {
    case .heapProfile: !heaps.isEmpty
    case .heapProfiles: heaps.count > 1
    case .goroutineDump: censuses.contains(where: \.isText) && !goroutinesAreExcerpt
    case .goroutineProfiles: countableCensuses.count > 1
    case .snapshots: series.map { $0.value.count > 20 } ?? false
    case .gcTrace: gcTrace != nil
    case .processFiles: !statuses.isEmpty && !(rollups.isEmpty && smaps.isEmpty)
    case .cgroupFiles: !cgroups.isEmpty
    case .kernelLog: kills != nil
    case .crashLog: crash != nil
    }
  }

  /// How many kinds of tools the captures come from: heap profiles, goroutines, numbers over time,
  /// the system.
  package var kindCount: Int {
    let kinds = [
      heapGrowth != nil, !censuses.isEmpty, series != nil || gcTrace != nil,
      !cgroups.isEmpty || !statuses.isEmpty || !smaps.isEmpty || kills != nil || container != nil,
    ]
    return kinds.filter { $0 }.count
  }

  /// Whether a person chose what is shown, as what tells most: a piece of a dump, a report, a crash.
  package var isPicked: Bool {
    crash != nil || !heapReports.isEmpty || objectReport != nil || !benchmarks.isEmpty
      || goroutinesAreExcerpt
  }

  /// GOGC as the container sets it, else as the GC's own log shows it; in percent.
  package var goGC: (percent: Double, source: String)? {
    if let container, let percent = container.value.goGC.flatMap(Double.init) {
      return (percent, container.source)
    }
    return gcTrace.flatMap { trace in trace.value.goGC.map { ($0, trace.source) } }
  }

  /// The container's limit: by its cgroup files, its status, else the series; nil when there is none.
  package var limit: Double? {
    if let limit = cgroups.last?.value.limit { return Double(limit) }
    if let limit = container?.value.memoryLimit { return Double(limit) }
    return series?.value.containerLimit
  }
}
