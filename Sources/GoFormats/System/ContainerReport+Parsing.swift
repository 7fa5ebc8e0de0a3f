import LeakModel

extension ContainerReport {
  /// Reads `kubectl describe pod`, a pod's YAML or JSON, or `docker inspect`: the members about
  /// memory and the last end, by their names in any letter case.
  ///
  /// `Limits:` and then `memory:  30Mi`; `Last State: Terminated`, `Reason: OOMKilled`,
  /// `Exit Code: 137`; `"OOMKilled": true,`, `"Memory": 536870912`. One report a container, of what
  /// is asked for it and how it fares. Empty when nothing of this is there.
  static func read(_ bytes: [UInt8]) -> [ContainerReport] {
    var reader = ContainerReader()
    MemberLines.read(bytes) { path, member in reader.read(member, at: path) }
    let killed = probeKills(bytes)
    return reader.finish().map { report in
      var report = report
      report.isProbeKilled = report.name.map(killed.contains) ?? false
      return report
    }
  }

  /// The containers that the kubelet ended for a probe, by the events that it wrote:
  /// `Container cart failed liveness probe, will be restarted` (kuberuntime_manager.go).
  private static func probeKills(_ bytes: [UInt8]) -> Set<String> {
    var names: Set<String> = []
    var text = TextCursor(bytes)
    while var line = text.takeLine() {
      guard line.take(through: "Container ") else { continue }
      let name = line.take { $0 > UInt8(ascii: " ") }
      guard line.take(" failed liveness probe") || line.take(" failed startup probe") else {
        continue
      }
      names.insert(line.string(name))
    }
    return names
  }

  fileprivate var isEmpty: Bool {
    var nameless = self
    nameless.name = nil
    return nameless == ContainerReport()
  }

  /// Adds what another report of the same container tells.
  fileprivate mutating func merge(_ other: ContainerReport) {
    memoryLimit = memoryLimit ?? other.memoryLimit
    memoryRequest = memoryRequest ?? other.memoryRequest
    lastReason = lastReason ?? other.lastReason
    exitCode = exitCode ?? other.exitCode
    restartCount = restartCount ?? other.restartCount
    isOOMKilled = isOOMKilled || other.isOOMKilled
    isProbeKilled = isProbeKilled || other.isProbeKilled
    finishedAt = finishedAt ?? other.finishedAt
    goMemoryLimit = goMemoryLimit ?? other.goMemoryLimit
    goGC = goGC ?? other.goGC
  }
}

/// Sorts the members of described objects by the container that they are about.
private struct ContainerReader {
  /// Whose member it is: an item or entry of a list of containers, or what holds such lists.
  private struct Owner: Equatable {
    /// The pod: where it starts.
    var object = 0
    /// Where the container starts in its pod's list; nil for the object itself.
    var container: Int?
  }

  private var reports: [(owner: Owner, report: ContainerReport)] = []
  /// The variable that a Kubernetes `name:` has just announced.
  private var variable: String?
  /// How many objects `kubectl describe` has begun.
  private var describedCount = 0

  private static let lists: Set = [
    "containers", "init containers", "initcontainers", "ephemeral containers",
    "ephemeralcontainers", "containerstatuses", "initcontainerstatuses",
    "ephemeralcontainerstatuses",
  ]

  mutating func read(_ member: MemberLines.Member, at path: [MemberLines.Step]) {
    if path.isEmpty, member.key == "name" { describedCount -= 1 }
    let list = path.firstIndex { Self.lists.contains($0.key) }
    let object = path[..<(list ?? path.count)].last(where: \.isItem)?.offset ?? describedCount
    guard let list else {
      // Docker's object is the container itself.
      let isName = member.key == "name" && path.count == 1 && path[0].isItem
      update(Owner(object: object), member, path, name: isName ? member.value : nil)
      return
    }
    guard list + 1 < path.count else { return }
    let entry = path[list + 1]
    let isName = member.key == "name" && entry.isItem && path.count == list + 2
    let name = isName ? member.value : entry.isItem ? nil : entry.key
    let owner = Owner(object: object, container: entry.offset)
    update(owner, member, Array(path[(list + 2)...]), name: name)
  }

  /// The containers; the object around them only where it names none.
  mutating func finish() -> [ContainerReport] {
    var merged: [(owner: Owner, report: ContainerReport)] = []
    for (owner, report) in reports {
      let same = merged.firstIndex {
        $0.owner.object == owner.object && $0.owner.container != nil && report.name != nil
          && $0.report.name == report.name
      }
      if let same { merged[same].report.merge(report) } else { merged.append((owner, report)) }
    }
    let isPod = merged.contains { $0.owner.container != nil && !$0.report.isEmpty }
    return merged.filter { !$0.report.isEmpty && (!isPod || $0.owner.container != nil) }
      .map(\.report)
  }

  private mutating func update(
    _ owner: Owner,
    _ member: MemberLines.Member,
    _ path: [MemberLines.Step],
    name: String?
  ) {
    let known = reports.lastIndex { $0.owner == owner }
    if known == nil { reports.append((owner, ContainerReport())) }
    let index = known ?? reports.count - 1
    var report = reports[index].report
    if let name { report.name = name.hasPrefix("/") ? String(name.dropFirst()) : name }
    set(member, at: path.map(\.key), in: &report)
    reports[index].report = report
  }

  private mutating func set(
    _ member: MemberLines.Member,
    at path: [String],
    in report: inout ContainerReport
  ) {
    let value = member.value
    let isLast = path.contains("last state") || path.contains("laststate")
    switch member.key {
    case "memory": Self.setMemory(value, at: path, in: &report)
    case "reason" where !path.contains("conditions"):
      if report.lastReason == nil || isLast || value == "OOMKilled" { report.lastReason = value }
      if value == "OOMKilled" { report.isOOMKilled = true }
    case "oomkilled": report.isOOMKilled = report.isOOMKilled || value == "true"
    case "exit code", "exitcode":
      if let code = Int(value), isLast || report.exitCode == nil { report.exitCode = code }
    case "restart count", "restartcount": report.restartCount = Int(value)
    case "finished", "finishedat":
      if let time = Instant(value) ?? Instant(rfc1123: value) {
        report.finishedAt = max(time, report.finishedAt ?? time)
      }
    case "gomemlimit": report.goMemoryLimit = Self.plain(value)
    case "gogc": report.goGC = Self.plain(value)
    case "name": variable = value
    case "value":
      if variable == "GOMEMLIMIT" { report.goMemoryLimit = value }
      if variable == "GOGC" { report.goGC = value }
    default: break
    }
  }

  /// The value without what describe says of its origin: `536870912 (limits.memory)`.
  private static func plain(_ value: String) -> String {
    value.split(separator: " ").first.map(String.init) ?? value
  }

  private static func setMemory(
    _ value: String,
    at path: [String],
    in report: inout ContainerReport
  ) {
    var text = TextCursor(Array(value.utf8))
    guard let size = MemoryQuantity(&text, .decimal), size.bytes < 9e18, size.bytes > 0 else {
      return
    }
    if path.contains("requests") {
      report.memoryRequest = Int64(size.bytes)
    } else {
      report.memoryLimit = Int64(size.bytes)
    }
  }
}
