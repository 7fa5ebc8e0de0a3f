import LeakModel
import Testing

@testable import LeakStore

struct IdempotencyTests {
  @Test(arguments: StorePlace.allCases)
  func `an answer is recalled under its key`(place: StorePlace) async throws {
    try await place.withStore { store in
      let remembered = try await store.remember("first")
      #expect(remembered.response == "first")
      #expect(try await store.recall("k") == remembered)
      #expect(try await store.recall("other") == nil)
    }
  }

  @Test func `the first answer stays`() async throws {
    let store = try Store.inMemory()
    try await store.remember("first")
    #expect(try await store.remember("second").response == "first")
  }

  @Test func `of many who come at once all get one answer`() async throws {
    let store = try Store.inMemory()
    let answers = try await withThrowingTaskGroup(of: RememberedRequest.self) { group in
      for number in 0..<20 {
        group.addTask { try await store.remember("\(number)") }
      }
      return try await group.reduce(into: []) { $0.append($1.response) }
    }
    #expect(answers.count == 20)
    #expect(Set(answers).count == 1)
  }

  @Test func `answers given before a time are forgotten`() async throws {
    let store = try Store.inMemory()
    try await store.remember("old", under: "old", minute: 0)
    try await store.remember("new", under: "new", minute: 1)
    #expect(try await store.forgetResponses(before: .night(minute: 1)) == 1)
    #expect(try await store.recall("old") == nil)
    #expect(try await store.recall("new")?.response == "new")
  }

  @Test(arguments: StorePlace.allCases)
  func `the first thing that a request writes takes its key along`(
    place: StorePlace
  ) async throws {
    try await place.withStore { store in
      let incident = try await Claim.$current.withValue(.sample()) {
        try await store.insert(.sample())
      }
      let known = try #require(try await store.recall("k"))
      #expect(known.incident == incident.id)
      #expect(known.response == nil)
    }
  }

  @Test func `what is not kept takes no key`() async throws {
    let store = try Store.inMemory()
    let claim = Claim.sample()
    await #expect(throws: StoreError.self) {
      try await Claim.$current.withValue(claim) {
        try await store.keep([], for: IncidentID(number: 9), author: "mia")
      }
    }
    #expect(try await store.recall("k") == nil)
    #expect(!claim.isTaken)
  }

  @Test func `a key that another took keeps everything of the second away`() async throws {
    let store = try Store.inMemory()
    for expected in [1, 1] {
      _ = try? await Claim.$current.withValue(.sample()) { try await store.insert(.sample()) }
      #expect(try await store.incidents().items.count == expected)
    }
  }

  @Test func `a request may write many times under its key`() async throws {
    let store = try Store.inMemory()
    try await Claim.$current.withValue(.sample()) {
      try await store.insert(.sample())
      try await store.insert(.sample())
    }
    #expect(try await store.incidents().items.count == 2)
  }

  @Test func `the answer follows the claim`() async throws {
    let store = try Store.inMemory()
    try await Claim.$current.withValue(.sample()) {
      try await store.insert(.sample())
      try await store.remember("answer")
    }
    #expect(try await store.recall("k")?.response == "answer")
  }
}

extension Claim {
  fileprivate static func sample() -> Claim {
    Claim(key: "k", requestHash: "h", at: .night(minute: 0))
  }
}

extension Store {
  @discardableResult
  fileprivate func remember(
    _ response: String,
    under key: String = "k",
    minute: Int = 0
  ) async throws -> RememberedRequest {
    try await remember(response, under: key, requestHash: "h", at: .night(minute: minute))
  }
}
