extension SmapsSummary {
  /// Reads /proc/PID/smaps and adds it up by kinds of mapping.
  ///
  /// `c000000000-c008400000 rw-p 00000000 00:00 0                              [heap]` opens a
  /// mapping; `Rss:                4104 kB` lines follow. A mapping cut at the end counts as far as
  /// it goes. Lines of another shape are passed over.
  package init(_ bytes: [UInt8]) {
    self.init()
    let programs = Self.programs(TextCursor(bytes))
    var text = TextCursor(bytes)
    var kind: WritableKeyPath<SmapsSummary, Share>?
    var previous: Mapping?
    while var line = text.takeLine() {
      if let mapping = Mapping(line) {
        let next = mapping.kind(after: previous, programs: programs)
        self[keyPath: next].mappings += 1
        self[keyPath: next].size &+= mapping.size
        kind = next
        previous = mapping
      } else if let kind, let (name, value) = KernelTable.entry(&line) {
        switch line.string(name) {
        case "Rss": self[keyPath: kind].rss &+= value
        case "Anonymous": self[keyPath: kind].anonymous &+= value
        case "LazyFree": lazyFree &+= value
        case "AnonHugePages": anonymousHugePages &+= value
        case "Swap": swap &+= value
        default: break
        }
      }
    }
  }

  /// The files that have an executable mapping: their data segments are part of the program too.
  private static func programs(_ text: TextCursor) -> Set<String> {
    var text = text
    var programs: Set<String> = []
    while let line = text.takeLine() {
      guard let mapping = Mapping(line), mapping.isExecutable, mapping.isFile else { continue }
      programs.insert(mapping.name.string(mapping.name.rest))
    }
    return programs
  }

  /// Whether a line opens a mapping.
  static func isMapping(_ line: TextCursor) -> Bool { Mapping(line) != nil }

  /// Whether a text starts as smaps does: a mapping that is not the rollup.
  static func isSmaps(_ text: TextCursor) -> Bool {
    var text = text
    guard let line = text.takeLine(), Mapping(line) != nil else { return false }
    return line.find("[rollup]") == nil
  }
}

/// The header of a mapping.
private struct Mapping {
  let start: UInt64
  let end: UInt64
  let isExecutable: Bool
  /// The file, or a name in brackets; empty for an anonymous mapping.
  let name: TextCursor

  init?(_ line: TextCursor) {
    var line = line
    guard let start = line.takeHex(), line.take("-"), let end = line.takeHex(), line.take(" "),
      end >= start, let mode = line.takeWord(), mode.count == 4, line.takeWord() != nil,
      line.takeWord() != nil, line.takeWord() != nil
    else { return nil }
    self.start = start
    self.end = end
    self.isExecutable = line.bytes[mode.lowerBound + 2] == UInt8(ascii: "x")
    line.skipBlanks()
    line.trimEnd()
    self.name = line
  }

  var size: Int64 { Int64(clamping: end - start) }
  var isFile: Bool { name.next == UInt8(ascii: "/") }

  /// The share this mapping belongs to, given the one before it.
  func kind(
    after previous: Mapping?,
    programs: Set<String>
  ) -> WritableKeyPath<SmapsSummary, SmapsSummary.Share> {
    if isFile {
      if name.find(" (deleted)") != nil { return \.deletedFiles }
      return programs.contains(name.string(name.rest)) ? \.code : \.files
    }
    if name.starts(with: "[heap]") { return \.cHeap }
    if name.starts(with: "[anon: Go: heap") { return \.goHeap }
    // [vdso], [vvar], [vsyscall]: code and data that the kernel lends.
    if name.starts(with: "[v") { return \.code }
    guard name.isAtEnd else { return \.otherAnonymous }
    // Anonymous memory right behind a file's is that program's zeroed data.
    let isZeroedData = previous?.isFile == true && previous?.end == start
    if isInGoRange, !isZeroedData { return \.goHeap }
    // glibc: HEAP_MAX_SIZE in malloc/arena.c; a thread's arena starts at a multiple of it.
    let arena: UInt64 = 64 << 20
    return start % arena == 0 && end - start <= arena ? \.mallocArenas : \.otherAnonymous
  }

  /// Where Go puts its arenas: 0xc000000000 and up on amd64, 0x4000000000 on arm64, anywhere below
  /// the kernel's mmap area since Go 1.26 (randomized heap base; runtime/malloc.go).
  private var isInGoRange: Bool { start >= 1 << 32 && start < 0x7e00_0000_0000 }
}
