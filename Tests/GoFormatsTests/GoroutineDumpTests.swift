import Testing

@testable import GoFormats

struct GoroutineDumpTests {
  private func dump(_ text: String) -> GoroutineDump { GoroutineDump(stacks: Array(text: text)) }

  private static let sender = """
    goroutine 18 [chan send, 41 minutes, locked to thread]:
    main.(*Hub).Publish(0xc000012345, {0x1, 0x2?})
    \t/srv/hub.go:41 +0x1d
    created by main.serve in goroutine 7
    \t/srv/main.go:9 +0x5a

    """

  @Test func `a header gives number, state, minutes and thread`() throws {
    let dump = dump(Self.sender)
    let entry = try #require(dump.entries.first)
    #expect(entry.id == 18)
    #expect(dump.states[entry.state] == "chan send")
    #expect(entry.waitMinutes == 41)
    #expect(entry.isLockedToThread)
  }

  @Test func `arguments are no part of a function's name`() {
    #expect(
      dump(Self.sender).frames.first
        == Frame(function: "main.(*Hub).Publish", file: "/srv/hub.go", line: 41)
    )
  }

  @Test func `the creator's number is no part of its name`() throws {
    let dump = dump(Self.sender)
    let entry = try #require(dump.entries.first)
    #expect(dump.frames[entry.createdBy].function == "main.serve")
    #expect(dump.stacks[entry.stack].count == 1)
  }

  @Test func `stacks that differ in arguments only are one`() {
    let other = Self.sender.replacing("0xc000012345", with: "0xc0000fffff")
      .replacing("goroutine 7", with: "goroutine 1234").replacing(
        "goroutine 18",
        with: "goroutine 5"
      )
    let dump = dump(Self.sender + other)
    #expect(dump.entries.map(\.id) == [18, 5])
    #expect(dump.stacks.count == 1)
    #expect(dump.frames.count == 2)
  }

  @Test func `type parameters stay in the name`() {
    let dump = dump("goroutine 1 [running]:\nmain.Map[...].Get(...)\n\t/srv/map.go:3 +0x1\n")
    #expect(dump.frames.map(\.function) == ["main.Map[...].Get"])
  }

  @Test(arguments: [
    ("chan receive (leaked), 3 minutes", "chan receive", true),
    ("select (no cases)", "select (no cases)", false),
    ("chan receive (nil chan) (scan)", "chan receive (nil chan)", false),
    ("sync.WaitGroup.Wait (durable), synctest bubble 4", "sync.WaitGroup.Wait", false),
  ])
  func `remarks are no part of the state`(status: String, state: String, isLeaked: Bool) {
    let dump = dump("goroutine 1 gp=0xc0 m=nil [\(status)]:\nmain.f()\n\t/srv/f.go:3 +0x1\n")
    #expect(dump.states == [state])
    #expect(dump.entries.map(\.isLeaked) == [isLeaked])
  }

  @Test func `frames left out by the runtime are counted`() {
    let dump = dump(
      """
      goroutine 1 [running]:
      main.deep(0x1)
      \t/srv/f.go:3 +0x1
      ...12927 frames elided...
      main.main()
      \t/srv/f.go:9 +0x2

      """
    )
    #expect(dump.elidedStackCount == 1)
    #expect(dump.deepestStack == 12_929)
  }

  @Test func `the stacks of ancestors are not the goroutine's own`() {
    let dump = dump(
      """
      goroutine 5 [select]:
      main.work()
      \t/srv/f.go:3 +0x1
      created by main.start
      \t/srv/f.go:7 +0x1
      [originating from goroutine 1]:
      main.main()
      \t/srv/f.go:9 +0x2

      """
    )
    #expect(dump.frames.map(\.function) == ["main.work", "main.start"])
    #expect(!dump.isCut)
  }

  @Test func `a line that breaks a stack is recorded and the stack goes on`() {
    let dump = dump(
      """
      goroutine 1 [select]:
      main.work()
      \t/srv/f.go:3 +0x1
      level=info msg="still here"
      main.main()
      \t/srv/f.go:9 +0x2

      """
    )
    #expect(dump.stacks.map(\.count) == [2])
    #expect(dump.skipped.map(\.place) == [.line(4)])
  }

  @Test func `positions of a crash carry more than the offset`() {
    let dump = dump("goroutine 1 [running]:\nmain.f()\n\t/srv/f.go:3 +0x1 fp=0xc0 sp=0xc1 pc=0x4\n")
    #expect(dump.frames == [Frame(function: "main.f", file: "/srv/f.go", line: 3)])
  }

  @Test func `a dump that ends inside a goroutine is cut`() throws {
    let dump = GoroutineDump(stacks: try Fixture.bytes("goroutine-debug2-cut.txt"))
    #expect(dump.isCut)
    #expect(dump.total == 74)
    #expect(dump.stacks.count == 8)
    #expect(dump.skipped.isEmpty)
  }

  @Test func `a whole dump is not cut`() {
    #expect(!dump(Self.sender).isCut)
  }

  @Test func `a line beyond the limit is recorded`() {
    var limits = ParseLimits()
    limits.lineBytes = 40
    let long = String(repeating: "x", count: 50)
    let text = "goroutine 1 [running]:\nmain.\(long)()\n\t/srv/f.go:3 +0x1\n"
    let dump = GoroutineDump(stacks: Array(text: text), limits: limits)
    #expect(dump.skipped.map(\.reason) == ["line is longer than the limit of 40 bytes"])
  }
}
