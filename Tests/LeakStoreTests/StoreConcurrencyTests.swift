import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct StoreConcurrencyTests {
  @Test(arguments: StorePlace.allCases)
  func `many tasks that write at once get a number each`(place: StorePlace) async throws {
    try await place.withStore { store in
      let numbers = try await insertAtOnce(40, into: [store])
      #expect(numbers == Array(1...40))
    }
  }

  @Test func `two stores that write one file at once lose nothing`() async throws {
    try await withDatabasePath { path in
      let stores = [
        try Store.open(path: path, mode: .create), try Store.open(path: path, mode: .existing),
      ]
      let numbers = try await insertAtOnce(60, into: stores)
      #expect(numbers == Array(1...60))
      #expect(try await stores[0].statistics().incidents == [.open: 60])
      for store in stores { try store.close() }
    }
  }

  @Test func `a store for reading follows one that writes`() async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      let reader = try Store.open(path: path, mode: .readOnly)
      let incident = try await store.insert(.sample())
      #expect(try await reader.incident(incident.id) == incident)
      try reader.close()
      try store.close()
    }
  }

  @Test func `reading goes on while another process writes`() async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      let incident = try await store.insert(.sample())
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      let other = try DatabaseQueue(path: path, configuration: configuration)
      try await other.writeWithoutTransaction { db in
        try db.execute(sql: "BEGIN IMMEDIATE; UPDATE incident SET title = 'other'")
      }
      #expect(try await store.incident(incident.id).title == incident.title)
      try await other.writeWithoutTransaction { try $0.rollback() }
      try other.close()
      try store.close()
    }
  }

  @Test(arguments: StorePlace.allCases)
  func `changes of one incident at once do not undo each other`(place: StorePlace) async throws {
    try await place.withStore { store in
      let id = try await store.insert(.sample()).id
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<20 {
          group.addTask {
            let event = TimelineEvent(at: .night(minute: 1), author: "mia", kind: .edited)
            try await store.update(id, event: event) { $0.labels["l\(number)"] = "1" }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await store.incident(id).labels.count == 20)
    }
  }

  /// Inserts incidents from tasks of their own, the stores in turn; answers the numbers in order.
  private func insertAtOnce(_ count: Int, into stores: [Store]) async throws -> [Int64] {
    try await withThrowingTaskGroup(of: Int64.self) { group in
      for index in 0..<count {
        let store = stores[index % stores.count]
        group.addTask { try await store.insert(.sample(minute: index)).id.number }
      }
      return try await group.reduce(into: []) { $0.append($1) }.sorted()
    }
  }
}
