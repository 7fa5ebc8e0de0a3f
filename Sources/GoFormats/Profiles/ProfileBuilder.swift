/// Builds a profile from stacks of addresses: what the formats before profile.proto hold.
///
/// Source: google/pprof profile/legacy_profile.go (2026), whose results it reproduces.
struct ProfileBuilder {
  /// A sample's values, and its addresses leaf first.
  struct Sample {
    var values: [Int64]
    var addresses: [UInt64]
    /// The size of the objects, for heap profiles; 0 when unknown.
    var objectSize: Int64 = 0
  }

  /// The function and line that a text gives to an address.
  struct Symbol {
    var function: String
    var file: String
    var line: Int32
  }

  var profile = Profile()
  var samples: [Sample] = []
  /// The calls at an address, leaf first: several where the compiler put one inside another.
  var symbols: [UInt64: [Symbol]] = [:]
  var mappings = MemoryMap()

  /// Reads the lines of /proc/PID/maps, or of the shorter form `40000000-40015000: /lib/ld.so`, that
  /// end most of these formats.
  mutating func readMap(_ text: inout TextCursor) {
    while let line = text.takeLine() { mappings.add(line) }
  }

  /// Drops the frame above the leaf where almost all samples share it: the signal handler's.
  mutating func dropHandlerFrames() {
    // Twice at most; one sample in 32 may differ.
    for _ in 0..<2 {
      var counts: [UInt64: Int] = [:]
      for sample in samples where sample.addresses.count > 1 {
        counts[sample.addresses[1], default: 0] += 1
      }
      let needed = samples.count - samples.count / 32
      guard let handler = counts.first(where: { $0.value >= needed })?.key else { return }
      for index in samples.indices
      where samples[index].addresses.count > 1 && samples[index].addresses[1] == handler {
        samples[index].addresses.remove(at: 1)
      }
    }
  }

  /// Makes the profile, with one location for each address that occurs.
  ///
  /// With `dropsDoubledLeaf`, a second frame that is the leaf's own address less one is taken out;
  /// its location stays.
  mutating func finish(dropsDoubledLeaf: Bool = false) -> Profile {
    var indexes: [UInt64: UInt32] = [:]
    var functions: [String: UInt32] = [:]
    let hasSizes = samples.contains { $0.objectSize != 0 }
    for sample in samples {
      for address in sample.addresses where indexes[address] == nil {
        indexes[address] = UInt32(truncatingIfNeeded: indexes.count)
        appendLocation(address, &functions)
      }
    }
    for sample in samples {
      var addresses = sample.addresses
      if dropsDoubledLeaf, addresses.count > 1, addresses[0] == addresses[1] &+ 1 {
        addresses.remove(at: 1)
      }
      profile.values += sample.values
      for address in addresses {
        if let index = indexes[address] { profile.stackLocations.append(index) }
      }
      profile.sampleStacks.append(UInt32(truncatingIfNeeded: profile.stackCount))
      profile.stackStarts.append(UInt32(truncatingIfNeeded: profile.stackLocations.count))
      if hasSizes { profile.objectSizes.append(sample.objectSize) }
    }
    mappings.cover(indexes.keys.filter { symbols[$0] == nil && $0 != 0 }.sorted())
    profile.mappingCount = mappings.entries.count
    profile.mappingFiles = mappings.entries.map(\.file)
    profile.buildIDs = mappings.entries.map { _ in "" }
    return profile
  }

  private mutating func appendLocation(_ address: UInt64, _ functions: inout [String: UInt32]) {
    let calls = symbols[address] ?? []
    profile.locationAddresses.append(calls.isEmpty ? address : 0)
    for symbol in calls {
      let next = UInt32(truncatingIfNeeded: profile.functionNames.count)
      let function = functions[symbol.function] ?? next
      if functions.updateValue(function, forKey: symbol.function) == nil {
        profile.functionNames.append(symbol.function)
        profile.functionFiles.append(symbol.file)
      }
      profile.lineFunctions.append(function)
      profile.lineNumbers.append(symbol.line)
    }
    profile.locationStarts.append(UInt32(truncatingIfNeeded: profile.lineFunctions.count))
  }
}

