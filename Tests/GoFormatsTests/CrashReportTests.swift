import Testing

@testable import GoFormats

struct CrashReportTests {
  private func report(_ text: String) -> CrashReport? { CrashReport(Array(text: text)) }

  private static let concurrentMap = """
    fatal error: concurrent map writes

    goroutine 5 [running]:
    main.(*store).put(0xc000012345)
    \t/srv/main.go:12 +0x1d

    """

  @Test(arguments: [
    ("fatal error: concurrent map writes", CrashReport.Kind.concurrentMap),
    ("fatal error: runtime: out of memory", .outOfMemory),
    ("fatal error: runtime: cannot allocate memory", .outOfMemory),
    ("runtime: goroutine stack exceeds 1000000000-byte limit", .stackOverflow),
    (
      "fatal error: found bad pointer in Go heap (incorrect use of unsafe or cgo?)",
      .memoryCorruption
    ),
    ("unexpected fault address 0xdeadbeef", .memoryCorruption),
    ("panic: runtime error: growslice: len out of range", .memoryCorruption),
    ("fatal error: marking free object", .memoryCorruption),
    ("fatal error: all goroutines are asleep - deadlock!", .deadlock),
    ("panic: runtime error: invalid memory address or nil pointer dereference", .nilDereference),
    ("panic: cart is empty", .panic),
    ("SIGQUIT: quit", .signal),
    ("fatal error: bulkBarrierPreWrite: unaligned arguments", .otherFatal),
  ])
  func `the runtime's wording tells the kind`(message: String, kind: CrashReport.Kind) throws {
    let text = message + "\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/main.go:3 +0x1\n"
    let crash = try #require(report(text))
    #expect(crash.kind == kind)
    #expect(crash.message == message)
    #expect(crash.goroutines.total == 1)
  }

  @Test func `the prefix of a log is cut off every line`() throws {
    let lines = [
      "fatal error: concurrent map writes", "", "goroutine 22 [running]:",
      "main.f(0x1)", "\t/srv/f.go:3 +0x1",
    ]
    let text = lines.enumerated()
      .map { "Aug 10 11:20:5\($0.offset) host app[28774]: \($0.element)\n" }.joined()
    let crash = try #require(report(text))
    #expect(crash.message == "fatal error: concurrent map writes")
    #expect(crash.goroutines.frames == [Frame(function: "main.f", file: "/srv/f.go", line: 3)])
  }

  @Test func `a panic without traces is only a log line`() {
    #expect(report("2026/11/21 panic: recovered, going on\n") == nil)
  }

  @Test func `a panic that a program logged takes no later trace as its own`() {
    let text = """
      2026/11/20 03:00:01 worker: recovered panic: boom
      2026/11/20 03:00:02 went on

      goroutine 5 [running]:
      main.(*store).dump(0xc000012345)
      \t/srv/main.go:12 +0x1d

      """
    #expect(report(text) == nil)
  }

  @Test(arguments: [1, 40])
  func `panics that a program logged do not hide its fatal error`(count: Int) throws {
    let logged = "2026/11/20 03:00:01 worker: recovered panic: nil map\n2026/11/20 03:00:02 ok\n"
    let crash = try #require(
      report(String(repeating: logged, count: count) + Self.concurrentMap)
    )
    #expect(crash.kind == .concurrentMap)
    #expect(crash.goroutines.total == 1)
  }

  @Test func `a recovered panic with its trace does not hide a fatal error`() throws {
    let recovered = "panic: boom\n\ngoroutine 7 [running]:\nmain.f()\n\t/srv/f.go:1 +0x1\n\n"
    #expect(try #require(report(recovered + Self.concurrentMap)).kind == .concurrentMap)
  }

  @Test func `a logged fatal error does not hide a panic with its trace`() throws {
    let logged = "2026/11/20 03:00:01 fatal error: no configuration, using the default\n"
    let panic = "panic: boom\n\ngoroutine 7 [running]:\nmain.f()\n\t/srv/f.go:1 +0x1\n"
    let crash = try #require(report(logged + panic))
    #expect(crash.kind == .panic)
    #expect(crash.message == "panic: boom")
  }

  @Test(arguments: [
    "panic: boom [recovered]\n\tpanic: boom again",
    "panic: runtime error: index out of range [3] with length 3\n[signal SIGSEGV: x addr=0x0]",
    // Until Go 1.23 the further lines of a value were not indented.
    "panic: first line\nsecond line\nthird line",
    "panic: x\n\tsecond line\n\n\tfourth line",
  ])
  func `a panic goes on over several lines up to its trace`(panic: String) throws {
    let text = panic + "\n\ngoroutine 7 [running]:\nmain.f()\n\t/srv/f.go:1 +0x1\n"
    let crash = try #require(report(text))
    #expect(crash.kind == .panic)
    #expect(crash.goroutines.total == 1)
  }

  @Test func `a panic that the runtime could not unwind keeps its own message`() throws {
    let text = """
      panic: boom
      fatal error: panic on system stack

      goroutine 7 [running]:
      main.f()
      \t/srv/f.go:1 +0x1

      """
    #expect(try #require(report(text)).message == "panic: boom")
  }

  @Test func `a cited error is no crash`() {
    #expect(report("level=error msg=\"child said: fatal error: stack overflow\"\n") == nil)
  }

  @Test func `a signal at an address is corruption`() throws {
    let crash = try #require(CrashReport(try Fixture.bytes("crash-unsafe-pointer.log")))
    #expect(crash.kind == .memoryCorruption)
    #expect(crash.faultAddress == 0x95_00a1_6930)
    #expect(crash.message == "fatal error: unexpected signal during runtime execution")
  }

  @Test func `a bad pointer's address comes before its error`() throws {
    let crash = try #require(
      report(
        """
        runtime: pointer 0xc000d8b750 to unused region of span
        fatal error: found bad pointer in Go heap (incorrect use of unsafe or cgo?)

        """
      )
    )
    #expect(crash.faultAddress == 0xc0_00d8_b750)
  }

  @Test func `a log before the crash is passed over`() throws {
    let crash = try #require(CrashReport(try Fixture.bytes("crash-concurrent-map.log")))
    #expect(crash.kind == .concurrentMap)
    #expect(crash.goroutines.total == 15)
  }
}

struct ThreadExhaustionTests {
  @Test(arguments: [
    "runtime/cgo: pthread_create failed: Resource temporarily unavailable",
    "runtime: program exceeds 10000-thread limit\nfatal error: thread exhaustion",
    "runtime: failed to create new OS thread (have 9 already; errno=11)",
  ])
  func `a process that gets no further thread says so`(text: String) throws {
    let captures = try Capture.read(
      Array((text + "\n\ngoroutine 1 [running]:\n").utf8),
      source: "x"
    )
    guard case .crash(let crash) = captures.first?.content else {
      Issue.record("no crash")
      return
    }
    #expect(crash.kind == .threadExhaustion)
  }
}
