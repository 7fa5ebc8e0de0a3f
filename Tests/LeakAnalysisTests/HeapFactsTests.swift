import GoFormats
import LeakAnalysis
import LeakModel
import Testing

struct HeapFactsTests {
  private typealias Stack = Capture.HeapStack

  @Test func `the site that grew most is measured`() {
    #expect(Self.growth(by: 10).number(.heapSiteGrowth) == mib(10))
  }

  @Test func `growth below four samples of the profiler is noise`() {
    #expect(Self.growth(by: 1)[.heapSiteGrowth] == nil)
  }

  @Test func `the share of a site is of the whole growth`() {
    let facts = Self.facts(
      [Self.stack(["main.load"], 1)],
      [Self.stack(["main.load"], 7), Self.stack(["main.other"], 2)]
    )
    #expect(facts.number(.heapSiteShare) == 0.75)
  }

  @Test func `a lone profile has a share but no growth`() {
    let facts = FactSet(.heap([Self.stack(["main.load"], 3), Self.stack(["main.other"], 1)]))
    #expect(facts.number(.heapSiteShare) == 0.75)
    #expect(facts[.heapSiteGrowth] == nil)
  }

  @Test func `what allocates at the site is named`() {
    let facts = FactSet(.heap([Self.stack(["io.ReadAll", "main.load"], 8)]))
    #expect(facts.word(.heapSiteKind) == "read")
  }

  @Test(arguments: [(["main.load"], true), (["net/http.(*conn).readRequest"], false)])
  func `whose code a site is, is told`(functions: [String], isOwn: Bool) {
    #expect(FactSet(.heap([Self.stack(functions, 8)])).flag(.heapSiteIsOwn) == isOwn)
  }

  @Test func `what a library holds is not booked on a function that calls nobody`() throws {
    let text = """
      Type: inuse_space
      Showing nodes accounting for 310MB, 91% of 340MB total
            flat  flat%   sum%        cum   cum%
        210.50MB 61.91% 61.91%   210.50MB 61.91%  main.(*sessionStore).put
            40MB 11.76% 73.68%    40.10MB 11.79%  encoding/json.(*decodeState).lit
      """
    let facts = FactSet(
      measuring: EvidenceBundle(try Capture.read(Array(text.utf8), source: "top.txt"))
    )
    #expect(facts.number(.heapSiteShare).map { ($0 * 1_000).rounded() } == 619)
  }

  @Test func `a library's site leads only when it dwarfs the program's`() {
    func leads(_ library: Double) -> Bool? {
      FactSet(.heap([Self.stack(["main.load"], 2), Self.stack(["net/http.serve"], library)]))
        .flag(.heapSiteIsOwn)
    }
    #expect(leads(6) == true)
    #expect(leads(20) == false)
  }

  @Test func `the typical size of the objects is told`() {
    let facts = FactSet(
      .heap([Stack(functions: ["main.load"], objects: 8, bytes: 8 << 20)])
    )
    #expect(facts.number(.heapSiteObjectSize) == mib(1))
  }

  @Test func `small objects beside large ones are companions`() {
    let large = Stack(functions: ["main.load"], objects: 8, bytes: 8 << 20)
    let small = Stack(functions: ["main.load"], objects: 10_000, bytes: 1 << 20)
    #expect(FactSet(.heap([large])).flag(.heapSiteCompanions) == false)
    #expect(FactSet(.heap([large, small])).flag(.heapSiteCompanions) == true)
  }

  @Test func `the sizes of the objects are counted`() {
    let facts = FactSet(
      .heap([
        Stack(functions: ["main.load"], objects: 8, bytes: 8 << 20),
        Stack(functions: ["main.load"], objects: 4, bytes: 8 << 20),
      ])
    )
    #expect(facts.number(.heapSiteSizeCount) == 2)
  }

  @Test func `sites inside of request handlers are told`() {
    let facts = FactSet(.heap([Self.stack(["main.load", "net/http.(*conn).serve"], 8)]))
    #expect(facts.flag(.heapSiteInHandler) == true)
  }

  @Test func `retention is what stayed of what was allocated`() {
    let facts = Self.facts(
      [Stack(functions: ["main.load"], allocatedObjects: 1, allocatedBytes: 10 << 20)],
      [
        Stack(
          functions: ["main.load"],
          objects: 1,
          bytes: 5 << 20,
          allocatedObjects: 3,
          allocatedBytes: 30 << 20
        )
      ]
    )
    #expect(facts.number(.heapSiteRetention) == 0.25)
  }

