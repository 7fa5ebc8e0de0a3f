import LeakModel
import Testing

@testable import LeakStore

struct IdempotencyTests {
  private let first = RememberedResponse(
    requestHash: "h1",
    response: #"{"id": "INC-1"}"#,
    at: .night(minute: 0)
  )
  private let second = RememberedResponse(
    requestHash: "h2",
    response: #"{"id": "INC-2"}"#,
    at: .night(minute: 1)
  )

  @Test(arguments: StorePlace.allCases)
  func `an answer is recalled under its key`(place: StorePlace) async throws {
    try await place.withStore { store in
      let remembered = try await store.remember(first, under: "k")
      #expect(remembered == first)
      #expect(try await store.recall("k") == first)
      #expect(try await store.recall("other") == nil)
    }
  }

  @Test func `the first answer stays`() async throws {
    let store = try Store.inMemory()
    try await store.remember(first, under: "k")
    #expect(try await store.remember(second, under: "k") == first)
    #expect(try await store.recall("k") == first)
  }

  @Test func `of many who come at once all get one answer`() async throws {
    let store = try Store.inMemory()
    let answers = try await withThrowingTaskGroup(of: RememberedResponse.self) { group in
      for number in 0..<20 {
        group.addTask {
          let response = RememberedResponse(
            requestHash: "h",
            response: "\(number)",
            at: .night(minute: 0)
          )
          return try await store.remember(response, under: "k")
        }
      }
      return try await group.reduce(into: []) { $0.append($1.response) }
    }
    #expect(answers.count == 20)
    #expect(Set(answers).count == 1)
  }

  @Test func `answers given before a time are forgotten`() async throws {
    let store = try Store.inMemory()
    try await store.remember(first, under: "old")
    try await store.remember(second, under: "new")
    try await store.forgetResponses(before: .night(minute: 1))
    #expect(try await store.recall("old") == nil)
    #expect(try await store.recall("new") == second)
  }
}
