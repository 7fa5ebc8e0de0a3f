import GoFormats
import LeakAnalysis
import LeakModel
import Testing

struct RuntimeFactsTests {
  @Test func `a last scrape that failed takes no fact away`() {
    let whole = Capture.series(count: 60) { index in
      [.totalAlloc: Double(index) * 1e8, .mallocs: Double(index) * 1e4]
    }
    guard case .snapshots(var series) = whole.content else { return }
    series.append(at: 600, [.vmRSS: 1e8])
    let cut = Capture(source: "cut.jsonl", format: .snapshots, content: .snapshots(series))
    for fact: FactID in [.allocRate, .allocMeanSize, .allocObjectRate] {
      #expect(FactSet(cut).number(fact) == FactSet(whole).number(fact))
      #expect(FactSet(cut)[fact] != nil)
    }
  }

  @Test func `goroutines that rise through the whole series are growing`() {
    let facts = FactSet(.series { [.numGoroutine: 50 + Double($0) * 10] })
    #expect(facts.flag(.goroutineIsGrowing) == true)
    #expect(facts.flag(.goroutineBurst) == false)
  }

  @Test func `the slope of goroutines is told by the minute`() throws {
    let facts = FactSet(.series { [.numGoroutine: 50 + Double($0) * 10] })
    #expect(abs(try #require(facts.number(.goroutineSlope)) - 60) < 0.001)
  }

  @Test func `goroutines that jump and fall again are a burst and do not grow`() {
    let facts = FactSet(.series { [.numGoroutine: (40..<60).contains($0) ? 5_000 : 50] })
    #expect(facts.flag(.goroutineBurst) == true)
    #expect(facts.flag(.goroutineIsGrowing) == false)
  }

  @Test func `a level number of goroutines is neither`() {
    let facts = FactSet(.series { [.numGoroutine: 50 + Double($0 % 7)] })
    #expect(facts.flag(.goroutineBurst) == false)
    #expect(facts.flag(.goroutineIsGrowing) == false)
  }

  @Test func `a sawtooth on a rising floor is a heap that grows`() {
    let facts = FactSet(.series { Self.heap(floor: 20 + Double($0), at: $0) })
    #expect(facts.word(.heapTrend) == "growing")
  }

  @Test func `a sawtooth on a level floor is a heap that does not`() {
    #expect(FactSet(.series { Self.heap(floor: 20, at: $0) }).word(.heapTrend) == "flat")
  }

  @Test func `without GC cycles the rise of the heap says nothing`() {
    let facts = FactSet(.series { [.heapAlloc: mib(20 + Double($0)), .numGC: 3] })
    #expect(facts[.heapTrend] == nil)
  }

  @Test(arguments: [
    ([10.0, 20, 40, 80], "growing"), ([10, 17, 35, 40], "saturating"), ([40, 41, 40, 42], "flat"),
  ])
  func `a few GC cycles tell the trend by what each leaves`(live: [Double], trend: String) {
    let facts = FactSet(.series { Self.fewCycles(live: live, at: $0) })
    #expect(facts.word(.heapTrend) == trend)
  }

  @Test func `fragmentation is heap spans over live objects`() {
    let facts = FactSet(.series { _ in [.heapAlloc: mib(20), .heapInuse: mib(50), .numGC: 1] })
    #expect(facts.number(.heapFragmentation) == 2.5)
  }

  @Test func `allocation is measured by the second`() {
    let facts = FactSet(
      .series {
        [
          .totalAlloc: mib(Double($0) * 100), .mallocs: Double($0) * 102_400, .heapAlloc: mib(5),
        ]
      }
    )
    #expect(facts.number(.allocRate) == mib(10))
    #expect(facts.number(.allocObjectRate) == 10_240)
    #expect(facts.number(.allocMeanSize) == 1_024)
    #expect(facts.number(.allocTurnover) == 2)
  }

  @Test func `a counter that was reset has no rate`() {
    let facts = FactSet(.series { [.totalAlloc: $0 < 90 ? Double($0) * 1e6 : 0] })
    #expect(facts[.allocRate] == nil)
  }

  @Test func `GC cycles are counted by the second`() {
    let facts = FactSet(.series { [.numGC: Double($0) * 5, .nextGC: mib(8)] })
    #expect(facts.number(.gcRate) == 0.5)
  }

  @Test func `a goal without bound means that the GC is off`() {
    let facts = FactSet(
      .series { _ in [.numGC: 0, .nextGC: 1.844_674_407_370_955e19, .heapAlloc: mib(5)] }
    )
    #expect(facts.flag(.gcOff) == true)
  }