/// The executable mappings of a process, in the order of the text.
struct MemoryMap {
  struct Entry {
    var start: UInt64
    var limit: UInt64
    var offset: UInt64
    var file: String
  }

  private(set) var entries: [Entry] = []

  /// Adds a line's mapping; lines that hold none, or one that is not executable, are passed over.
  mutating func add(_ line: TextCursor) {
    guard let entry = Entry(line) else { return }
    guard var last = entries.last, last.isContinued(by: entry) else {
      entries.append(entry)
      return
    }
    last.limit = entry.limit
    if !entry.file.isEmpty { last.file = entry.file }
    entries[entries.count - 1] = last
  }

  /// Moves the program to the front and adds a mapping of everything when an address has none.
  ///
  /// - Parameter addresses: In ascending order.
  mutating func cover(_ addresses: [UInt64]) {
    if let main = entries.firstIndex(where: \.isProgram) { entries.swapAt(0, main) }
    if entries.count > 1, entries[0].file.hasPrefix("/anon_hugepage"),
      entries[0].limit == entries[1].start
    {
      entries.removeFirst()
    }
    if !covers(addresses) { entries.append(Entry(start: 0, limit: .max, offset: 0, file: "")) }
  }

  /// Whether each address lies in a mapping, or in the part of its file before it: some handlers give
  /// only the second part of a program.
  private func covers(_ addresses: [UInt64]) -> Bool {
    let ranges = entries.map { (start: $0.start - min($0.offset, $0.start), limit: $0.limit) }
      .sorted { $0.start < $1.start }
    var next = 0
    var limit: UInt64 = 0
    for address in addresses {
      while next < ranges.count, ranges[next].start <= address {
        limit = max(limit, ranges[next].limit)
        next += 1
      }
      guard address < limit else { return false }
    }
    return true
  }
}

extension MemoryMap.Entry {
  fileprivate init?(_ line: TextCursor) {
    var line = line
    line.skipBlanks()
    guard let start = line.takeHex(), line.take("-") || line.take(" "), let limit = line.takeHex()
    else { return nil }
    self.init(start: start, limit: limit, offset: 0, file: "")
    _ = line.take(":")
    guard line.isAtEnd || line.next.map(Ascii.isBlank) == true else { return nil }
    var words: [Range<Int>] = []
    while let word = line.takeWord(), words.count < 8 { words.append(word) }
    if let mode = words.first, line.bytes[mode].allSatisfy({ "-rwxps".utf8.contains($0) }) {
      guard line.bytes[mode].contains(UInt8(ascii: "x")) else { return nil }
      words.removeFirst()
    }
    // /proc/PID/maps: offset, device and inode come before the file.
    if words.count >= 3, line.part(words[1]).find(":") != nil {
      var digits = line.part(words[0])
      offset = digits.takeHex() ?? 0
      words.removeFirst(3)
    }
    if let word = words.first { file = line.string(word) }
    if words.count > 1 {
      var note = line.part(words[1])
      if note.take("(@") { offset = note.takeHex() ?? 0 }
    }
  }

  /// Whether another mapping is the next part of this one.
  fileprivate func isContinued(by next: Self) -> Bool {
    guard file.isEmpty || next.file.isEmpty || file == next.file, limit == next.start else {
      return false
    }
    return offset == 0 || next.offset == 0 || offset &+ (limit &- start) == next.offset
  }

  /// Neither a library nor a region that the kernel names.
  fileprivate var isProgram: Bool {
    let name = TextCursor(Array(file.utf8))
    return !name.isAtEnd && name.next != UInt8(ascii: "[") && !file.hasSuffix(".so")
      && name.find(".so.") == nil && name.find(".so_") == nil
  }
}
