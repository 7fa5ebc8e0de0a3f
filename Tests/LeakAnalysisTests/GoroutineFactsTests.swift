import GoFormats
import LeakAnalysis
import LeakModel
import Testing

struct GoroutineFactsTests {
  private static let parked = ["runtime.gopark", "runtime.chansend", "runtime.chansend1"]
  private static let sender = parked + ["main.(*Hub).Publish", "main.pump"]

  @Test func `the group that grew most is counted`() {
    #expect(Self.senders(from: 5, to: 505).number(.goroutineGrowingCount) == 500)
  }

  @Test func `the wait of the growing group is named`() {
    #expect(Self.senders(from: 5, to: 505).word(.goroutineGrowingWait) == "chan_send")
  }

  @Test func `the share is of all new goroutines`() {
    let facts = FactSet(
      .goroutines([(["main.a"], 1)], source: "g.0"),
      .goroutines([(["main.a"], 76), (["main.b"], 25)], source: "g.1")
    )
    #expect(facts.number(.goroutineGrowingShare) == 0.75)
  }

  @Test func `a handful of goroutines more has no share and no wait`() {
    let facts = Self.senders(from: 5, to: 12)
    #expect(facts.number(.goroutineGrowingCount) == 7)
    #expect(facts[.goroutineGrowingShare] == nil)
    #expect(facts[.goroutineGrowingWait] == nil)
  }

  @Test func `of a goroutine picked out alone no share is told`() {
    let facts = FactSet(.dump([("chan send, 41 minutes", ["main.(*Hub).Publish"])]))
    #expect(facts.flag(.goroutineExcerpt) == true)
    #expect(facts.word(.goroutineGrowingWait) == "chan_send")
    #expect(facts[.goroutineGrowingShare] == nil)
  }

  @Test func `the goroutine that crashed is no pile`() throws {
    let text = """
      fatal error: runtime: out of memory

      goroutine 1 [running]:
      main.load(...)
      \t/srv/cart/load.go:12 +0x44
      """
    let captures = try Capture.read(Array(text.utf8), source: "stderr.log")
    let facts = FactSet(measuring: EvidenceBundle(captures))
    #expect(facts.word(.crashKind) == "out-of-memory")
    #expect(facts[.goroutineExcerpt] == nil)
  }

  @Test func `nothing that grew is a count of none`() {
    #expect(Self.senders(from: 50, to: 50).number(.goroutineGrowingCount) == 0)
  }

  @Test func `an own frame on the growing stacks is told`() {
    #expect(Self.senders(from: 0, to: 50).flag(.goroutineGrowingHasOwnFrame) == true)
  }

  @Test func `growing stacks of a library alone have no own frame`() {
    let facts = FactSet(.goroutines([(["net/http.(*persistConn).writeLoop"], 50)]))
    #expect(facts.flag(.goroutineGrowingHasOwnFrame) == false)
  }

  @Test(arguments: [(["net/http.(*conn).serve"], true), (["main.main"], false)])
  func `goroutines inside of request handlers are told`(root: [String], expected: Bool) {
    let facts = FactSet(.goroutines([(["main.wait"] + root, 50)]))
    #expect(facts.flag(.goroutineGrowingInHandler) == expected)
  }

  @Test func `the waiting time comes from the dump beside the profiles`() {
    let facts = FactSet(
      .goroutines([(Self.sender, 1)], source: "g.0.pb.gz"),
      .goroutines([(Self.sender, 100)], source: "g.1.pb.gz"),
      .dump(
        [
          ("chan send, 41 minutes", ["main.(*Hub).Publish", "main.pump"]),
          ("chan send, 3 minutes", ["main.(*Hub).Publish", "main.pump"]),
          ("select, 90 minutes", ["main.other"]),
        ],
        source: "g.1.txt"
      )
    )
    #expect(facts.number(.goroutineGrowingWaitMinutes) == 41)
  }

  @Test func `without a dump the waiting time is unknown`() {
    #expect(Self.senders(from: 0, to: 500)[.goroutineGrowingWaitMinutes] == nil)
  }

  @Test func `connections whose body is not read wait in select`() {
    let waiting = ["runtime.gopark", "runtime.selectgo", "net/http.(*persistConn).readLoop"]
    let idle = [
      "runtime.gopark", "runtime.netpollblock", "internal/poll.runtime_pollWait",
      "net/http.(*persistConn).readLoop",
    ]
    let facts = FactSet(.goroutines([(waiting, 30), (idle, 10)]))
    #expect(facts.number(.goroutineHTTPClientGrowth) == 40)
    #expect(facts.number(.goroutineHTTPClientBodyOpenShare) == 0.75)
  }

  @Test func `an HTTP/2 stream is a response whose body is open`() {
    let stream = ["runtime.gopark", "runtime.selectgo", "net/http.(*http2clientStream).doRequest"]
    let facts = FactSet(.goroutines([(stream, 30)]))
    #expect(facts.number(.goroutineHTTPClientGrowth) == 30)
    #expect(facts.number(.goroutineHTTPClientBodyOpenShare) == 1)
  }

