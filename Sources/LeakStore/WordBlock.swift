import Foundation
import GRDB

/// What a word says in one incident.
struct WordPlace: Equatable {
  /// Whether it is in the names of functions on the incident's stacks.
  let isOnStack: Bool
  /// What it is worth there, above 0 and below 1; see `WordScore.saturation`.
  let saturation: Double
}

/// The places of one word among a thousand incidents in a row, as table `wordBlock` holds them.
///
/// Shape: four bytes an incident, little-endian, ascending: in the highest ten bits the incident's
/// number in the block, in the next whether the word is on its stacks, in the others what the word
/// is worth. A common word's thousand places just fill a page of the database.
struct WordBlock {
  /// How many incidents one block is for.
  static let incidents: Int64 = 1_000
  private static let (stackBit, mostWorth): (UInt32, UInt32) = (1 << 21, 1 << 21 - 1)

  private(set) var places: [UInt32] = []

  init() {}

  /// Reads the bytes of the table; what is left over at their end is no place.
  init(_ bytes: Data) {
    places.reserveCapacity(bytes.count / 4)
    bytes.withUnsafeBytes { bytes in
      Self.read(bytes) { place in places.append(place) }
    }
  }

  var bytes: Data {
    places.map(\.littleEndian).withUnsafeBytes { Data($0) }
  }

  /// Puts the word's place in an incident into the block, or takes it out.
  mutating func set(_ place: WordPlace?, of incident: Int64) {
    let first = UInt32(incident % Self.incidents) << 22
    let index = places.firstIndex { $0 >= first } ?? places.endIndex
    if index < places.endIndex, places[index] >> 22 == first >> 22 { places.remove(at: index) }
    guard let place else { return }
    let worth = UInt32((place.saturation * Double(Self.mostWorth)).rounded())
    let flag = place.isOnStack ? Self.stackBit : 0
    places.insert(first | flag | min(max(worth, 1), Self.mostWorth), at: index)
  }

  /// Hands each place to a body: the incident's number in the block, what the word is worth.
  ///
  /// - Parameters:
  ///   - bytes: As the table holds them.
  ///   - onStack: Whether only places on stacks count.
  ///   - body: Is called in the order of the incidents.
  @inline(__always)
  static func forEach(
    in bytes: UnsafeRawBufferPointer,
    onStack: Bool,
    _ body: (_ incident: Int, _ saturation: Double) -> Void
  ) {
    let unit = 1 / Double(mostWorth)
    read(bytes) { place in
      let incident = Int(place >> 22)
      // No block that this build wrote holds a greater one.
      guard incident < incidents, !onStack || place & stackBit != 0 else { return }
      body(incident, Double(place & mostWorth) * unit)
    }
  }

  @inline(__always)
  private static func read(_ bytes: UnsafeRawBufferPointer, _ body: (UInt32) -> Void) {
    for index in 0..<bytes.count / 4 {
      body(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
    }
  }
}

extension WordBlock {
  private static let blockBits: Int64 = 24

  /// The row that holds a word's place in an incident.
  static func row(of word: Int64, for incident: Int64) -> Int64 {
    row(of: word, block: incident / incidents)
  }

  /// The row of a word's places in a block.
  static func row(of word: Int64, block: Int64) -> Int64 { word << blockBits | block }

  /// All rows of a word.
  static func rows(of word: Int64) -> ClosedRange<Int64> {
    row(of: word, block: 0)...row(of: word, block: 1 << blockBits - 1)
  }

  /// The block that a row is for.
  static func block(ofRow row: Int64) -> Int64 { row & (1 << blockBits - 1) }

  /// Puts a word's place in an incident into its row, or takes it out.
  ///
  /// Uses the primary key.
  static func set(
    _ place: WordPlace?,
    of word: Int64,
    in incident: Int64,
    _ db: Database
  ) throws {
    let row = row(of: word, for: incident)
    let find = try db.cachedStatement(sql: "SELECT places FROM wordBlock WHERE id = ?")
    let known = try Data.fetchOne(find, arguments: [row])
    var block = known.map(WordBlock.init) ?? WordBlock()
    block.set(place, of: incident)
    let change =
      block.places.isEmpty
      ? "DELETE FROM wordBlock WHERE id = ?1"
      : known == nil
        ? "INSERT INTO wordBlock (id, places) VALUES (?1, ?2)"
        : "UPDATE wordBlock SET places = ?2 WHERE id = ?1"
    let arguments: StatementArguments = block.places.isEmpty ? [row] : [row, block.bytes]
    try db.cachedStatement(sql: change).execute(arguments: arguments)
  }
}
