import Testing

@testable import LeakServer

struct UploadGateTests {
  @Test func `a place is free again when nobody holds it`() async throws {
    let gate = UploadGate(limit: 1)
    do {
      let place = try await gate.enter()
      await #expect(throws: Problem.self) { try await gate.enter() }
      withExtendedLifetime(place) {}
    }
    _ = try await gate.enter()
  }

  @Test func `those who wait come in one after the other, the first to come first`() async throws {
    let gate = UploadGate(limit: 1, waiting: 2, patience: .seconds(600))
    let (order, told) = AsyncStream.makeStream(of: Int.self)
    var place: UploadGate.Place? = try await gate.enter()
    withExtendedLifetime(place) {}
    let tasks = try await [1, 2].asyncMap { number in
      let task = Task {
        let place = try await gate.enter()
        told.yield(number)
        withExtendedLifetime(place) {}
      }
      while gate.waitingCount < number { await Task.yield() }
      return task
    }
    // One more than may wait is told at once.
    await #expect(throws: Problem.self) { try await gate.enter() }
    place = nil
    for task in tasks { try await task.value }
    told.finish()
    #expect(await order.reduce(into: []) { $0.append($1) } == [1, 2])
  }

  @Test func `whoever waits in vain is told to come back`() async throws {
    let gate = UploadGate(limit: 0, waiting: 1, patience: .milliseconds(1))
    let problem = await #expect(throws: Problem.self) { try await gate.enter() }
    #expect(problem?.kind == .busy)
    #expect(gate.waitingCount == 0)
  }

  @Test func `whoever goes away waits no more`() async throws {
    let gate = UploadGate(limit: 0, waiting: 1, patience: .seconds(600))
    let task = Task { try await gate.enter() }
    while gate.waitingCount == 0 { await Task.yield() }
    task.cancel()
    await #expect(throws: Problem.self) { try await task.value }
    #expect(gate.waitingCount == 0)
  }
}

extension Array {
  /// What a body makes of each item, one after the other.
  fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async throws -> [T] {
    var results: [T] = []
    for item in self { results.append(try await body(item)) }
    return results
  }
}
