import Foundation
import LeakModel
import Testing

@testable import LeakStore

struct WordListTests {
  @Test func `a list survives its bytes`() {
    let list = WordList(length: 9, weights: [1: 1, 127: 2, 128: 4, 300_000: 130, 1 << 40: 7])
    #expect(WordList(length: 9, bytes: list.bytes) == list)
  }

  @Test func `bytes cut short lose their end and nothing else`() {
    let list = WordList(length: 2, weights: [5: 1, 900: 3])
    for count in 0..<list.bytes.count {
      let cut = WordList(length: 2, bytes: list.bytes.prefix(count))
      #expect(cut.weights.allSatisfy { list.weights[$0.key] == $0.value })
    }
  }

  @Test func `a place keeps incident and impact, and the most telling sorts first`() {
    let strong = WordPlace(incident: 7, weight: 8, length: 40)
    let weak = WordPlace(incident: 3, weight: 1, length: 400)
    #expect(WordPlace(strong.number).incident == 7)
    #expect(WordPlace(strong.number).impact == strong.impact)
    #expect(strong.number < weak.number)
  }

  @Test func `a text told anew takes its words back`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample()).id
    let event = TimelineEvent(at: .night(minute: 1), author: "mia", kind: .edited)
    try await store.update(id, event: event) { $0.title = "xylophone" }
    #expect(try await store.wordMatches(["xylophone"]) == [id])
    try await store.update(id, event: event) { $0.title = "trombone" }
    #expect(try await store.wordMatches(["xylophone"]).isEmpty)
    #expect(try await store.wordMatches(["trombone"]) == [id])
  }

  @Test func `a rare word says more than a common one, and one that none has most`() async throws {
    let store = try Store.inMemory()
    let event = TimelineEvent(at: .night(minute: 1), author: "mia", kind: .edited)
    for number in 0..<20 {
      let id = try await store.insert(.sample()).id
      try await store.update(id, event: event) { $0.title = number == 0 ? "common rare" : "common" }
    }
    let rarity = try await store.wordRarity(["common", "rare", "none"])
    #expect(try #require(rarity["none"]) > #require(rarity["rare"]))
    #expect(try #require(rarity["rare"]) > #require(rarity["common"]))
  }
}
