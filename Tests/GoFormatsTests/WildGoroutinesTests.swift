import Testing

@testable import GoFormats

struct WildGoroutinesTests {
  private func dump(_ name: String) throws -> GoroutineDump {
    GoroutineDump(anyLayout: try Fixture.bytes(name), limits: .default)
  }

  private func functions(_ dump: GoroutineDump) -> [[String]] {
    dump.entries.map { entry in
      dump.stacks[entry.stack].map { dump.frames[Int($0)].function }
    }
  }

  @Test(arguments: [
    "goroutines-journald.log", "goroutines-newest-first.log", "goroutines-kubectl-timestamps.log",
  ])
  func `a log's prefix and order are undone`(name: String) throws {
    let dump = try dump(name)
    #expect(dump.entries.first?.id == 22)
    #expect(dump.entries.first?.waitMinutes == 12)
    #expect(functions(dump).first == ["main.(*Hub).Publish"])
    #expect(dump.frames.first?.file == "/srv/hub.go")
    #expect(dump.skipped.isEmpty)
  }

  @Test func `a merged group counts its goroutines`() throws {
    let dump = try dump("goroutines-merged.txt")
    #expect(dump.entries.map(\.count) == [48, 1])
    #expect(dump.total == 49)
  }

  @Test func `a masked number is zero`() throws {
    #expect(try dump("goroutines-merged.txt").entries.map(\.id) == [0, 0])
  }

  @Test func `blanks for tabs make no difference`() throws {
    let dump = try dump("goroutines-merged.txt")
    #expect(functions(dump).first == ["sync.runtime_Semacquire", "main.(*Pool).Wait"])
    #expect(dump.frames.first?.line == 56)
  }

  @Test func `goroutines that a leak test found are read in both of its layouts`() throws {
    let dump = try dump("goleak.txt")
    #expect(dump.entries.map(\.id) == [21, 22])
    #expect(dump.states == ["chan receive", "select"])
    #expect(functions(dump) == [["main.(*Hub).pump"], ["main.(*Hub).tick"]])
    #expect(dump.skipped.isEmpty)
  }

  @Test func `the runtime's own stack is no goroutine's`() {
    let text = """
      goroutine 5 [running]:
      main.f()
      \t/srv/main.go:1 +0x1
      runtime stack:
      runtime.throw({0x1, 0x2})
      \t/go/panic.go:1 +0x5d

      """
    let dump = GoroutineDump(anyLayout: Array(text: text), limits: .default)
    #expect(functions(dump) == [["main.f"]])
  }

  @Test func `every goroutine of a leak profile in text is leaked`() throws {
    let text = "goroutineleak profile: total 3\n3 @ 0x43d0\n#\t0x43d0\tmain.f+0x1d\t/srv/a.go:1\n"
    let capture = try #require(try Capture.read(Array(text: text), source: "x").first)
    guard case .goroutines(let dump) = capture.content else {
      Issue.record("no goroutines")
      return
    }
    #expect(dump.entries.map(\.isLeaked) == [true])
    #expect(dump.total == 3)
  }

  @Test(arguments: ["gdb-backtrace.txt", "delve-goroutines.txt"])
  func `a debugger's stacks are goroutines`(name: String) throws {
    let stacks = DebuggerStacks(try Fixture.bytes(name)).text
    let dump = GoroutineDump(stacks: stacks)
    #expect(dump.entries.last?.id == 5)
    #expect(functions(dump).last?.last == "main.(*Hub).Publish")
    #expect(functions(dump).first?.first == "runtime.gopark")
  }
}
