import LeakModel
import Testing

@testable import LeakStore

struct OutboxTests {
  private func message(_ text: String = "1", expires minute: Int? = nil) -> NewOutboxMessage {
    NewOutboxMessage(
      destination: "slack",
      message: text,
      expiresAt: minute.map { .night(minute: $0) }
    )
  }

  @Test func `a message survives the end of the process that queued it`() async throws {
    try await withDatabasePath { path in
      let first = try Store.open(path: path, mode: .create)
      try await first.queue([message()], at: .night(minute: 0))
      try first.close()
      let second = try Store.open(path: path, mode: .existing)
      #expect(try await second.dueMessages(at: .night(minute: 0)).map(\.message) == ["1"])
      try second.close()
    }
  }

  @Test func `messages come in the order they were queued, until they are delivered`() async throws
  {
    let store = try Store.inMemory()
    try await store.queue([message("1"), message("2")], at: .night(minute: 0))
    let due = try await store.dueMessages(at: .night(minute: 0))
    #expect(due.map(\.message) == ["1", "2"])
    try await store.delivered(due[0].id)
    #expect(try await store.dueMessages(at: .night(minute: 0)).map(\.message) == ["2"])
  }

  @Test func `what was not taken comes again at its time`() async throws {
    let store = try Store.inMemory()
    try await store.queue([message()], at: .night(minute: 0))
    let id = try await store.dueMessages(at: .night(minute: 0))[0].id
    try await store.undelivered(id, because: "it answered 503", next: .night(minute: 5))
    #expect(try await store.dueMessages(at: .night(minute: 4)).isEmpty)
    #expect(try await store.dueMessages(at: .night(minute: 5)).map(\.attempts) == [1])
  }

  @Test func `what was given up is counted and not tried again`() async throws {
    let store = try Store.inMemory()
    try await store.queue([message()], at: .night(minute: 0))
    let id = try await store.dueMessages(at: .night(minute: 0))[0].id
    try await store.undelivered(id, because: "it answered 404", next: nil)
    #expect(try await store.dueMessages(at: .night(minute: 900)).isEmpty)
    #expect(try await store.outboxCount() == OutboxCount(waiting: 0, givenUp: 1))
  }

  @Test func `what is of no use any more is forgotten`() async throws {
    let store = try Store.inMemory()
    try await store.queue([message(expires: 3)], at: .night(minute: 0))
    #expect(try await store.dueMessages(at: .night(minute: 4)).isEmpty)
    #expect(try await store.outboxCount() == OutboxCount(waiting: 0, givenUp: 0))
  }
}

struct DeliveryTests {
  @Test func `of a thousand repetitions one has an effect`() async throws {
    let store = try Store.inMemory()
    var effects = 0
    for _ in 0..<1_000 {
      let isFirst = try await store.claim(
        ["slack:v0=1", "slack:trigger:1"],
        at: .night(minute: 1),
        forgetting: .night(minute: 0)
      )
      if isFirst { effects += 1 }
    }
    #expect(effects == 1)
  }

  @Test func `either key names a delivery`() async throws {
    let store = try Store.inMemory()
    let forgotten = Instant.night(minute: 0)
    #expect(try await store.claim(["a", "b"], at: .night(minute: 1), forgetting: forgotten))
    #expect(try await !store.claim(["c", "b"], at: .night(minute: 1), forgetting: forgotten))
    #expect(try await store.claim(["c"], at: .night(minute: 1), forgetting: forgotten))
  }

  @Test func `what was given back may come again`() async throws {
    let store = try Store.inMemory()
    _ = try await store.claim(["a"], at: .night(minute: 1), forgetting: .night(minute: 0))
    try await store.release(["a"])
    #expect(try await store.claim(["a"], at: .night(minute: 1), forgetting: .night(minute: 0)))
  }

  @Test func `deliveries are remembered through a restart and not for ever`() async throws {
    try await withDatabasePath { path in
      let first = try Store.open(path: path, mode: .create)
      _ = try await first.claim(["a"], at: .night(minute: 1), forgetting: .night(minute: 0))
      try first.close()
      let second = try Store.open(path: path, mode: .existing)
      #expect(try await !second.claim(["a"], at: .night(minute: 2), forgetting: .night(minute: 0)))
      #expect(try await second.claim(["a"], at: .night(minute: 9), forgetting: .night(minute: 5)))
      try second.close()
    }
  }
}

struct NewsTests {
  @Test func `what happened before it was followed is no news`() async throws {
    let store = try Store.inMemory()
    try await store.insert(.sample("old"))
    try await store.followNews()
    try await store.insert(.sample("new", minute: 1))
    let news = try await store.unreadNews()
    #expect(news.map(\.event.detail) == ["new"])
    #expect(news.map(\.incident.title) == ["new"])
  }

  @Test func `an event is told of once, whoever follows`() async throws {
    let store = try Store.inMemory()
    try await store.followNews()
    try await store.insert(.sample())
    let last = try #require(try await store.unreadNews().last).number
    let message = NewOutboxMessage(destination: "slack", message: "1")
    for _ in 0..<2 { try await store.tell([message], upTo: last, at: .night(minute: 1)) }
    #expect(try await store.unreadNews().isEmpty)
    #expect(try await store.dueMessages(at: .night(minute: 1)).count == 1)
  }

  @Test func `following again does not pass over what came meanwhile`() async throws {
    let store = try Store.inMemory()
    try await store.followNews()
    try await store.insert(.sample())
    try await store.followNews()
    #expect(try await store.unreadNews().count == 1)
  }
}
