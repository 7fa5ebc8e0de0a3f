import LeakModel

extension ContainerReport {
  /// Reads `kubectl describe pod`, a pod's YAML or JSON, or `docker inspect`: the members about
  /// memory and the last end, by their names in any letter case.
  ///
  /// `Limits:` and then `memory:  30Mi`; `Last State: Terminated`, `Reason: OOMKilled`,
  /// `Exit Code: 137`; `"OOMKilled": true,`, `"Memory": 536870912`. One report a container, where
  /// names tell them apart. Empty when nothing of this is there.
  static func read(_ bytes: [UInt8]) -> [ContainerReport] {
    var reader = ContainerReader()
    var text = TextCursor(bytes)
    while let line = text.takeLine() {
      // Compact JSON has all its members on one line.
      var rest = line
      while !rest.isAtEnd {
        let member = rest.part(rest.take { !isMemberEnd($0) })
        reader.read(member)
        if let sign = rest.next {
          if sign == UInt8(ascii: "}") { reader.leave() }
          rest.offset += 1
        }
      }
    }
    return reader.finish()
  }

  private static func isMemberEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
  }

  fileprivate var isEmpty: Bool {
    var nameless = self
    nameless.name = nil
    return nameless == ContainerReport()
  }
}

/// Follows the members of containers from line to line.
private struct ContainerReader {
  private var reports: [ContainerReport] = []
  private var current = ContainerReport()
  /// The member in whose value the lines are, as far as it matters.
  private var section = ""
  /// The variable that a Kubernetes `name:` has just announced.
  private var variable: String?

  mutating func read(_ line: TextCursor) {
    var line = line
    guard let key = Self.takeKey(&line) else { return }
    let value = Self.value(line)
    switch key {
    case "limits", "requests", "last state", "laststate", "state", "containers", "hostconfig":
      section = key
      if key == "state" || key == "last state", value == "Terminated" { section = "last state" }
    case "memory": setMemory(value)
    case "reason" where section != "conditions":
      if current.lastReason == nil || value == "OOMKilled" { current.lastReason = value }
      if value == "OOMKilled" { current.isOOMKilled = true }
    case "oomkilled": current.isOOMKilled = current.isOOMKilled || value == "true"
    case "exit code", "exitcode":
      if let code = Int(value), section == "last state" || current.exitCode == nil {
        current.exitCode = code
      }
    case "restart count", "restartcount": current.restartCount = Int(value)
    case "finished", "finishedat":
      if let time = Instant(value) { current.finishedAt = time }
    case "gomemlimit": current.goMemoryLimit = value
    case "gogc": current.goGC = value
    case "container id": break
    case "name": variable = value
    case "value":
      if variable == "GOMEMLIMIT" { current.goMemoryLimit = value }
      if variable == "GOGC" { current.goGC = value }
    default:
      // `  cart:` opens a container in the output of describe, under `Containers:`.
      if section == "containers", value.isEmpty, current.isEmpty { current.name = key }
    }
  }

  mutating func leave() {
    if section == "limits" || section == "requests" { section = "" }
  }

  mutating func finish() -> [ContainerReport] {
    if !current.isEmpty { reports.append(current) }
    return reports
  }

  private mutating func setMemory(_ value: String) {
    var text = TextCursor(Array(value.utf8))
    guard let size = MemoryQuantity(&text, .decimal), size.bytes < 9e18, size.bytes > 0 else {
      return
    }
    let bytes = Int64(size.bytes)
    if section == "requests" {
      current.memoryRequest = bytes
    } else {
      current.memoryLimit = bytes
    }
  }

  /// Takes `Exit Code:` or `"ExitCode":`, in small letters.
  private static func takeKey(_ line: inout TextCursor) -> String? {
    line.skipBlanks()
    _ = line.take("- ")
    let isQuoted = line.take("\"")
    let key = line.take { Ascii.isWord($0) || $0 == Ascii.space || $0 == UInt8(ascii: "-") }
    if isQuoted { _ = line.take("\"") }
    guard !key.isEmpty, key.count <= 64, line.take(":") || line.take("=") else { return nil }
    return line.string(key).lowercased()
  }

  private static func value(_ line: TextCursor) -> String {
    var line = line
    line.skipBlanks()
    _ = line.take("\"")
    line.trimEnd()
    let text = line.string(line.rest)
    return text.hasSuffix("\"") ? String(text.dropLast()) : text
  }
}
