import Foundation
import LeakModel
import Testing

@testable import LeakStore

struct WordListTests {
  private let list = WordList(
    length: 9,
    entries: [
      1: .init(weight: 1), 127: .init(weight: 2, isOnStack: true), 128: .init(weight: 64),
      300_000: .init(weight: 130, isOnStack: true), 1 << 38: .init(weight: 7),
    ]
  )

  @Test func `a list survives its bytes`() {
    #expect(WordList(length: 9, bytes: list.bytes) == list)
  }

  @Test func `bytes cut short lose their end and nothing else`() {
    for count in 0..<list.bytes.count {
      let cut = WordList(length: 9, bytes: list.bytes.prefix(count))
      #expect(cut.entries.allSatisfy { list.entries[$0.key] == $0.value })
    }
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
