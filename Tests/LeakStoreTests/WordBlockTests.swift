import Foundation
import Testing

@testable import LeakStore

struct WordBlockTests {
  private let place = WordPlace(isOnStack: false, saturation: 0.5)

  private func places(_ block: WordBlock, onStack: Bool = false) -> [Int: Double] {
    var found: [Int: Double] = [:]
    block.bytes.withUnsafeBytes { bytes in
      WordBlock.forEach(in: bytes, onStack: onStack) { found[$0] = $1 }
    }
    return found
  }

  @Test func `places are read as they were put, in the order of the incidents`() {
    var block = WordBlock()
    for (incident, saturation) in [(5_999, 0.25), (5_000, 0.75), (5_500, 0.5)] as [(Int64, Double)]
    {
      block.set(WordPlace(isOnStack: false, saturation: saturation), of: incident)
    }
    let read = WordBlock(block.bytes)
    #expect(read.places == block.places)
    #expect(read.places == read.places.sorted())
    let found = places(read)
    #expect(found.keys.sorted() == [0, 500, 999])
    #expect(abs((found[0] ?? 0) - 0.75) < 1e-6)
  }

  @Test func `a place that is put again takes that of before away`() {
    var block = WordBlock()
    block.set(place, of: 7)
    block.set(WordPlace(isOnStack: true, saturation: 0.9), of: 7)
    #expect(block.places.count == 1)
    #expect(abs((places(block)[7] ?? 0) - 0.9) < 1e-6)
  }

  @Test func `a place taken out leaves the others`() {
    var block = WordBlock()
    for incident in 1...3 { block.set(place, of: Int64(incident)) }
    block.set(nil, of: 2)
    block.set(nil, of: 9)
    #expect(places(block).keys.sorted() == [1, 3])
  }

  @Test func `only places on stacks count where these are asked for`() {
    var block = WordBlock()
    block.set(place, of: 1)
    block.set(WordPlace(isOnStack: true, saturation: 0.5), of: 2)
    #expect(places(block, onStack: true).keys.sorted() == [2])
  }

  @Test func `a word that says next to nothing is there all the same`() {
    var block = WordBlock()
    block.set(WordPlace(isOnStack: false, saturation: 1e-12), of: 1)
    #expect((places(block)[1] ?? 0) > 0)
  }

  @Test func `a block of a thousand places fits a page of the database`() {
    var block = WordBlock()
    for incident in 0..<WordBlock.incidents { block.set(place, of: incident) }
    // A cell of a table's leaf keeps up to the page's 4,096 bytes less 35.
    #expect(block.bytes.count + 12 <= 4_096 - 35)
  }

  @Test func `damaged bytes give no incident of another block`() {
    let found = places(WordBlock(Data(repeating: 0xFF, count: 11)))
    #expect(found.isEmpty)
  }
}