  @Test func `idle connections are clients that nobody closed`() {
    let idle = [
      "runtime.gopark", "runtime.netpollblock", "internal/poll.runtime_pollWait",
      "net/http.(*persistConn).readLoop",
    ]
    #expect(FactSet(.goroutines([(idle, 10)])).number(.goroutineClientHandlesGrowth) == 10)
  }

  @Test(arguments: [
    ("database/sql.(*DB).connectionOpener", FactID.goroutineSQLPoolGrowth),
    ("database/sql.(*Rows).awaitDone", .goroutineSQLRowsGrowth),
    ("database/sql.(*DB).conn", .goroutineSQLConnWaitGrowth),
    ("google.golang.org/grpc.(*addrConn).resetTransport", .goroutineRPCClientGrowth),
  ])
  func `goroutines of client libraries are counted`(function: String, fact: FactID) {
    #expect(FactSet(.goroutines([([function], 21)])).number(fact) == 21)
  }

  @Test(arguments: ["runtime.runfinq", "runtime.runFinalizers", "runtime.runCleanups"])
  func `a finalizer goroutine inside the program is stuck`(runner: String) {
    // Until Go 1.24 the runtime's function is runfinq.
    let facts = FactSet(.goroutines([(["runtime.gopark", "main.close", runner], 1)]))
    #expect(facts.flag(.goroutineFinalizerStuck) == true)
  }

  @Test func `a dump with the runtime's frames shows a stuck finalizer of Go 1.19`() {
    // As GOTRACEBACK=system prints it.
    let facts = FactSet(
      .dump([
        ("chan receive", ["main.close", "runtime.runfinq", "created by runtime.createfing"])
      ])
    )
    #expect(facts.flag(.goroutineFinalizerStuck) == true)
  }

  @Test func `a finalizer goroutine at rest is not stuck`() {
    let facts = FactSet(.dump([("finalizer wait", ["runtime.gopark", "runtime.runfinq"])]))
    #expect(facts.flag(.goroutineFinalizerStuck) == false)
  }

  @Test func `a finalizer seen busy once in two captures is not stuck`() {
    let facts = FactSet(
      .dump([("running", ["main.close", "runtime.runfinq"])], source: "g.0.txt"),
      .dump([("finalizer wait", ["runtime.runfinq"])], source: "g.1.txt")
    )
    #expect(facts.flag(.goroutineFinalizerStuck) == false)
  }

  @Test func `the goroutines of the last census are counted where no series is`() {
    let facts = Self.senders(from: 5, to: 505)
    #expect(facts.number(.goroutineCount) == 505)
    #expect(facts.number(.goroutineGrowth) == 500)
    #expect(facts.number(.goroutineGrowthRatio) == 101)
  }

  @Test func `the slope is told from the times of the profiles`() {
    let facts = FactSet(
      .goroutines([(["main.a"], 100)], seconds: 1_000, source: "g.0"),
      .goroutines([(["main.a"], 400)], seconds: 1_120, source: "g.1")
    )
    #expect(facts.number(.goroutineSlope) == 150)
  }

  @Test(arguments: [([10, 60, 110], true), ([10, 11, 110], false), ([100, 105, 110], false)])
  func `three censuses tell whether goroutines grow steadily`(counts: [Int], expected: Bool) {
    let captures = counts.enumerated().map { index, count in
      Capture.goroutines([(["main.a"], count)], source: "g.\(index)")
    }
    let facts = FactSet(measuring: EvidenceBundle(captures))
    #expect(facts.flag(.goroutineIsGrowing) == expected)
  }

  @Test func `the deepest stack is told from the dumps`() {
    let facts = FactSet(
      .dump([
        ("running", [String](repeating: "main.visit", count: 90)), ("select", ["main.a"]),
      ])
    )
    #expect(facts.number(.goroutineDeepestStack) == 90)
  }

  @Test func `goroutines that woke up are told from those that did not`() {
    func facts(minutes: Int) -> FactSet {
      let sender = ["main.(*Hub).Publish", "main.pump"]
      return FactSet(
        .goroutines([(Self.sender, 5)], seconds: 1_000, source: "g.0"),
        .goroutines([(Self.sender, 200)], seconds: 2_200, source: "g.1"),
        .dump([("chan send, \(minutes) minutes", sender)], source: "g.1.txt")
      )
    }
    #expect(facts(minutes: 20).flag(.goroutineGrowingWakes) == false)
    #expect(facts(minutes: 2).flag(.goroutineGrowingWakes) == true)
  }

  @Test func `without goroutine captures nothing is known of goroutines`() {
    let facts = FactSet(.status(["VmRSS": 1]))
    #expect(facts.all.filter { $0.id.rawValue.hasPrefix("goroutine.") }.isEmpty)
  }

  @Test func `a fact names the captures it was measured on`() {
    #expect(Self.senders(from: 5, to: 505)[.goroutineGrowingCount]?.from == ["g.0", "g.1"])
  }

  private static func senders(from first: Int, to last: Int) -> FactSet {
    FactSet(
      .goroutines([(sender, first)], source: "g.0"),
      .goroutines([(sender, last)], source: "g.1")
    )
  }
}
