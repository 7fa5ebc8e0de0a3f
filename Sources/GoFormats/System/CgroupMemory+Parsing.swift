extension CgroupMemory {
  /// Reads one of a cgroup's memory files, v1 or v2.
  ///
  /// A file of a bare number (or `max`) says nothing about itself: this is the one place where the
  /// name under which a capture came is used, the kernel's own name for the file. The others are
  /// known by their content: memory.events, memory.oom_control, memory.stat.
  /// Sources: cgroup-v1/memory.rst and cgroup-v2.rst of Linux 6.12.
  ///
  /// Nil when it is none of these.
  package init?(_ bytes: [UInt8], source: String) {
    self.init()
    var text = TextCursor(bytes)
    text.trimEnd()
    if let number = Self.limitOrNumber(text) {
      let name = source.split(separator: "/").last.map(String.init) ?? source
      guard set(name, number) else { return nil }
      return
    }
    var table: [String: Int64] = [:]
    while var line = text.takeLine() {
      let name = line.take { Ascii.isWord($0) || $0 == UInt8(ascii: ".") }
      guard !name.isEmpty, line.take(" "), let value = line.takeInteger(), line.isAtEnd else {
        return nil
      }
      table[line.string(name)] = value
    }
    guard set(table) else { return nil }
  }

  /// Takes over what another file of the same cgroup says.
  package mutating func merge(_ other: CgroupMemory) {
    version = other.version ?? version
    usage = other.usage ?? usage
    limit = other.limit ?? limit
    high = other.high ?? high
    peak = other.peak ?? peak
    limitHits = other.limitHits ?? limitHits
    highEvents = other.highEvents ?? highEvents
    oomKills = other.oomKills ?? oomKills
    isUnlimited = isUnlimited || other.isUnlimited
    stat.merge(other.stat) { $1 }
  }

  /// What a file of a single value holds.
  private enum Number {
    case bytes(Int64)
    case unlimited
  }

  private static func limitOrNumber(_ text: TextCursor) -> Number? {
    var text = text
    if text.take("max") { return text.isAtEnd ? .unlimited : nil }
    let first = text
    guard let value = text.takeInteger(), text.isAtEnd else {
      // Beyond 64 bits there is only "no limit" as some tools print it: 2^64 - 1.
      var digits = first
      let isNumber = !digits.take(while: Ascii.isDigit).isEmpty && digits.isAtEnd
      return isNumber ? .unlimited : nil
    }
    // v1 says "no limit" by the largest page-aligned number, 9223372036854771712, or by -1.
    return value < 0 || value >= 1 << 62 ? .unlimited : .bytes(value)
  }

  /// Takes a bare number by the kernel's name for its file; false when the name is not known.
  private mutating func set(_ name: String, _ number: Number) -> Bool {
    var value: Int64?
    if case .bytes(let bytes) = number { value = bytes }
    switch name {
    case "memory.current", "memory.max", "memory.high", "memory.peak": version = 2
    case "memory.usage_in_bytes", "memory.limit_in_bytes", "memory.max_usage_in_bytes",
      "memory.failcnt":
      version = 1
    default: break
    }
    switch name {
    case "memory.current", "memory.usage_in_bytes": usage = value
    case "memory.max", "memory.limit_in_bytes":
      limit = value
      isUnlimited = value == nil
    case "memory.high": high = value
    case "memory.peak", "memory.max_usage_in_bytes": peak = value
    case "memory.failcnt": limitHits = value
    case _ where name.hasPrefix("memory."):
      // Swap, kernel memory and the like: kept under the file's name.
      if let value { stat[name] = value }
    default: return false
    }
    return true
  }

  /// Takes a file of `name value` lines by the names in it; false when it is none that is known.
  private mutating func set(_ table: [String: Int64]) -> Bool {
    if table["oom_kill_disable"] != nil {
      version = 1
      oomKills = table["oom_kill"]
    } else if table["oom_kill"] != nil, table["max"] != nil {
      version = 2
      limitHits = table["max"]
      highEvents = table["high"]
      oomKills = table["oom_kill"]
    } else if table["rss"] != nil, table["cache"] != nil {
      version = 1
      stat = table
      if let limit = table["hierarchical_memory_limit"] {
        if limit < 1 << 62 { self.limit = limit } else { isUnlimited = true }
      }
    } else if table["anon"] != nil, table["file"] != nil {
      version = 2
      stat = table
    } else {
      return false
    }
    return true
  }
}
