import Foundation
import LeakModel
import LeakRules
import Testing

@testable import LeakDiagnosis

struct MisbeliefTests {
  private let diagnoser: Diagnoser

  init() throws {
    diagnoser = Diagnoser(rulebook: try Rulebook.embedded)
  }

  @Test func `memory that grows beside a clean heap profile is pointed out`() throws {
    let folder = Fixture.folder.appending(path: "two-channel-send-blocked-and-cgo-leak")
    let files = try CaseFolder.read([folder.path]).files
    #expect(
      try diagnoser.diagnose(files).misbeliefs.map(\.belief)
        == ["a clean heap profile means safety"]
    )
    let blind = files.filter { !$0.source.contains("heap") }
    #expect(try diagnoser.diagnose(blind).misbeliefs.isEmpty, "no profile, no belief in it")
  }

  @Test func `collecting by hand while memory grows is pointed out`() throws {
    let misbeliefs = try misbeliefs(forced: 30, growth: 1)
    #expect(misbeliefs.map(\.belief) == ["calling runtime.GC() helps"])
    #expect(misbeliefs.first?.correction.contains("30 times") == true)
  }

  @Test func `where memory does not grow nobody is corrected`() throws {
    #expect(try misbeliefs(forced: 30, growth: 0).isEmpty)
  }

  @Test func `the cycles that profiles ask for are not the program's`() throws {
    #expect(try misbeliefs(forced: 3, growth: 1).isEmpty)
  }

  @Test func `a low GOGC while memory grows is pointed out`() throws {
    let trace = (1...60).map { cycle in
      let live = 100 + cycle
      return
        "gc \(cycle) @\(cycle).000s 1%: 0.1+1+0.1 ms clock, 0.2+0.1/1/1+0.2 ms cpu, \(live + 10)->\(live + 12)->\(live) MB, \((live - 1) * 6 / 5) MB goal, 0 MB stacks, 0 MB globals, 2 P"
    }
    let file = EvidenceFile(
      source: "gctrace.log",
      bytes: Array(trace.joined(separator: "\n").utf8)
    )
    let misbeliefs = try diagnoser.diagnose([file, series(forced: 0, growth: 1)]).misbeliefs
    #expect(misbeliefs.map(\.belief) == ["a low GOGC saves memory"])
  }

  private func misbeliefs(forced: Int, growth: Int) throws -> [Misbelief] {
    try diagnoser.diagnose([series(forced: forced, growth: growth)]).misbeliefs
  }

  /// Five minutes of a process that grows by so many MiB a sample and collects by hand.
  private func series(forced: Int, growth: Int) -> EvidenceFile {
    let lines = (0..<150).map { index in
      let heap = (50 + index * growth) << 20
      return
        #"{"t": \#(1_700_000_000 + index * 2), "HeapAlloc": \#(heap), "HeapInuse": \#(heap), "VmRSS": \#(heap + 10 << 20), "NumGC": \#(index), "NumForcedGC": \#(forced * index / 149)}"#
    }
    return EvidenceFile(source: "samples.jsonl", bytes: Array(lines.joined(separator: "\n").utf8))
  }
}
