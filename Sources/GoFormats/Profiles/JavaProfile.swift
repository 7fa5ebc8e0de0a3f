/// The text profiles of Java agents: heap and contention with a symbol table at the end.
///
/// `--- contentionz 1 ---`, `format = java`, `resolution = microseconds`, then samples
/// `100 3 @ 0x00000003 0x00000004`, then `0x00000003 com.example.function03 (source.java:81)`.
/// Source: google/pprof profile/legacy_java_profile.go (2026).
enum JavaProfile {
  /// Reads a profile; nil when the text is not of a Java agent.
  ///
  /// - Throws: `ParseError` at the line of a heap sample without objects.
  static func read(text bytes: [UInt8]) throws(ParseError) -> Profile? {
    var text = TextCursor(bytes)
    guard let header = text.takeLine(), TextCursor(bytes).find("format = java") != nil else {
      return nil
    }
    let isHeap = header.starts(with: "--- heapz 1 ---")
    guard isHeap || header.starts(with: "--- contentionz 1 ---") else { return nil }
    var builder = ProfileBuilder()
    readAttributes(&text, isHeap: isHeap, into: &builder)
    try readSamples(&text, isHeap: isHeap, into: &builder)
    guard builder.samples.isEmpty || !builder.profile.sampleTypes.isEmpty else {
      throw Profile.malformed("samples without a resolution")
    }
    readSymbols(&text, into: &builder)
    return builder.finish()
  }

  private static func readAttributes(
    _ text: inout TextCursor,
    isHeap: Bool,
    into builder: inout ProfileBuilder
  ) {
    while true {
      let start = text
      guard var line = text.takeLine() else { return }
      line.skipBlanks()
      if line.isAtEnd { continue }
      let name = line.take { $0 != UInt8(ascii: "=") }
      guard line.take("=") else {
        text = start
        return
      }
      line.skipBlanks()
      line.trimEnd()
      switch line.string(name) {
      case "resolution ":
        builder.profile.sampleTypes = [
          Profile.ValueType(type: isHeap ? "inuse_objects" : "contentions", unit: "count"),
          Profile.ValueType(type: isHeap ? "inuse_space" : "delay", unit: line.string(line.rest)),
        ]
      case "sampling period ":
        builder.profile.periodType = Profile.ValueType(type: "contentions", unit: "count")
        builder.profile.period = line.takeInteger() ?? 0
      case "ms since reset ":
        builder.profile.durationNanos =
          (line.takeInteger() ?? 0)
          .multipliedReportingOverflow(by: 1_000_000).partialValue
      default: break
      }
    }
  }

  private static func readSamples(
    _ text: inout TextCursor,
    isHeap: Bool,
    into builder: inout ProfileBuilder
  ) throws(ParseError) {
    while true {
      let start = text
      guard var line = text.takeLine() else { return }
      line.skipBlanks()
      if line.isAtEnd { continue }
      // Bytes or time come first, objects or contentions second.
      guard let size = line.takeInteger(), let word = line.takeWord(),
        let count = integer(line.part(word)), line.take(through: "@")
      else {
        text = start
        return
      }
      var sample = ProfileBuilder.Sample(values: [count, size], addresses: [])
      if isHeap {
        guard count != 0 else {
          throw Profile.malformed("heap sample of no object", at: start.offset)
        }
        sample.objectSize = size.dividedReportingOverflow(by: count).partialValue
        // The agent's fixed rate, 512 KiB.
        sample.values = HeapSampling.scaled(count, size, rate: 524_288)
      } else if builder.profile.period != 0 {
        sample.values = sample.values.map { $0 &* builder.profile.period }
      }
      while let word = line.takeWord() {
        var digits = line.part(word)
        if let address = digits.takeHex() { sample.addresses.append(address) }
      }
      builder.samples.append(sample)
    }
  }

  private static func integer(_ text: TextCursor) -> Int64? {
    var text = text
    guard let value = text.takeInteger(), text.isAtEnd else { return nil }
    return value
  }

  /// Reads `0x00000003 com.example.function03 (source.java:81)` lines.
  static func readSymbols(_ text: inout TextCursor, into builder: inout ProfileBuilder) {
    while var line = text.takeLine() {
      line.skipBlanks()
      guard line.starts(with: "0x"), let address = line.takeHex() else { continue }
      line.skipBlanks()
      line.trimEnd()
      builder.symbols[address] = [symbol(line)]
    }
  }

  /// Reads `function (file:line)`, `function (library)`, or a name alone such as `GC`.
  private static func symbol(_ line: TextCursor) -> ProfileBuilder.Symbol {
    guard line.end > line.offset, line.bytes[line.end - 1] == UInt8(ascii: ")"),
      let open = line.find(" (")
    else {
      let isStub = line.find("generated stub/JIT") != nil
      return ProfileBuilder.Symbol(
        function: isStub ? "STUB" : line.string(line.rest),
        file: "",
        line: 0
      )
    }
    let function = line.string(line.offset..<open)
    let place = line.part(open + 2..<line.end - 1)
    if let colon = place.findLast(Ascii.colon),
      let number = integer(place.part(colon + 1..<place.end))
    {
      return ProfileBuilder.Symbol(
        function: function,
        file: place.string(place.offset..<colon),
        line: Int32(clamping: max(0, number))
      )
    }
    let base = place.findLast(UInt8(ascii: "/")).map { $0 + 1 } ?? place.offset
    return ProfileBuilder.Symbol(
      function: function,
      file: place.string(base..<place.end),
      line: 0
    )
  }
}
