/// The text forms of profiles: heap, counts, contention and threads, as Go's `debug=1` and
/// gperftools write them. Addresses only: their comments' symbols are not read.
///
/// Source: google/pprof profile/legacy_profile.go (2026).
struct ProfileText {
  private var text: TextCursor
  private var lineNumber = 0
  private var builder = ProfileBuilder()

  /// Whether the first line is one of a profile; goroutine counts are no profile here, for they are
  /// better read as goroutines.
  static func isProfile(_ bytes: [UInt8]) -> Bool {
    let start = TextCursor(bytes)
    return start.starts(with: "heap profile: ") || start.starts(with: "--- contentionz ")
      || start.starts(with: "--- mutex:") || start.starts(with: "--- contention:")
      || start.starts(with: "--- threadz ") || start.starts(with: "--- Thread ")
      || start.starts(with: "--- heapz ")
  }

  /// Reads a profile in text; nil when the first line is of no such format.
  ///
  /// - Throws: `ParseError` at the line that breaks the format.
  static func read(_ bytes: [UInt8]) throws(ParseError) -> Profile? {
    let start = TextCursor(bytes)
    if start.starts(with: "--- "), let profile = try JavaProfile.read(text: bytes) { return profile }
    var reader = ProfileText(text: start)
    if start.starts(with: "heap profile: ") { return try reader.heap() }
    if start.starts(with: "--- contentionz ") || start.starts(with: "--- mutex:")
      || start.starts(with: "--- contention:")
    {
      return try reader.contention()
    }
    if start.starts(with: "--- threadz ") || start.starts(with: "--- Thread ") {
      return try reader.threads()
    }
    return try reader.counts()
  }

  private init(text: TextCursor) {
    self.text = text
  }

  private mutating func next() -> TextCursor? {
    lineNumber += 1
    guard var line = text.takeLine() else { return nil }
    line.skipBlanks()
    line.trimEnd()
    return line
  }

  private func error(_ reason: String) -> ParseError {
    ParseError(format: "pprof", place: .line(lineNumber), reason: reason)
  }

  private static func isComment(_ line: TextCursor) -> Bool {
    line.isAtEnd || line.next == UInt8(ascii: "#")
  }

  private static func isMapHeader(_ line: TextCursor) -> Bool {
    line.find("--- Memory map: ---") != nil || line.find("MAPPED_LIBRARIES:") != nil
  }

  /// Skips to the memory map, if there is one, and ends the profile.
  private mutating func finish(
    after line: TextCursor?, dropsDoubledLeaf: Bool = false
  ) -> Profile {
    var line = line
    while let current = line, !Self.isMapHeader(current) { line = next() }
    builder.readMap(&text)
    return builder.finish(dropsDoubledLeaf: dropsDoubledLeaf)
  }

  /// `13: 1595680 [47130736: 2584596557304] @ heap/1048576`: objects and bytes in use, then allocated.
  private mutating func heap() throws(ParseError) -> Profile {
    guard var header = next(), header.take("heap profile: "), let counts = Self.counts(&header),
      header.take("@ ")
    else { throw error("header of a heap profile is broken") }
    var rate: Int64 = 1
    var isSampled = false
    let kind = header.string(header.take { Ascii.isWord($0) })
    if header.take("/") { rate = header.takeInteger() ?? 0 }
    switch kind {
    case "heapz_v2", "heap_v2": isSampled = true
    case "heap":
      // Go writes twice its rate here.
      rate /= 2
      isSampled = true
    case "heapprofile", "growth", "growthz", "fragmentation", "fragmentationz": rate = 1
    default: throw error("unknown kind of heap profile \"\(kind)\"")
    }
    let isHeap = kind.hasPrefix("heap")
    let hasAllocations =
      isHeap
      && (counts[2] != counts[0] && counts[2] != 0 || counts[3] != counts[1] && counts[3] != 0)
    builder.profile.periodType = Profile.ValueType(type: "space", unit: "bytes")
    builder.profile.period = rate
    let names = hasAllocations ? ["alloc_", "inuse_"] : [""]
    for name in names {
      builder.profile.sampleTypes += [
        Profile.ValueType(type: name + "objects", unit: "count"),
        Profile.ValueType(type: name + "space", unit: "bytes"),
      ]
    }
    var line = next()
    while var current = line, !Self.isMapHeader(current) {
      defer { line = next() }
      if Self.isComment(current) { continue }
      guard let counts = Self.counts(&current), current.take("@") else {
        throw error("expected \"objects: bytes [objects: bytes] @ addresses\"")
      }
      var sample = ProfileBuilder.Sample(values: [], addresses: [])
      for first in hasAllocations ? [2, 0] : [0] {
        guard counts[first] != 0 || counts[first + 1] == 0 else { throw error("bytes of no object") }
        if counts[first] != 0 {
          sample.objectSize = counts[first + 1].dividedReportingOverflow(by: counts[first]).partialValue
        }
        sample.values += HeapSampling.scaled(
          counts[first], counts[first + 1], rate: isSampled ? rate : 1)
      }
      sample.addresses = try addresses(current).map { $0 &- 1 }
      builder.samples.append(sample)
    }
    return finish(after: line)
  }

