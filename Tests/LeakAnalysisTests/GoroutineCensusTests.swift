import GoFormats
import LeakAnalysis
import LeakModel
import Testing

struct GoroutineCensusTests {
  private static let sender = ["main.(*Hub).Publish", "main.handle", "runtime.goexit"]
  private static let parked = ["runtime.gopark", "runtime.chansend", "runtime.chansend1"]

  @Test func `a profile and a dump of the same goroutines give the same groups`() throws {
    let profile = try census(of: .goroutines([(Self.parked + Self.sender, 3), (["main.main"], 1)]))
    let senders = [(String, [String])](
      repeating: ("chan send", Array(Self.sender.dropLast())),
      count: 3
    )
    let dump = try census(of: .dump(senders + [("running", ["main.main"])]))
    #expect(profile.groups.map(\.key) == dump.groups.map(\.key))
    #expect(profile.groups.map(\.count) == dump.groups.map(\.count))
  }

  @Test func `stacks that differ in closures and type arguments alone are one group`() throws {
    let census = try census(
      of: .goroutines([
        (["main.Map[int].Get.func1"], 2), (["main.Map[string].Get.func2"], 3),
      ])
    )
    #expect(census.groups.map(\.count) == [5])
  }

  @Test func `the same stack in another state is another group`() throws {
    let census = try census(of: .dump([("select", ["main.run"]), ("sleep", ["main.run"])]))
    #expect(census.groups.count == 2)
  }

  @Test func `a group keeps its longest wait`() throws {
    let census = try census(
      of: .dump([
        ("chan send, 2 minutes", ["main.run"]), ("chan send, 41 minutes", ["main.run"]),
        ("chan send", ["main.run"]),
      ])
    )
    #expect(census.groups.map(\.waitMinutes) == [41])
  }

  @Test func `a profile has no waiting times`() throws {
    let census = try census(of: .goroutines([(Self.parked + Self.sender, 3)]))
    #expect(census.groups.map(\.waitMinutes) == [nil])
  }

  @Test func `the largest group stands first and equal ones in the order of their keys`() throws {
    let census = try census(of: .goroutines([(["main.b"], 1), (["main.a"], 1), (["main.c"], 9)]))
    #expect(census.groups.map { $0.frames[0].function } == ["main.c", "main.a", "main.b"])
  }

  @Test func `the runtime's frames at both ends are left out`() throws {
    let census = try census(of: .goroutines([(Self.parked + Self.sender, 1)]))
    #expect(census.groups[0].frames.map(\.function) == ["main.(*Hub).Publish", "main.handle"])
  }

  @Test func `the own frame is the program's function nearest to the leaf`() throws {
    let census = try census(
      of: .goroutines([
        (["internal/poll.(*FD).Read", "net.(*conn).Read", "main.read", "main.x"], 1)
      ]
      )
    )
    #expect(census.groups[0].ownFrame?.function == "main.read")
  }

  @Test func `library goroutines have no own frame`() throws {
    let census = try census(of: .goroutines([(["net/http.(*persistConn).readLoop"], 1)]))
    #expect(census.groups[0].ownFrame == nil)
  }

  @Test func `a dump that is cut is not complete`() throws {
    let capture = try Fixture.capture("goroutine-debug2-cut.txt")
    #expect(try !census(of: capture).isComplete)
  }

  @Test func `a dump knows who started its goroutines`() throws {
    let census = try census(of: try Fixture.capture("goroutine-debug2-cut.txt"))
    #expect(census.groups.contains { $0.createdBy != nil })
  }

  @Test func `goroutines are counted by their stacks`() throws {
    let census = try census(of: .goroutines([(["main.a", "main.x"], 5), (["main.b"], 2)]))
    #expect(census.count { $0.contains("main.x") } == 5)
  }

  @Test func `a profile's time is the census's time`() throws {
    let census = try census(of: .goroutines([(["main.a"], 5)], seconds: 60))
    #expect(census.time == Instant(milliseconds: 60_000))
  }

  private func census(of capture: Capture) throws -> GoroutineCensus {
    try #require(EvidenceBundle([capture]).censuses.first)
  }
}
