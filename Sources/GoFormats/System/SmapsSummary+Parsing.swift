extension SmapsSummary {
  /// Reads /proc/PID/smaps and adds it up by kinds of mapping.
  ///
  /// `c000000000-c008400000 rw-p 00000000 00:00 0                              [heap]` opens a
  /// mapping; `Rss:                4104 kB` lines follow. A mapping cut at the end counts as far as
  /// it goes. Lines of another shape are passed over.
  package init(_ bytes: [UInt8]) {
    self.init()
    let layout = AddressLayout(Self.mappings(TextCursor(bytes)))
    var text = TextCursor(bytes)
    var kind: WritableKeyPath<SmapsSummary, Share>?
    while var line = text.takeLine() {
      if let mapping = Mapping(line) {
        let next = layout.kind(of: mapping)
        self[keyPath: next].mappings += 1
        self[keyPath: next].size &+= mapping.size
        kind = next
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

  private static func mappings(_ text: TextCursor) -> [Mapping] {
    var text = text
    var mappings: [Mapping] = []
    while let line = text.takeLine() {
      if let mapping = Mapping(line) { mappings.append(mapping) }
    }
    return mappings
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
