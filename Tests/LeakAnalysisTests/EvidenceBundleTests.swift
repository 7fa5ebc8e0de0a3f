import GoFormats
import LeakAnalysis
import LeakModel
import Testing

struct EvidenceBundleTests {
  @Test func `captures with a time are in its order whatever their names`() {
    let bundle = EvidenceBundle([
      .heap([], seconds: 200, source: "a.pb.gz"), .heap([], seconds: 100, source: "b.pb.gz"),
    ])
    #expect(bundle.heaps.map(\.source) == ["b.pb.gz", "a.pb.gz"])
  }

  @Test func `another capture between them by name does not turn two profiles round`() {
    let bundle = EvidenceBundle([
      .heap([], seconds: 200, source: "a-after.pb.gz"), .status(["VmRSS": 1], source: "m.txt"),
      .heap([], seconds: 100, source: "z-before.pb.gz"),
    ])
    #expect(bundle.heaps.map(\.source) == ["z-before.pb.gz", "a-after.pb.gz"])
  }

  @Test func `captures without a time are in the order of their names as people count`() {
    let bundle = EvidenceBundle([
      .heap([], source: "heap.10"), .heap([], source: "heap.9"), .heap([], source: "heap.1"),
    ])
    #expect(bundle.heaps.map(\.source) == ["heap.1", "heap.9", "heap.10"])
  }

  @Test func `the files of one cgroup folder come together`() {
    let bundle = EvidenceBundle([
      .cgroup(source: "cgroup.0/memory.current") { $0.usage = 70 },
      .cgroup(source: "cgroup.0/memory.max") { $0.limit = 100 },
      .cgroup(source: "cgroup.0/memory.stat") { $0.stat = ["file": 20, "anon": 40] },
    ])
    #expect(bundle.cgroups.map(\.source) == ["cgroup.0"])
    #expect(bundle.cgroups.first?.value.usage == 70)
    #expect(bundle.cgroups.first?.value.limit == 100)
    #expect(bundle.cgroups.first?.value.stat == ["file": 20, "anon": 40])
  }

  @Test func `the files of two cgroup folders stay apart`() {
    let bundle = EvidenceBundle([
      .cgroup(source: "cgroup.1/memory.current") { $0.usage = 90 },
      .cgroup(source: "cgroup.0/memory.current") { $0.usage = 70 },
      .cgroup(source: "cgroup.0/memory.max") { $0.limit = 100 },
      .cgroup(source: "cgroup.1/memory.max") { $0.limit = 100 },
    ])
    #expect(bundle.cgroups.map(\.source) == ["cgroup.0", "cgroup.1"])
    #expect(bundle.cgroups.map(\.value.usage) == [70, 90])
  }

  @Test func `the longest series is the series`() {
    let bundle = EvidenceBundle([
      .series(count: 50, source: "long.jsonl") { _ in [.vmRSS: 1] },
      .series(count: 1, source: "scrape.prom") { _ in [.vmRSS: 2] },
    ])
    #expect(bundle.series?.source == "long.jsonl")
  }

  @Test func `profiles are counted where there are two`() {
    let bundle = EvidenceBundle([
      .goroutines([(["main.a"], 1)], source: "g.0.pb.gz"),
      .goroutines([(["main.a"], 1)], source: "g.1.pb.gz"),
      .dump([("select", ["main.a"])], source: "g.0.txt"),
      .dump([("select", ["main.a"])], source: "g.1.txt"),
    ])
    #expect(bundle.countableCensuses.map(\.source) == ["g.0.pb.gz", "g.1.pb.gz"])
  }

  @Test func `two profiles are counted though there are more dumps`() {
    let bundle = EvidenceBundle([
      .goroutines([(["main.a"], 1)], source: "g.0.pb.gz"),
      .goroutines([(["main.a"], 1)], source: "g.1.pb.gz"),
      .dump([("select", ["main.a"])], source: "g.0.txt"),
      .dump([("select", ["main.a"])], source: "g.1.txt"),
      .dump([("select", ["main.a"])], source: "g.2.txt"),
    ])
    #expect(bundle.countableCensuses.map(\.source) == ["g.0.pb.gz", "g.1.pb.gz"])
  }

  @Test func `whole dumps are counted where there is but one profile`() {
    let bundle = EvidenceBundle([
      .goroutines([(["main.a"], 1)], source: "g.0.pb.gz"),
      .dump([("select", ["main.a"])], source: "g.0.txt"),
      .dump([("select", ["main.a"])], source: "g.1.txt"),
    ])
    #expect(bundle.countableCensuses.map(\.source) == ["g.0.txt", "g.1.txt"])
  }

  @Test func `a dump that is cut is counted only when there is nothing else`() throws {
    let cut = try Fixture.capture("goroutine-debug2-cut.txt")
    #expect(EvidenceBundle([cut]).countableCensuses.map(\.isComplete) == [false])
    let both = EvidenceBundle([cut, .dump([("select", ["main.a"])], source: "whole.txt")])
    #expect(both.countableCensuses.map(\.source) == ["whole.txt"])
  }

  @Test func `the limit is the cgroup's before the series'`() {
    let bundle = EvidenceBundle([
      .series { _ in [.cgroupLimit: 50] }, .cgroup { $0.limit = 100 },
    ])
    #expect(bundle.limit == 100)
  }

  @Test func `without cgroup files the limit is the series'`() {
    #expect(EvidenceBundle([.series { _ in [.cgroupLimit: 50] }]).limit == 50)
  }

  @Test(arguments: [0, 9_223_372_036_854_771_712.0])
  func `a limit that is none is not one`(limit: Double) {
    #expect(EvidenceBundle([.series { _ in [.cgroupLimit: limit] }]).limit == nil)
  }

  @Test(arguments: [
    ("heap.2", "heap.10"), ("heap.2.pb.gz", "heap.2.txt"), ("a", "b"), ("heap", "heap.0"),
    ("9", "a"), ("cgroup.0/memory.max", "cgroup.1/memory.current"),
    ("x99999999999999999999", "x99999999999999999999y"),
  ])
  func `names are ordered as people count`(first: String, second: String) {
    #expect(NaturalOrder(first) < NaturalOrder(second))
    #expect(!(NaturalOrder(second) < NaturalOrder(first)))
  }
}
