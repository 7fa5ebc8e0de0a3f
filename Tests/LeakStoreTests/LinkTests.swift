import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct LinkTests {
  private let store: Store
  private let twin: IncidentID
  private let original: IncidentID

  init() async throws {
    store = try .inMemory()
    original = try await store.insert(.sample()).id
    twin = try await store.insert(.sample("the same", minute: 1)).id
  }

  @Test func `a link is seen from both of its ends`() async throws {
    try await link()
    #expect(try await store.links(of: twin) == store.links(of: original))
    #expect(try await store.links(of: twin).map(\.target) == [original])
  }

  @Test func `a link remembers what a duplicate was before`() async throws {
    try await link()
    #expect(try await store.links(of: twin).first?.statusBefore == .open)
  }

  @Test func `linking twice makes one link and one event`() async throws {
    try await link()
    try await link()
    #expect(try await store.links(of: twin).count == 1)
    #expect(try await store.timeline(of: twin).count { $0.kind == .duplicate } == 1)
  }

  @Test func `a change that throws leaves no link`() async throws {
    struct Refusal: Error {}
    await #expect(throws: (any Error).self) {
      try await store.link(twin, to: original, as: .relatedTo, event: event(.linked)) { _ in
        throw Refusal()
      }
    }
    #expect(try await store.links(of: twin) == [])
  }

  @Test func `a link to a missing incident is refused`() async throws {
    let missing = IncidentID(number: 99)
    await #expect(throws: StoreError.noSuchIncident(missing)) {
      try await store.link(twin, to: missing, as: .relatedTo, event: event(.linked))
    }
  }

  @Test func `a link that is taken away is gone, and its event stays`() async throws {
    try await link()
    let link = try #require(try await store.links(of: twin).first)
    try await store.unlink(link, event: event(.unlinked)) { $0.status = .open }
    #expect(try await store.links(of: original) == [])
    #expect(try await store.timeline(of: twin).map(\.kind) == [.opened, .duplicate, .unlinked])
  }

  @Test func `a label that named the original becomes a link`() async throws {
    let queue = try DatabaseQueue(configuration: Store.configuration(isReadOnly: false))
    try Schema.migrator.migrate(queue, upTo: "0005-create-idempotency")
    try await queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO service VALUES ('api', NULL, 0, 0);
          INSERT INTO incident VALUES
            (1, 'a', 'api', 'open', 'P2', '', 0, 0, NULL, NULL, NULL, NULL, '{}'),
            (2, 'b', 'api', 'duplicate', 'P2', '', 0, 0, NULL, NULL, NULL, NULL,
              '{"duplicate-of": "INC-1", "pod": "x"}');
          """
      )
    }
    try Schema.migrate(queue)
    let migrated = Store(writer: queue)
    let id = IncidentID(number: 2)
    #expect(try await migrated.links(of: id).map(\.target.number) == [1])
    #expect(try await migrated.incident(id).labels == ["pod": "x"])
  }

  private func link() async throws {
    try await store.link(twin, to: original, as: .duplicateOf, event: event(.duplicate)) {
      $0.status = .duplicate
    }
  }

  private func event(_ kind: TimelineEvent.Kind) -> TimelineEvent {
    TimelineEvent(at: .night(minute: 5), author: "kai", kind: kind)
  }
}
