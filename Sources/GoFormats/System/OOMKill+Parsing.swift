import LeakModel

extension OOMKill {
  /// Reads the kills in a kernel log, from dmesg or journald, in its order.
  ///
  /// A kill: `Memory cgroup out of memory: Killed process 17894 (cart) total-vm:1840508kB,
  /// anon-rss:195764kB, …`, before it `oom-kill:constraint=CONSTRAINT_MEMCG,…,task=cart,pid=17894`
  /// (Linux 4.19 and later); older kernels write `Kill process … or sacrifice child` first. What
  /// stands before is the log's. Source: mm/oom_kill.c of Linux 6.12.
  package static func read(_ bytes: [UInt8]) -> [OOMKill] {
    var kills: [OOMKill] = []
    // What earlier lines said about a kill whose own line is still to come.
    var announced: OOMKill?
    var text = TextCursor(bytes)
    while let line = text.takeLine() {
      if let next = announcement(line) {
        if let announced, announced.pid != next.pid { kills.append(announced) }
        announced = next
      } else if let kill = kill(line, announced) {
        // Threads of one victim are told one by one.
        if kills.last?.pid != kill.pid || kill.pid == nil { kills.append(kill) }
        announced = nil
      }
    }
    if let announced { kills.append(announced) }
    return kills
  }

  private static func announcement(_ line: TextCursor) -> OOMKill? {
    var line = line
    if line.take(through: "oom-kill:constraint=") {
      let constraint = line.string(line.take { $0 != UInt8(ascii: ",") })
      guard let task = value("task=", line) else { return nil }
      return OOMKill(
        constraint: constraint,
        process: task,
        pid: value("pid=", line).flatMap { Int($0) },
        cgroup: value("task_memcg=", line),
        isContainerKill: constraint == "CONSTRAINT_MEMCG"
      )
    }
    let isContainerKill = line.find("Memory cgroup out of memory") != nil
    guard line.take(through: "Kill process "), let pid = line.takeInteger(), line.take(" ("),
      let close = line.find(") ")
    else { return nil }
    return OOMKill(
      process: line.string(line.offset..<close),
      pid: Int(pid),
      isContainerKill: isContainerKill
    )
  }

  /// Finds `,name=value` in the comma-separated rest of a line.
  private static func value(_ name: StaticString, _ line: TextCursor) -> String? {
    var line = line
    while line.take(",") {
      if line.take(name) { return line.string(line.take { $0 != UInt8(ascii: ",") }) }
      _ = line.take { $0 != UInt8(ascii: ",") }
    }
    return nil
  }

  private static func kill(_ line: TextCursor, _ announced: OOMKill?) -> OOMKill? {
    let isContainerKill = line.find("Memory cgroup out of memory") != nil
    let whole = line
    var line = line
    guard line.take(through: "Killed process "), let pid = line.takeInteger(),
      line.take(through: "("), let close = line.find(")")
    else { return nil }
    let name = line.string(line.offset..<close)
    line.offset = close + 1
    var kill = OOMKill(process: name, pid: Int(pid), isContainerKill: isContainerKill)
    if let announced, announced.pid == kill.pid {
      kill.constraint = announced.constraint
      kill.cgroup = announced.cgroup
      kill.isContainerKill = isContainerKill || announced.isContainerKill
    }
    kill.virtual = size("total-vm:", line)
    kill.anonymous = size("anon-rss:", line)
    kill.file = size("file-rss:", line)
    kill.shmem = size("shmem-rss:", line)
    kill.pageTables = size("pgtables:", line)
    kill.at = time(whole)
    return kill
  }

  /// The time at the beginning of a line.
  private static func time(_ line: TextCursor) -> Instant? {
    var line = line
    return Instant(logStamp: line.string(line.take { $0 != UInt8(ascii: " ") }))
  }

  /// Finds `name:123kB` and gives bytes.
  private static func size(_ name: StaticString, _ line: TextCursor) -> Int64? {
    var line = line
    guard line.take(through: name), let number = line.takeInteger(), line.take("kB") else {
      return nil
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: 1_024)
    return overflow ? nil : bytes
  }
}