  @Test func `scratch memory of another line does not lower the retention`() {
    let scratch = ["strconv.Quote", "main.load"]
    let facts = Self.facts(
      [Self.stack(["main.load"], 2)],
      [
        Self.stack(["main.load"], 10),
        Stack(functions: scratch, allocatedObjects: 9, allocatedBytes: 90 << 20),
      ]
    )
    #expect(facts.number(.heapSiteRetention) == 1)
  }

  @Test(arguments: [([2.0, 12, 22], 1.0), ([2, 12, 12], 0.0)])
  func `what is kept late is told against early`(held: [Double], expected: Double) {
    #expect(Self.course(held: held).number(.heapSiteLateRetention) == expected)
  }

  @Test(arguments: [(100.0, true), (10.0, false)])
  func `a leak in a heap too large to show it creeps`(static: Double, expected: Bool) {
    let captures = [2.0, 6, 10].enumerated().map { index, held in
      Capture.heap(
        [Self.stack(["main.load"], held), Self.stack(["main.table"], `static`)],
        source: "h.\(index)"
      )
    }
    let facts = FactSet(measuring: EvidenceBundle(captures))
    #expect(facts.flag(.heapSiteCreeps) == expected)
  }

  @Test func `two profiles tell nothing of late against early`() {
    #expect(Self.growth(by: 10)[.heapSiteLateRetention] == nil)
  }

  @Test func `profiles of one GC cycle are one profile`() {
    let captures = [2.0, 12, 12].enumerated().map { index, size in
      Capture.heap([Self.stack(["main.load"], size)], source: "h.\(index)")
    }
    let facts = FactSet(measuring: EvidenceBundle(captures))
    #expect(facts[.heapTrend] == nil)
  }

  @Test(arguments: [
    (Int64(4), Int64(4), true), (4, 16, false), (0, 1, true), (0, 16, false),
  ])
  func `objects that get larger, not more, are a container that is regrown`(
    before: Int64,
    after: Int64,
    expected: Bool
  ) {
    func stack(_ objects: Int64, _ bytes: Int64) -> Stack {
      Stack(
        functions: ["main.load"],
        objects: objects,
        bytes: bytes,
        allocatedObjects: objects * 2,
        allocatedBytes: bytes * 2
      )
    }
    let facts = Self.facts([stack(before, before << 20)], [stack(after, 16 << 20)])
    #expect(facts.flag(.heapSiteRegrown) == expected)
  }

  @Test func `what the function does is told by its name`() {
    let facts = FactSet(.heap([Self.stack(["main.(*book).Lookup"], 8)]))
    #expect(facts.word(.heapSiteVerb) == "answers")
  }

  @Test(arguments: [
    (["context.WithCancel", "main.load"], FactID.heapContextGrowth),
    (["time.NewTimer", "main.load"], .heapTimerGrowth),
    (["database/sql.(*DB).query", "main.load"], .heapDatabaseGrowth),
    (["github.com/prometheus/client_golang/prometheus.f", "main.load"], .heapMetricsGrowth),
    (["github.com/hashicorp/golang-lru.f", "main.load"], .heapCacheLibraryShare),
  ])
  func `growth made by a telling library is told`(functions: [String], fact: FactID) {
    let facts = Self.facts(
      [Self.stack(["main.other"], 1)],
      [Self.stack(["main.other"], 3), Self.stack(functions, 6)]
    )
    #expect(facts.number(fact) == 0.75)
  }

  @Test(arguments: [
    ["bytes.growSlice", "bytes.(*Buffer).grow", "main.render"],
    ["github.com/them/lib.newBuffer", "sync.(*Pool).Get", "main.render"],
    ["main.init.func1", "sync.(*Pool).Get", "main.render"],
  ])
  func `buffers that grew and what pools made are a share of the heap`(functions: [String]) {
    let facts = FactSet(.heap([Self.stack(["main.load"], 6), Self.stack(functions, 2)]))
    #expect(facts.number(.heapPoolShare) == 0.25)
  }

  @Test(arguments: [(["sync.(*Pool).Get", "main.load"], true), (["main.load"], false)])
  func `a site that takes from a pool is told`(functions: [String], expected: Bool) {
    let facts = FactSet(.heap([Self.stack(functions, 8)]))
    #expect(facts.flag(.heapSiteUsesPool) == expected)
  }

