import GoFormats
import LeakAnalysis
import LeakModel
import Testing

struct ProcessFactsTests {
  @Test func `resident memory is measured by the series`() throws {
    let facts = FactSet(.series { [.vmRSS: mib(50 + Double($0))] })
    #expect(facts.number(.processRSS) == mib(149))
    #expect(facts.word(.processRSSTrend) == "growing")
    #expect(try #require(facts.number(.processRSSGrowth)) > mib(70))
  }

  @Test func `without a series two status files tell the change`() {
    let facts = FactSet(
      .status(["VmRSS": 100, "RssFile": 10], source: "status.0"),
      .status(["VmRSS": 250, "RssFile": 50], source: "status.1")
    )
    #expect(facts.number(.processRSS) == 250)
    #expect(facts.number(.processRSSGrowth) == 150)
    #expect(facts.number(.processFileShare) == 0.2)
    #expect(facts.number(.processFileGrowth) == 40)
  }

  @Test func `one status file tells no change`() {
    #expect(FactSet(.status(["VmRSS": 100]))[.processRSSGrowth] == nil)
  }

  @Test func `native memory is anonymous memory that Go does not account for`() {
    let facts = FactSet(.series { _ in Self.memory(anonymous: 100, sys: 50, released: 10) })
    #expect(facts.number(.processNative) == mib(60))
    #expect(facts.number(.processNativeShare) == 0.5)
  }

  @Test func `pages given back lazily are not native memory`() {
    let facts = FactSet(
      .series { _ in Self.memory(anonymous: 100, sys: 50, released: 10) },
      .rollup(["Rss": Int64(mib(120)), "LazyFree": Int64(mib(40))])
    )
    #expect(facts.number(.processNative) == mib(20))
  }

  @Test func `native memory that grows is told`() throws {
    let facts = FactSet(
      .series { Self.memory(anonymous: 100 + Double($0), sys: 50, released: 10) }
    )
    #expect(try #require(facts.number(.processNativeGrowth)) > mib(70))
  }

  @Test func `without MemStats native memory is unknown`() {
    #expect(FactSet(.series { _ in [.vmRSS: mib(50), .rssAnon: mib(40)] })[.processNative] == nil)
  }

  @Test func `empty heap that is still resident is told`() {
    let facts = FactSet(
      .series { _ in
        Self.memory(anonymous: 100, sys: 120, released: 10).merging([.heapIdle: mib(70)]) { $1 }
      }
    )
    #expect(facts.number(.processIdleHeld) == mib(60))
    #expect(facts.number(.processIdleHeldShare) == 0.5)
  }

  @Test func `empty heap just after a GC cycle is not what stays empty`() {
    let facts = FactSet(
      .series { index in
        [
          .vmRSS: mib(100), .rssAnon: mib(90), .sys: mib(90),
          .heapIdle: mib(index == 99 ? 80 : 20), .heapReleased: mib(5),
        ]
      }
    )
    #expect(facts.number(.processIdleHeld) == mib(15))
  }

  @Test func `stacks are a share of the resident memory and a size for each goroutine`() {
    let facts = FactSet(
      .series { _ in [.vmRSS: mib(100), .stackInuse: mib(25), .numGoroutine: 25] }
    )
    #expect(facts.number(.processStackShare) == 0.25)
    #expect(facts.number(.processStackPerGoroutine) == mib(1))
  }

  @Test func `threads are counted by the series`() {
    let facts = FactSet(.series { [.threads: 10 + Double($0)] })
    #expect(facts.number(.processThreads) == 109)
    #expect(facts.number(.processThreadGrowth) == 79)
  }

  @Test func `threads are counted by status files where there is no series`() {
    let facts = FactSet(
      .status(["Threads": 10], source: "status.0"),
      .status(["Threads": 510], source: "status.1")
    )
    #expect(facts.number(.processThreads) == 510)
    #expect(facts.number(.processThreadGrowth) == 500)
  }

  @Test func `file descriptors that grow are told`() throws {
    let facts = FactSet(.series { [.fds: 20 + Double($0)] })
    #expect(try #require(facts.number(.processFDGrowth)) > 70)
  }

  @Test func `file descriptors that come up to a number and stay do not keep growing`() {
    #expect(FactSet(.series { [.fds: 20 + Double($0)] }).flag(.processFDIsGrowing) == true)
    let filled = FactSet(.series { [.fds: min(50, 20 + Double($0))] })
    #expect(filled.flag(.processFDIsGrowing) == false)
  }

  @Test func `huge pages are a share of the resident memory`() {
    let facts = FactSet(.rollup(["Rss": 100, "AnonHugePages": 80, "LazyFree": 10]))
    #expect(facts.number(.processHugePageShare) == 0.8)
    #expect(facts.number(.processLazyFreeShare) == 0.1)
  }

  @Test func `malloc's heap and arenas are added up`() {
    var summary = SmapsSummary()
    summary.cHeap.rss = 30
    summary.mallocArenas.rss = 12
    let facts = FactSet(Capture(source: "smaps", format: .smaps, content: .smaps(summary)))
    #expect(facts.number(.processMallocArenas) == 42)
  }

  @Test func `mappings without what is resident tell nothing of C's malloc`() {
    var summary = SmapsSummary()
    summary.cHeap.size = 1 << 20
    let facts = FactSet(Capture(source: "maps", format: .maps, content: .smaps(summary)))
    #expect(facts.number(.processMallocArenas) == nil)
  }

  @Test func `the parts of the breakdown add up to the resident memory`() throws {
    let bundle = EvidenceBundle([
      .series { _ in
        [
          .vmRSS: 1_000, .heapInuse: 400, .heapIdle: 200, .heapReleased: 50, .stackSys: 60,
          .gcSys: 30, .otherSys: 10, .rssFile: 100,
        ]
      }
    ])
    let parts = try #require(MemoryBreakdown(bundle))
    #expect(
      parts.heapInuse + parts.heapIdleHeld + parts.stacks + parts.runtime + parts.file
        + parts.unexplained == parts.rss
    )
    #expect(parts.heapIdleHeld == 150)
    #expect(parts.unexplained == 250)
  }

  @Test func `without MemStats there is no breakdown`() {
    #expect(MemoryBreakdown(EvidenceBundle([.series { _ in [.vmRSS: 1_000] }])) == nil)
  }

  /// A process of 120 MiB; all numbers in MiB.
  private static func memory(
    anonymous: Double,
    sys: Double,
    released: Double
  ) -> [Metric: Double] {
    [
      .vmRSS: mib(120), .rssAnon: mib(anonymous), .sys: mib(sys), .heapReleased: mib(released),
    ]
  }
}
