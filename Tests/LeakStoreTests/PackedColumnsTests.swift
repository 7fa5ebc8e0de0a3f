import LeakModel
import Testing

@testable import LeakStore

struct PackedColumnsTests {
  @Test(
    arguments: [
      [], [0], [-1, 1], [7, 7, 7, 7], [4_096, 8_192, 4_096, 0, 40_960], [1, 2, 4, 8, 16],
      [9e18, -9e18, 9e18], [1.7e18, 1.7e18 + 4_096], [-9.223372036854775808e18, 0],
      [.nan, 3, .nan, .nan, 4, 4, .nan], [.nan, .nan],
    ] as [[Double]]
  )
  func `a column comes back as it was`(column: [Double]) throws {
    let table = SnapshotTable(
      times: column.indices.map { Int64($0) * 10_000 },
      columns: ["HeapAlloc": column]
    )
    let back = try PackedColumns.unpack(PackedColumns.pack(table))
    #expect(back.times == table.times)
    #expect(back.columns["HeapAlloc"]?.map(\.bitPattern) == column.map(\.bitPattern))
  }

  @Test func `fractions come back to the last bit`() throws {
    let values = [0, 0.1, 1.0 / 3, .leastNonzeroMagnitude, 0.1]
    let table = SnapshotTable(times: [1, 2, 3, 4, 5], columns: ["GCCPUFraction": values])
    #expect(try PackedColumns.unpack(PackedColumns.pack(table)) == table)
  }

  @Test func `random columns come back as they were`() throws {
    var random = SplitMix(seed: 7)
    for _ in 0..<300 {
      let count = Int(random.next() % 50)
      var columns: [String: [Double]] = [:]
      for metric in Metric.allCases.prefix(Int(random.next() % 6)) {
        let shift = random.next() % 64
        columns[metric.rawValue] = (0..<count).map { _ in
          random.next() % 5 == 0 ? .nan : Double(Int64(bitPattern: random.next()) >> shift)
        }
      }
      let times = (0..<count).map { Int64($0) * Int64(random.next() % 3_000 + 1) }.sorted()
      let table = SnapshotTable(times: times, columns: columns)
      let back = try PackedColumns.unpack(PackedColumns.pack(table))
      #expect(back.times == times)
      for (name, values) in columns {
        #expect(back.columns[name]?.map(\.bitPattern) == values.map(\.bitPattern))
      }
    }
  }

  @Test func `every cut and every flipped bit is found`() throws {
    let table = SnapshotTable(times: [10, 20, 30], columns: ["VmRSS": [4_096, 8_192, .nan]])
    let bytes = PackedColumns.pack(table)
    for length in bytes.indices {
      #expect(throws: StoreError.self) { try PackedColumns.unpack(Array(bytes[..<length])) }
    }
    for bit in 0..<(bytes.count * 8) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: StoreError.self) { try PackedColumns.unpack(damaged) }
    }
  }

  /// Damage that the checksum does not show, as of a block that was written wrong.
  @Test func `no content makes the reader trap`() {
    var random = SplitMix(seed: 3)
    let table = SnapshotTable(
      times: [10, 20, 30, 50],
      columns: ["Sys": [1, .nan, 3, 9], "VmRSS": [4_096, 8_192, .nan, 4_096]]
    )
    let whole = Array(PackedColumns.pack(table).dropLast(8))
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0...(random.next() % 3) {
        bytes[1 + Int(random.next() % UInt64(bytes.count - 1))] = UInt8(random.next() & 0xFF)
      }
      let checksum = PackedColumns.checksum(of: bytes[...])
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: checksum >> (8 * UInt64($0))) }
      _ = try? PackedColumns.unpack(bytes)
    }
  }
}

/// A random sequence that is the same on every run; "SplitMix64", Steele et al., 2014.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
