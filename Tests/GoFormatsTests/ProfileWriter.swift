/// Writes profile.proto messages by hand, so that a test shows the bytes it is about.
struct ProfileWriter {
  private(set) var bytes: [UInt8] = []

  static func varint(_ value: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    return bytes + [UInt8(value)]
  }

  mutating func number(_ field: UInt64, _ value: UInt64) {
    bytes += Self.varint(field << 3) + Self.varint(value)
  }

  mutating func content(_ field: UInt64, _ content: [UInt8]) {
    bytes += Self.varint(field << 3 | 2) + Self.varint(UInt64(content.count)) + content
  }

  mutating func message(_ field: UInt64, _ build: (inout ProfileWriter) -> Void) {
    var inner = ProfileWriter()
    build(&inner)
    content(field, inner.bytes)
  }

  mutating func packed(_ field: UInt64, _ values: [UInt64]) {
    content(field, values.flatMap(Self.varint))
  }

  init() {}

  /// Starts with a string table.
  init(strings: [String]) {
    self.strings(strings)
  }

  mutating func strings(_ strings: [String]) {
    for string in strings { content(6, Array(string.utf8)) }
  }

  /// A profile of one column `space`/`bytes` with functions main.leaf (1) and main.root (2) at the
  /// locations 1 and 2, and location 3 without a line.
  static func profile(samples: (inout ProfileWriter) -> Void) -> [UInt8] {
    var profile = ProfileWriter()
    profile.strings(["", "space", "bytes", "main.leaf", "main.root", "main.go", "request"])
    profile.message(1) {
      $0.number(1, 1)
      $0.number(2, 2)
    }
    samples(&profile)
    for id: UInt64 in 1...2 {
      profile.message(5) {
        $0.number(1, id)
        $0.number(2, id + 2)
        $0.number(4, 5)
      }
      profile.message(4) { location in
        location.number(1, id)
        location.number(3, 0x1000 * id)
        location.message(4) {
          $0.number(1, id)
          $0.number(2, 10 * id)
        }
      }
    }
    profile.message(4) { $0.number(1, 3) }
    return profile.bytes
  }

  /// Adds a sample with packed locations.
  mutating func sample(_ locations: [UInt64], _ values: [UInt64]) {
    message(2) {
      $0.packed(1, locations)
      $0.packed(2, values)
    }
  }
}