  @Test func `a GC that runs is not off`() {
    #expect(FactSet(.series { Self.heap(floor: 20, at: $0) }).flag(.gcOff) == false)
  }

  @Test func `the goal is told against the live heap and the limit`() {
    let facts = FactSet(
      .series { _ in
        [.numGC: 5, .nextGC: mib(80), .heapAlloc: mib(20), .cgroupLimit: mib(100)]
      }
    )
    #expect(facts.number(.gcGoalOverLive) == 4)
    #expect(facts.number(.gcGoalOverLimit) == 0.8)
    #expect(facts.number(.gcLiveOverLimit) == 0.2)
  }

  @Test func `without a limit nothing is told against it`() {
    let facts = FactSet(.series { Self.heap(floor: 20, at: $0) })
    #expect(facts[.gcGoalOverLimit] == nil)
    #expect(facts[.gcLiveOverLimit] == nil)
  }

  @Test func `a gctrace tells what the GC costs`() {
    // Ten cycles a second of 50 ms on two processors: a quarter of them.
    let facts = FactSet(Self.trace { _ in (cpu: 50, live: 20, goal: 40) })
    #expect(abs((facts.number(.gcCPURecent) ?? 0) - 0.25) < 0.01)
  }

  @Test func `a gctrace tells the goal over the live heap`() {
    #expect(FactSet(Self.trace { _ in (50, 20, 60) }).number(.gcGoalOverLive) == 3)
  }

  @Test func `a gctrace tells the trend of the live heap`() {
    let facts = FactSet(Self.trace { (1, 20 + Double($0), 100) })
    #expect(facts.word(.heapTrend) == "growing")
  }

  @Test func `a gctrace of fewer than three cycles tells nothing`() {
    #expect(FactSet(Self.trace(count: 2) { _ in (1, 20, 40) }).all.isEmpty)
  }

  @Test func `a series tells how often the program collected by hand`() {
    let facts = FactSet(.series { [.numForcedGC: Double($0 / 10)] })
    #expect(facts.number(.gcForced) == 9)
  }

  @Test(arguments: [20, 50, 100, 400])
  func `the goals of a gctrace tell GOGC`(percent: Int) {
    // Each cycle aims at the live heap of the one before and GOGC percent of it.
    let trace = Self.trace { cycle in
      let before = 100 + Double(cycle - 1) * 3
      return (1, 100 + Double(cycle) * 3, before * (1 + Double(percent) / 100))
    }
    #expect(EvidenceBundle([trace]).goGC?.percent == Double(percent))
  }

  @Test func `goals at the live heap are a memory limit's and tell no GOGC`() {
    let trace = Self.trace { cycle in (1, 100 + Double(cycle), 100 + Double(cycle)) }
    #expect(EvidenceBundle([trace]).goGC == nil)
  }

  @Test func `a heap of a few MiB tells no GOGC`() {
    #expect(EvidenceBundle([Self.trace { _ in (1, 3, 4) }]).goGC == nil)
  }

  /// A heap whose GC runs each fifth snapshot, in MiB over its floor.
  private static func heap(floor: Double, at index: Int) -> [Metric: Double] {
    [
      .heapAlloc: mib(floor + Double(index % 5) * 20), .numGC: Double(index / 5),
      .nextGC: mib(floor + 100),
    ]
  }

  /// A heap with three GC cycles in the first half and one in the second, each leaving so many MiB.
  private static func fewCycles(live: [Double], at index: Int) -> [Metric: Double] {
    let cycles = [15, 30, 45, 75]
    guard let last = cycles.lastIndex(where: { $0 <= index }) else {
      return [.heapAlloc: mib(2 + Double(index)), .numGC: 1, .nextGC: mib(2 * live[0])]
    }
    return [
      .heapAlloc: mib(live[last] + Double(index - cycles[last]) * 1.5),
      .numGC: Double(last + 2), .nextGC: mib(2 * live[last]),
    ]
  }

  /// A trace with ten cycles a second on two processors.
  private static func trace(
    count: Int = 101,
    _ cycle: (Int) -> (cpu: Double, live: Double, goal: Double)
  ) -> Capture {
    var trace = GCTrace()
    for index in 0..<count {
      let (cpu, live, goal) = cycle(index)
      trace.cycles.append(index)
      trace.times.append(Double(index) / 10)
      trace.cpuTimes.append(cpu)
      trace.live.append(live)
      trace.goals.append(goal)
      trace.stacks.append(0)
      trace.processors.append(2)
    }
    return Capture(source: "gctrace.log", format: .gcTrace, content: .gcTrace(trace))
  }
}
