extension PackedColumns {
  /// Unpacks a block.
  ///
  /// - Throws: `StoreError.corrupt` for whatever `pack` does not write; no block makes it trap.
  static func unpack(_ bytes: [UInt8]) throws -> SnapshotTable {
    var reader = try Reader(bytes)
    let count = try reader.count(atMost: mostSamples)
    let times = try reader.column(of: count)
    guard times.allSatisfy({ $0 != nil }) else { throw Reader.damage }
    var columns: [String: [Double]] = [:]
    for _ in 0..<(try reader.count(atMost: 1_000)) {
      let name = try reader.name()
      let isWhole = isWhole(name)
      columns[name] = try reader.column(of: count).map { number in
        guard let number else { return .nan }
        return isWhole ? Double(number) : Double(bitPattern: UInt64(bitPattern: number))
      }
    }
    guard reader.isAtEnd else { throw Reader.damage }
    return SnapshotTable(times: times.compactMap { $0 }, columns: columns)
  }

  private struct Reader {
    static let damage = StoreError.corrupt(detail: "a block of snapshots cannot be read")

    private let bytes: [UInt8]
    private let end: Int
    private var offset = 1

    /// Checks the frame: version and checksum.
    init(_ bytes: [UInt8]) throws {
      self.bytes = bytes
      self.end = bytes.count - 8
      guard end > 0, bytes[0] == PackedColumns.version else { throw Self.damage }
      let stored = bytes[end...].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard stored == PackedColumns.checksum(of: bytes[..<end]) else { throw Self.damage }
    }

    var isAtEnd: Bool { offset == end }

    mutating func count(atMost limit: Int) throws -> Int {
      let value = try varint()
      guard value <= UInt64(limit) else { throw Self.damage }
      return Int(value)
    }

    mutating func name() throws -> String {
      let length = try count(atMost: min(200, end - offset))
      defer { offset += length }
      guard length <= end - offset else { throw Self.damage }
      return String(decoding: bytes[offset..<(offset + length)], as: UTF8.self)
    }

    /// A column of so many samples; nil where a sample has no number.
    mutating func column(of count: Int) throws -> [Int64?] {
      var column: [Int64?] = []
      column.reserveCapacity(count)
      var numbers = 0
      for stretch in 0..<(try self.count(atMost: count + 1)) {
        let length = try self.count(atMost: count - column.count)
        if stretch.isMultiple(of: 2) { numbers += length }
        column += repeatElement(stretch.isMultiple(of: 2) ? 0 : nil, count: length)
      }
      guard column.count == count else { throw Self.damage }
      var present = try self.numbers(numbers)[...]
      for index in column.indices where column[index] != nil { column[index] = present.popFirst() }
      return column
    }

    private mutating func numbers(_ count: Int) throws -> [Int64] {
      guard count > 0 else { return [] }
      var number = try zigzag()
      var numbers = [number]
      numbers.reserveCapacity(count)
      let unit = Int64(bitPattern: try varint())
      while numbers.count < count {
        let token = try varint()
        let repeats = token == 0 ? try self.count(atMost: count - numbers.count) : 1
        let difference = token == 0 ? try zigzag() : Self.signed(token - 1)
        for _ in 0..<repeats {
          number &+= difference &* unit
          numbers.append(number)
        }
        if repeats == 0 { throw Self.damage }
      }
      return numbers
    }

    private mutating func zigzag() throws -> Int64 { Self.signed(try varint()) }

    private static func signed(_ value: UInt64) -> Int64 {
      Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    private mutating func varint() throws -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: 0, to: 64, by: 7) {
        guard offset < end else { throw Self.damage }
        let byte = bytes[offset]
        offset += 1
        value |= UInt64(byte & 0x7F) << UInt64(shift)
        if byte < 0x80 { return value }
      }
      throw Self.damage
    }
  }
}
