import Foundation
import GoFormats
import LeakAnalysis
import LeakModel
import LeakRules
import Testing

@testable import LeakDiagnosis

struct DiagnoserTests {
  private let diagnoser: Diagnoser

  init() throws {
    diagnoser = Diagnoser(rulebook: try Rulebook.embedded)
  }

  @Test func `the cause and the function of a shipped case are named`() throws {
    let first = try #require(try diagnoser.diagnose(files()).verdicts.first)
    #expect(first.cause == .channelSendBlocked)
    #expect(first.culprit?.function == "main.(*fileReader).emit")
  }

  @Test func `who calls the library whose goroutines pile up is the culprit`() throws {
    let names = ["goroutine.0.pb.gz", "goroutine.2.pb.gz", "heap.2.pb.gz"]
    let files = try names.map { try Fixture.file("case-client-per-request/" + $0) }
    let first = try #require(try diagnoser.diagnose(files).verdicts.first)
    #expect(first.cause == .clientPerRequest)
    #expect(first.culprit?.function == "main.loadCart")
  }

  @Test func `the same evidence gives the same bytes`() throws {
    let files = try files()
    #expect(try json(diagnoser.diagnose(files)) == json(diagnoser.diagnose(files)))
  }

  @Test func `the order of the files does not matter to the verdicts`() throws {
    let files = try files()
    var forward = try diagnoser.diagnose(files)
    var backward = try diagnoser.diagnose(files.reversed())
    #expect(forward.evidence.count == backward.evidence.count)
    // The captures are listed as they were handed in.
    forward.evidence = []
    backward.evidence = []
    #expect(try json(forward) == json(backward))
  }

