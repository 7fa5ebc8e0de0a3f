import LeakModel

extension ProfileText {
  /// `cycles/second = 3201000000` and other attributes, then `19490304 2 @ 0xbccc97 0xc61202`.
  mutating func contention() throws(ParseError) -> Profile {
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
        builder.profile.durationNanos =
          (value ?? 0).multipliedReportingOverflow(by: 1_000_000)
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
  mutating func threads() throws(ParseError) -> Profile {
    setSingleType("thread")
    var line = next()
    if line?.starts(with: "--- threadz") == true {
      repeat {
        line = next()
      } while line.map { !Self.isMapHeader($0) && !$0.starts(with: "-") } == true
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