  /// Takes `1: 2 [3: 4] `.
  private static func counts(_ line: inout TextCursor) -> [Int64]? {
    var counts: [Int64] = []
    for separator: StaticString in [":", "[", ":", "]"] {
      line.skipBlanks()
      guard let count = line.takeInteger() else { return nil }
      line.skipBlanks()
      guard line.take(separator) else { return nil }
      counts.append(count)
    }
    line.skipBlanks()
    return counts
  }

  /// The hexadecimal numbers of a line, in its order.
  private func addresses(_ line: TextCursor) throws(ParseError) -> [UInt64] {
    var line = line
    var addresses: [UInt64] = []
    while let start = line.find("0x") {
      line.offset = start
      guard let address = line.takeHex() else { throw error("address is no 64-bit number") }
      addresses.append(address)
    }
    return addresses
  }

  /// `goroutine profile: total 1043`, then `1000 @ 0x43d0 0x4ab1`.
  private mutating func counts() throws(ParseError) -> Profile? {
    var line = next()
    while let current = line, Self.isComment(current) { line = next() }
    guard var header = line else { return nil }
    let name = header.take { !Ascii.isBlank($0) }
    guard header.take(" profile: total "), header.takeInteger() != nil, header.isAtEnd else {
      return nil
    }
    setSingleType(header.string(name))
    line = next()
    while var current = line, !current.starts(with: "---") {
      defer { line = next() }
      if Self.isComment(current) { continue }
      guard let count = current.takeInteger(), current.take(" @ 0x") else {
        throw error("expected \"count @ addresses\"")
      }
      current.offset -= 2
      let addresses = try addresses(current).map { $0 &- 1 }
      builder.samples.append(ProfileBuilder.Sample(values: [count], addresses: addresses))
    }
    return finish(after: line)
  }

  private mutating func setSingleType(_ name: String) {
    builder.profile.sampleTypes = [Profile.ValueType(type: name, unit: "count")]
    builder.profile.periodType = Profile.ValueType(type: name, unit: "count")
    builder.profile.period = 1
  }

  /// `cycles/second = 3201000000` and other attributes, then `19490304 2 @ 0xbccc97 0xc61202`.
  private mutating func contention() throws(ParseError) -> Profile {
    _ = next()
    builder.profile.periodType = Profile.ValueType(type: "contentions", unit: "count")
    builder.profile.sampleTypes = [
      Profile.ValueType(type: "contentions", unit: "count"),
      Profile.ValueType(type: "delay", unit: "nanoseconds"),
    ]
    builder.profile.period = 1
    var cyclesPerSecond: Int64 = 0
    var line = next()
    while var current = line, !current.starts(with: "---") {
      if Self.isComment(current) {
        line = next()
        continue
      }
      let name = current.take { $0 != UInt8(ascii: "=") }
      guard current.take("=") else { break }
      current.skipBlanks()
      let value = current.takeInteger()
      switch current.string(name) {
      case "cycles/second ": cyclesPerSecond = value ?? 0
      case "sampling period ": builder.profile.period = value ?? 1
      case "ms since reset ":
        builder.profile.durationNanos = (value ?? 0).multipliedReportingOverflow(by: 1_000_000)
          .partialValue
      case "discarded samples ": break
      case let other: throw error("unknown attribute \"\(other)\"")
      }
      line = next()
    }
    let period = builder.profile.period
    while var current = line, !current.starts(with: "---") {
      defer { line = next() }
      if Self.isComment(current) { continue }
      guard var delay = current.takeInteger(), current.takeBlanks(),
        var count = current.takeInteger(), current.takeBlanks(), current.take("@")
      else { throw error("expected \"delay count @ addresses\"") }
      if period > 0 {
        if cyclesPerSecond > 0 {
          delay = Int64(clamping: Double(delay) * Double(period) / (Double(cyclesPerSecond) / 1e9))
        }
        count = count &* period
      }
      let addresses = try addresses(current).map { $0 &- 1 }
      builder.samples.append(ProfileBuilder.Sample(values: [count, delay], addresses: addresses))
    }
    return finish(after: line)
  }

  /// `--- Thread 7f794ab90940 (name: main/14748) stack: ---`, then lines of addresses.
  private mutating func threads() throws(ParseError) -> Profile {
    setSingleType("thread")
    var line = next()
    if line?.starts(with: "--- threadz") == true {
      repeat { line = next() } while line.map { !Self.isMapHeader($0) && !$0.starts(with: "-") } == true
    }
    while let header = line, !Self.isMapHeader(header),
      !header.starts(with: "---- no stack trace for")
    {
      guard header.starts(with: "--- Thread "), header.find(") stack: ---") != nil else {
        throw error("expected \"--- Thread\"")
      }
      var stack: [UInt64] = []
      var isSame = false
      while true {
        line = next()
        guard let current = line, !current.starts(with: "---") else { break }
        if current.find("same as previous thread") != nil { isSame = true }
        stack += try addresses(current)
      }
      if isSame || stack.isEmpty {
        if !builder.samples.isEmpty { builder.samples[builder.samples.count - 1].values[0] &+= 1 }
        continue
      }
      // All but the leaf are return addresses, one past the call.
      for index in stack.indices.dropFirst() { stack[index] &-= 1 }
      builder.samples.append(ProfileBuilder.Sample(values: [1], addresses: stack))
    }
    return finish(after: line, dropsDoubledLeaf: true)
  }
}

extension TextCursor {
  fileprivate mutating func takeBlanks() -> Bool {
    let start = offset
    skipBlanks()
    return offset > start
  }
}
