import Synchronization
import Testing

@testable import LeakServer

struct SharedWorkTests {
  private struct Refused: Error {}

  /// Whatever tasks tell one another.
  private final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    var now: Value { value.withLock { $0 } }

    func change(_ body: @Sendable (inout Value) -> Void) { value.withLock { body(&$0) } }
  }

  /// Has some tasks ask for the same while the first one's work goes on.
  ///
  /// - Returns: What each came to, and how often the work was done.
  private func ask(
    _ count: Int,
    _ work: @escaping @Sendable () throws -> Int
  ) async -> (results: [Result<Int, any Error>], worked: Int) {
    let shared = SharedWork<String, Int>()
    let worked = Shared(0)
    let results = await withTaskGroup(of: Result<Int, any Error>.self) { group in
      for _ in 0..<count {
        group.addTask {
          do {
            let value = try await shared.value(for: "a") {
              worked.change { $0 += 1 }
              // Until all others wait: they must not come when the work is done.
              while shared.waitingCount(for: "a") != count - 1 { await Task.yield() }
              return try work()
            }
            return .success(value)
          } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    return (results, worked.now)
  }

  @Test func `what many ask for at once is made once`() async {
    let (results, worked) = await ask(20) { 7 }
    #expect(results.map { try? $0.get() } == Array(repeating: 7, count: 20))
    #expect(worked == 1)
  }

  @Test func `an error is told to all who waited`() async {
    let (results, worked) = await ask(5) { throw Refused() }
    #expect(results.count { $0.isRefusal } == 5)
    #expect(worked == 1)
  }

  @Test func `work that was given up is done by another`() async throws {
    let shared = SharedWork<String, Int>()
    let isGivenUp = Shared(false)
    let first = Task {
      try await shared.value(for: "a") {
        while !isGivenUp.now { await Task.yield() }
        throw CancellationError()
      }
    }
    while shared.waitingCount(for: "a") == nil { await Task.yield() }
    let second = Task { try await shared.value(for: "a") { 8 } }
    while shared.waitingCount(for: "a") != 1 { await Task.yield() }
    isGivenUp.change { $0 = true }
    #expect(try await second.value == 8)
    await #expect(throws: CancellationError.self) { try await first.value }
  }

  @Test func `what is asked for later is made anew`() async throws {
    let shared = SharedWork<String, Int>()
    #expect(try await shared.value(for: "a") { 1 } == 1)
    #expect(try await shared.value(for: "a") { 2 } == 2)
  }
}

extension Result {
  fileprivate var isRefusal: Bool { if case .failure = self { true } else { false } }
}
