import Testing

@testable import GoFormats

struct ProfileTextTests {
  @Test func `a heap profile in text is scaled by its sampling rate`() throws {
    let text = """
      heap profile: 1: 1048576 [2: 2097152] @ heap/1048576
      1: 1048576 [2: 2097152] @ 0x400010 0x400020
      #\t0x40000f\tmain.load+0xf\t/srv/main.go:12

      # runtime.MemStats
      # HeapInuse = 1286144
      """
    let profile = try Profile(reading: Array(text: text))
    #expect(profile.sampleTypes.map(\.type).last == "inuse_space")
    #expect(profile.period == 524_288)
    // 1 MiB at a rate of 512 KiB is seen with probability 1 - e^-2.
    #expect(profile.values == [2, 2_425_393, 1, 1_212_696])
    #expect(profile.functionNames == ["main.load"])
  }

  @Test func `a heap profile in text comes with the MemStats at its end`() throws {
    let text = """
      heap profile: 1: 8 [1: 8] @ heap/1048576
      1: 8 [1: 8] @ 0x400010

      # runtime.MemStats
      # HeapInuse = 1286144
      """
    let captures = try Capture.read(Array(text: text), source: "heap")
    #expect(captures.map(\.format) == [.pprofHeap, .snapshots])
  }

  @Test func `counts have one value a stack`() throws {
    let text = "goroutine profile: total 3\n2 @ 0x10 0x20\n1 @ 0x10\n"
    let profile = try Profile(reading: Array(text: text))
    #expect(profile.values == [2, 1])
    #expect(profile.locationCount == 2)
  }

  @Test func `contention is scaled by the period and the clock`() throws {
    let text = """
      --- contention:
      cycles/second=2000000000
      sampling period=10
      400 3 @ 0x10
      """
      .replacing("=", with: " = ")
    let profile = try Profile(reading: Array(text: text))
    #expect(profile.values == [30, 2_000])
  }

  @Test func `a thread that is the same as the previous one counts with it`() throws {
    let text = """
      --- threadz 1 ---

      --- Thread 7f1 (name: main/1) stack: ---
        PC: 0x10: f
            0x20: g
      --- Thread 7f2 (name: pool/2) stack: ---
        [same as previous thread]
      --- Memory map: ---
        00400000-00500000: /srv/app
      """
    let profile = try Profile(reading: Array(text: text))
    #expect(profile.values == [2])
  }

  @Test func `a java profile has functions and no addresses`() throws {
    let text = """
      --- contentionz 1 ---
      format = java
      resolution = microseconds
      sampling period = 10
      7 2 @ 0x1 0x2
      0x1 com.example.leaf (Leaf.java:81)
      0x2 com.example.root (Root.java:5)
      """
    let profile = try Profile(reading: Array(text: text))
    #expect(profile.values == [20, 70])
    #expect(profile.functionNames == ["com.example.leaf", "com.example.root"])
    #expect(profile.lineNumbers == [81, 5])
  }

  @Test(arguments: [4, 8])
  func `a binary CPU profile ends at its trailer`(width: Int) throws {
    let words: [UInt8] = [0, 3, 0, 100, 0, 5, 2, 0x10, 0x20, 0, 1, 0]
    let bytes = words.flatMap { [$0] + [UInt8](repeating: 0, count: width - 1) }
    let profile = try Profile(reading: bytes)
    #expect(profile.period == 100_000)
    #expect(profile.values == [5, 500_000])
  }

  @Test func `a broken line is an error at its number`() {
    let text = "heap profile: 1: 8 [1: 8] @ heap/1048576\nnonsense\n"
    let expected = ParseError(
      format: "pprof",
      place: .line(2),
      reason: "expected \"objects: bytes [objects: bytes] @ addresses\""
    )
    #expect(throws: expected) { try Profile(reading: Array(text: text)) }
  }

  @Test(arguments: [(0.0, 1.0), (-1, 0.36787944117144233), (-20, 2.061153622438558e-9)])
  func `the exponential function is exact to the last places`(x: Double, value: Double) {
    #expect(abs(HeapSampling.exponential(x) - value) <= value * 4e-16)
  }

  @Test func `the calls that Go lists in comments name the stacks`() throws {
    let profile = try Profile(reading: try Fixture.bytes("heap-debug1.txt"))
    let column = try #require(profile.column("inuse_space"))
    let top = FunctionTotals(profile).top(3, column: column, by: .flat)
    #expect(top.map(\.name) == ["main.chunk", "main.main", "main.(*cache).store"])
    // As the same program's profile.proto says.
    #expect(top.first?.flat == 20_020_496)
  }

  @Test func `a heap in text amid prose is found with its MemStats`() throws {
    let heap = String(decoding: try Fixture.bytes("heap-debug1.txt"), as: UTF8.self)
    let paste =
      "The pod was killed again, this is what it held before:\n\n" + heap + "\nAny idea?\n"
    let captures = try Capture.read(Array(paste.utf8), source: "paste")
    #expect(captures.map(\.format) == [.pprofHeap, .snapshots, .story])
  }
}