  @Test func `a profile of another program is ignored, with its reason`() throws {
    let files = [
      try Fixture.file("verify-before/heap.0.pb.gz"),
      try Fixture.file("heap-http-body-unclosed.pb.gz"),
    ]
    let examination = Examination(files)
    #expect(examination.read.map(\.source) == ["verify-before/heap.0.pb.gz"])
    #expect(examination.recognised.count == 2)
    #expect(
      examination.ignored.map(\.reason) == [
        "left out beside verify-before/heap.0.pb.gz: it is of the program geo-enricher, and the one it would be"
          + " compared with of invoice-archiver"
      ]
    )
  }

  @Test func `every file is either read or ignored`() throws {
    let files = try files() + [EvidenceFile(source: "notes.txt", bytes: Array("hello".utf8))]
    let diagnosis = try diagnoser.diagnose(files)
    let sources = Set(diagnosis.evidence.map(\.source) + diagnosis.ignored.map(\.source))
    #expect(sources == Set(files.map(\.source)))
    #expect(diagnosis.ignored.map(\.source) == ["notes.txt"])
  }

  @Test func `evidence is listed with its hash, format and time`() throws {
    let file = try Fixture.file("heap-http-body-unclosed.pb.gz")
    let read = try #require(try diagnoser.diagnose([file]).evidence.first)
    #expect(read.sha256 == file.sha256)
    #expect(read.format == "pprof-heap")
    #expect(read.capturedAt.flatMap { Instant($0) } != nil)
  }

  @Test func `nothing recognised is an error with a reason for each file`() {
    let files = [
      EvidenceFile(source: "notes.txt", bytes: Array("hello".utf8)),
      EvidenceFile(source: "empty", bytes: []),
    ]
    let gone = IgnoredFile(source: "gone", reason: "it cannot be read")
    let error = #expect(throws: Diagnoser.NothingRecognised.self) {
      try diagnoser.diagnose(files, ignored: [gone])
    }
    #expect(error?.ignored.map(\.source) == ["gone", "notes.txt", "empty"])
    #expect(error?.ignored.allSatisfy { !$0.reason.isEmpty } == true)
  }

  @Test func `no files at all are nothing recognised`() {
    #expect(throws: Diagnoser.NothingRecognised.self) { try diagnoser.diagnose([]) }
  }

  @Test func `thin evidence is unknown and says what to capture next`() throws {
    let diagnosis = try diagnoser.diagnose([try Fixture.file("proc-limits.txt")])
    #expect(diagnosis.verdicts.first?.cause == .unknown)
    #expect(!diagnosis.next.isEmpty)
  }

  @Test func `unknown tells what is known all the same`() throws {
    let text =
      "Memory cgroup out of memory: Killed process 17894 (cart) total-vm:1840508kB, "
      + "anon-rss:519764kB, file-rss:12kB, shmem-rss:0kB\n"
    let file = EvidenceFile(source: "dmesg.txt", bytes: Array(text.utf8))
    let unknown = try #require(try diagnoser.diagnose([file]).verdicts.first)
    #expect(unknown.cause == .unknown)
    #expect(unknown.reasonsFor.map(\.fact) == ["container.oom_killed"])
  }

  @Test func `unknown has no playbook and no culprit`() throws {
    let diagnosis = try diagnoser.diagnose([try Fixture.file("proc-limits.txt")])
    let unknown = try #require(diagnosis.verdicts.first)
    #expect(unknown.playbook == nil)
    #expect(unknown.culprit == nil)
  }

  @Test(arguments: Self.evidence)
  func `confidences are probabilities`(names: [String]) throws {
    let confidences = try diagnose(names).verdicts.map(\.confidence)
    #expect(confidences.allSatisfy { (0...1).contains($0) })
    #expect(confidences.reduce(0, +) <= 1.002, "each is rounded to a thousandth")
  }

  @Test(arguments: Self.evidence)
  func `there are one to five verdicts, the most probable first`(names: [String]) throws {
    let confidences = try diagnose(names).verdicts.map(\.confidence)
    #expect((1...5).contains(confidences.count))
    #expect(confidences == confidences.sorted(by: >))
  }

  @Test(arguments: Self.evidence)
  func `no cause is named twice`(names: [String]) throws {
    let causes = try diagnose(names).verdicts.map(\.cause)
    #expect(Set(causes).count == causes.count)
  }

  @Test(arguments: Self.evidence)
  func `at most three captures are asked for`(names: [String]) throws {
    #expect(try diagnose(names).next.count <= 3)
  }

  @Test func `what is there is not asked for again`() throws {
    let folder = Fixture.folder.appending(path: "two-http-body-unclosed-and-unbounded-cache").path
    let heaps = try CaseFolder.read([folder]).files.filter { $0.source.contains("heap") }
    let diagnosis = try diagnoser.diagnose(heaps)
    #expect(!diagnosis.next.isEmpty)
    #expect(!diagnosis.next.contains { $0.capture.contains("heap") })
  }

  @Test func `no crash is asked about where nothing ended`() throws {
    let diagnosis = try diagnose(["proc-limits.txt"])
    #expect(!diagnosis.next.contains { $0.capture.contains("died") })
  }

  @Test func `reasons name sources that were handed in`() throws {
    let diagnosis = try diagnoser.diagnose(files())
    let sources = Set(diagnosis.evidence.map(\.source))
    let folders = Set(sources.compactMap { $0.split(separator: "/").first.map { String($0) } })
    for reason in diagnosis.verdicts.flatMap({ $0.reasonsFor + $0.reasonsAgainst }) {
      #expect(Set(reason.from).isSubset(of: sources.union(folders)), "\(reason.fact)")
    }
  }

  @Test func `tools that agree are named`() throws {
    let first = try #require(try diagnoser.diagnose(files()).verdicts.first)
    #expect(first.agree.contains("goroutines"))
  }

  @Test func `a diagnosis carries the hash of the rules`() throws {
    #expect(try diagnoser.diagnose(files()).rules == diagnoser.rulebook.hash)
  }

  @Test func `the breakdown is that of the last snapshot`() throws {
    let breakdown = try #require(try diagnoser.diagnose(files()).breakdown)
    #expect(breakdown.rss > 0)
  }

  private static let evidence = [
    ["proc-limits.txt"], ["proc-status.txt"], ["samples.jsonl"], ["gctrace-go-1.27.log"],
    ["heap-http-body-unclosed.pb.gz"], ["goroutine-channel-send-blocked.pb.gz"],
    ["goroutine-debug2-cut.txt"], ["crash-concurrent-map.log"], ["crash-unsafe-pointer.log"],
    ["kernel-log-container-kill.txt"], ["cgroup-v1-memory.stat", "smaps-rollup.txt"],
    ["samples.jsonl", "heap-http-body-unclosed.pb.gz", "proc-status.txt"],
  ]

  private func diagnose(_ names: [String]) throws -> Diagnosis {
    try diagnoser.diagnose(try names.map(Fixture.file))
  }

  private func files() throws -> [EvidenceFile] {
    try CaseFolder.read([Fixture.blockedSenders]).files
  }

  private func json(_ diagnosis: Diagnosis) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(diagnosis), as: UTF8.self)
  }
}