  @Test func `a call that is on a stack in every census does not return`() {
    let facts = FactSet(
      .heap([Self.stack(["main.load"], 1)], source: "h.0"),
      .heap([Self.stack(["main.load"], 9)], source: "h.1"),
      .goroutines([(["main.load"], 1)], source: "g.0"),
      .goroutines([(["main.load"], 1)], source: "g.1")
    )
    #expect(facts.flag(.heapSiteInLongLivedCall) == true)
  }

  @Test func `a call that is gone from a census returns`() {
    let facts = FactSet(
      .heap([Self.stack(["main.load"], 1)], source: "h.0"),
      .heap([Self.stack(["main.load"], 9)], source: "h.1"),
      .goroutines([(["main.load"], 1)], source: "g.0"),
      .goroutines([(["main.other"], 1)], source: "g.1")
    )
    #expect(facts.flag(.heapSiteInLongLivedCall) == false)
  }

  @Test func `calls that become more each hold their own`() {
    let facts = FactSet(
      .heap([Self.stack(["main.pump"], 1)], source: "h.0"),
      .heap([Self.stack(["main.pump"], 9)], source: "h.1"),
      .goroutines([(["main.pump"], 30)], source: "g.0"),
      .goroutines([(["main.pump"], 90)], source: "g.1")
    )
    #expect(facts.flag(.heapSiteInLongLivedCall) == false)
  }

  @Test(arguments: [
    // A closure of the function returns, and who serves does nothing else any more.
    ("main.load.func1", ["main.load"]),
    ("main.load", ["net.accept", "net/http.(*Server).Serve", "main.load"]),
    ("main.load", ["main.load", "net/http.(*conn).serve"]),
  ])
  func `a call that only looks long-lived returns`(site: String, stack: [String]) {
    let facts = FactSet(
      .heap([Self.stack([site], 1)], source: "h.0"),
      .heap([Self.stack([site], 9)], source: "h.1"),
      .goroutines([(stack, 1)], source: "g.0"),
      .goroutines([(stack, 1)], source: "g.1")
    )
    #expect(facts.flag(.heapSiteInLongLivedCall) == false)
  }

  @Test(arguments: [
    ([10.0, 20, 30], "growing"), ([10, 29.5, 30], "saturating"), ([10, 10.05, 10.1], "flat"),
  ])
  func `three profiles tell the trend where there is no series`(sizes: [Double], trend: String) {
    let captures = sizes.enumerated().map { index, size in
      Capture.heap([Self.stack(["main.load"], size)], source: "h.\(index)")
    }
    #expect(FactSet(measuring: EvidenceBundle(captures)).word(.heapTrend) == trend)
  }

  @Test func `the busiest site of allocation is told apart from what is in use`() {
    let facts = FactSet(
      .heap([
        Self.stack(["main.keep"], 8),
        Stack(functions: ["main.churn"], allocatedObjects: 1_024, allocatedBytes: 32 << 20),
      ])
    )
    #expect(facts.number(.allocSiteShare) == 0.8)
    #expect(facts.number(.allocSiteObjectSize) == 32_768)
    #expect(facts.word(.allocSiteKind) == "own")
  }

  @Test func `a heap profile from the field names its site`() throws {
    let facts = FactSet(try Fixture.capture("heap-http-body-unclosed.pb.gz"))
    #expect(facts[.heapSiteShare] != nil)
  }

  /// Three profiles of a site that allocates 20 MiB between each two, with so much held in each.
  private static func course(held: [Double]) -> FactSet {
    let captures = held.enumerated().map { index, held in
      let stack = Stack(
        functions: ["main.load"],
        objects: Int64(held) << 10,
        bytes: Int64(mib(held)),
        allocatedObjects: Int64(index + 1) * 20 << 10,
        allocatedBytes: Int64(index + 1) * 20 << 20
      )
      return Capture.heap([stack], source: "h.\(index)")
    }
    return FactSet(measuring: EvidenceBundle(captures))
  }

  /// Objects of 1 KiB in use, as many as were ever allocated.
  private static func stack(_ functions: [String], _ mebibytes: Double) -> Stack {
    let bytes = Int64(mib(mebibytes))
    return Stack(
      functions: functions,
      objects: bytes / 1_024,
      bytes: bytes,
      allocatedObjects: bytes / 1_024,
      allocatedBytes: bytes
    )
  }

  private static func facts(_ first: [Stack], _ last: [Stack]) -> FactSet {
    FactSet(.heap(first, source: "h.0"), .heap(last, source: "h.1"))
  }

  private static func growth(by mebibytes: Double) -> FactSet {
    facts([stack(["main.load"], 2)], [stack(["main.load"], 2 + mebibytes)])
  }
}
