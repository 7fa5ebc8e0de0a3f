/// The text forms of profiles, as Go's `debug=1` and gperftools write them.
///
/// Heap, counts, contention and threads. Sources: google/pprof profile/legacy_profile.go (2026); for
/// the calls that Go lists in comments below a heap's record, which pprof leaves unread,
/// printStackRecord in Go 1.27's runtime/pprof/pprof.go.
struct ProfileText {
  var text: TextCursor
  var lineNumber = 0
  var builder = ProfileBuilder()

  /// Whether the first line is one of a profile; goroutine counts are no profile here, for they are
  /// better read as goroutines.
  static func isHeader(_ start: TextCursor) -> Bool {
    start.starts(with: "heap profile: ") || start.starts(with: "--- contentionz ")
      || start.starts(with: "--- mutex:") || start.starts(with: "--- contention:")
      || start.starts(with: "--- threadz ") || start.starts(with: "--- Thread ")
      || start.starts(with: "--- heapz ")
  }

  /// Reads a profile in text; nil when the first line is of no such format.
  ///
  /// - Throws: `ParseError` at the line that breaks the format.
  static func read(_ bytes: [UInt8]) throws(ParseError) -> Profile? {
    let start = TextCursor(bytes)
    if start.starts(with: "--- "), let profile = try JavaProfile.read(text: bytes) {
      return profile
    }
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

  mutating func next() -> TextCursor? {
    lineNumber += 1
    guard var line = text.takeLine() else { return nil }
    line.skipBlanks()
    line.trimEnd()
    return line
  }

  func error(_ reason: String) -> ParseError {
    ParseError(format: "pprof", place: .line(lineNumber), reason: reason)
  }

  static func isComment(_ line: TextCursor) -> Bool {
    line.isAtEnd || line.next == UInt8(ascii: "#")
  }

  static func isMapHeader(_ line: TextCursor) -> Bool {
    line.find("--- Memory map: ---") != nil || line.find("MAPPED_LIBRARIES:") != nil
  }

  /// Skips to the memory map, if there is one, and ends the profile.
  mutating func finish(
    after line: TextCursor?,
    dropsDoubledLeaf: Bool = false
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
    // Go's own always holds both; pprof takes equal numbers for a profile of one kind.
    let hasAllocations =
      kind == "heap"
      || isHeap
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
    // The addresses whose calls the record at hand is the first to list.
    var listed: Set<UInt64> = []
    while var current = line, !Self.isMapHeader(current) {
      defer { line = next() }
      if Self.isComment(current) {
        readCall(current, &listed)
        continue
      }
      listed = []
      guard let counts = Self.counts(&current), current.take("@") else {
        throw error("expected \"objects: bytes [objects: bytes] @ addresses\"")
      }
      var sample = ProfileBuilder.Sample(values: [], addresses: [])
      for first in hasAllocations ? [2, 0] : [0] {
        guard counts[first] != 0 || counts[first + 1] == 0 else {
          throw error("bytes of no object")
        }
        if counts[first] != 0 {
          sample.objectSize =
            counts[first + 1].dividedReportingOverflow(by: counts[first]).partialValue
        }
        sample.values += HeapSampling.scaled(
          counts[first],
          counts[first + 1],
          rate: isSampled ? rate : 1
        )
      }
      sample.addresses = try addresses(current).map { $0 &- 1 }
      builder.samples.append(sample)
    }
    // Go lists every call of a record but the runtime's own below the allocation.
    for index in builder.samples.indices {
      let listed = builder.samples[index].addresses.filter { builder.symbols[$0] != nil }
      if !listed.isEmpty { builder.samples[index].addresses = listed }
    }
    return finish(after: line)
  }

  /// Reads `#\t0x4ab0\tpkg.(*T).M+0x1d\t/path/file.go:123`; other comments are passed over.
  private mutating func readCall(_ comment: TextCursor, _ listed: inout Set<UInt64>) {
    var comment = comment
    guard comment.take("#"), let call = Frame(groupLine: comment) else { return }
    comment.skipBlanks()
    _ = comment.take("0x")
    guard let address = comment.takeHex(),
      listed.contains(address) || builder.symbols[address] == nil
    else { return }
    listed.insert(address)
    let symbol = ProfileBuilder.Symbol(
      function: call.function,
      file: call.file,
      line: Int32(clamping: call.line)
    )
    builder.symbols[address, default: []].append(symbol)
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
  func addresses(_ line: TextCursor) throws(ParseError) -> [UInt64] {
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

  mutating func setSingleType(_ name: String) {
    builder.profile.sampleTypes = [Profile.ValueType(type: name, unit: "count")]
    builder.profile.periodType = Profile.ValueType(type: name, unit: "count")
    builder.profile.period = 1
  }
}
