import Foundation
import GoFormats
import LeakModel
import Testing

@testable import LeakAnalysis

/// Captures of real processes: one that leaks response bodies, one that does so more slowly, and
/// a healthy one under about the same load as the first.
///
/// They bear one binary's name, as three builds
/// of a program do; a test says where it compares with another binary.
struct FixComparisonTests {
  private static let sick = "verify-before"
  private static let slow = "verify-again"
  private static let healthy = "verify-after"

  @Test func `a healthy process under the same load verifies`() throws {
    let comparison = try compare(Self.sick, Self.healthy)
    #expect(comparison.answer == .verified, "\(comparison.reasons)")
  }

  @Test func `the goroutines that piled up are seen to be gone`() throws {
    let checks = try compare(Self.sick, Self.healthy).checks.filter { $0.kind == .goroutines }
    #expect(checks.contains { $0.name == "net/http.(*persistConn).readLoop" })
    #expect(checks.allSatisfy { $0.outcome == .pass })
  }

  @Test func `the site whose live bytes grew is seen to be gone`() throws {
    let checks = try compare(Self.sick, Self.healthy).checks.filter { $0.kind == .heap }
    #expect(checks.contains { $0.name == "main.(*archive).sniff" && $0.outcome == .pass })
  }

  @Test func `a slope has its interval before and after`() throws {
    let checks = try compare(Self.sick, Self.healthy).checks
    let slope = try #require(checks.first { $0.name == "NumGoroutine" })
    #expect(try #require(slope.before?.low) > 0)
    #expect(try #require(slope.after?.low) < 0)
    #expect(slope.unit == "1/h")
  }

  @Test func `the trouble at another pace is not verified`() throws {
    let comparison = try compare(Self.sick, Self.slow, isComparable: true)
    #expect(comparison.answer == .notYet)
    #expect(comparison.checks.contains { $0.kind == .slope && $0.outcome == .fail })
  }

  @Test func `faster growth is worse`() throws {
    #expect(try compare(Self.slow, Self.sick, isComparable: true).answer == .worse)
  }

  @Test(arguments: [sick, slow]) func `the same evidence proves nothing`(name: String) throws {
    #expect(try compare(name, name).answer == .notYet)
  }

  @Test func `too little load proves nothing`() throws {
    let load = try check(.load, Self.sick, Self.slow)
    #expect(load.outcome == .fail)
    #expect(load.statement.contains("10.9 %"))
  }

  @Test func `a person may vouch for load and time`() throws {
    #expect(try check(.load, Self.sick, Self.slow, isComparable: true).outcome == .pass)
  }

  @Test func `too short a time proves nothing`() throws {
    let comparison = try compare(Self.slow, Self.healthy)
    let duration = try #require(comparison.checks.first { $0.kind == .duration })
    #expect(duration.outcome == .fail)
    #expect(comparison.answer == .notYet)
  }

  @Test func `evidence from before the trouble is no later evidence`() throws {
    #expect(try check(.order, Self.sick, Self.slow).outcome == .fail)
  }

  @Test func `evidence of another binary proves nothing and makes nothing worse`() throws {
    let comparison = FixComparison(
      before: try bundle(Self.sick),
      after: EvidenceBundle([try Fixture.capture("heap-http-body-unclosed.pb.gz"), Self.panic])
    )
    #expect(comparison.answer == .notYet)
    #expect(
      comparison.reasons == [
        "these captures are of another binary: geo-enricher, and those of the trouble of"
          + " invoice-archiver; if it was only renamed, vouch for it with --comparable"
      ]
    )
  }

  @Test func `a person may vouch for a renamed binary`() throws {
    let comparison = FixComparison(
      before: try bundle(Self.sick),
      after: EvidenceBundle([try Fixture.capture("heap-http-body-unclosed.pb.gz")]),
      assurance: FixComparison.Assurance(isComparable: true)
    )
    #expect(comparison.isOfOneProgram)
  }

  @Test func `a dump that a person asked for is no crash`() throws {
    let asked = Self.crash(.signal, "SIGQUIT: quit")
    #expect(ends(before: [], after: [asked]).isEmpty)
    #expect(ends(before: [], after: [Self.panic]) == [.worse])
    #expect(ends(before: [Self.panic], after: [asked]) == [.pass])
  }

  @Test func `growth is called gone only where there may be none`() throws {
    let slow = try #require(residentGrowth(to: 0.02))
    #expect(slow.outcome == .pass)
    #expect(slow.statement.hasSuffix("is within noise"))
    let level = try #require(residentGrowth(to: 0))
    #expect(level.statement.hasSuffix("the growth is gone"))
  }

  @Test func `the table holds the slopes that the checks compare`() throws {
    let comparison = try compare(Self.sick, Self.healthy)
    let check = try #require(comparison.checks.first { $0.name == "VmRSS" })
    let row = try #require(comparison.table.first { $0.name == "rss_slope" })
    #expect(row.before == check.before?.value)
    #expect(row.after == check.after?.value)
  }

  @Test func `load and table name what they count`() throws {
    let comparison = try compare(Self.sick, Self.healthy)
    let load = try #require(comparison.checks.first { $0.kind == .load })
    #expect(load.statement.contains("% of the objects a second that it did before"))
    let row = try #require(comparison.table.first { $0.name == "alloc_objects_rate" })
    #expect(row.after == load.after?.value)
  }

  @Test func `what the later evidence does not hold is unclear`() throws {
    let comparison = try compare(Self.sick, Self.healthy) { $0.hasPrefix("goroutine") }
    let slopes = comparison.checks.filter { $0.kind == .slope }
    #expect(!slopes.isEmpty && slopes.allSatisfy { $0.outcome == .unclear })
    #expect(comparison.answer == .notYet)
  }

  @Test func `without a symptom to see go nothing is verified`() throws {
    let comparison = try compare(Self.healthy, Self.healthy, isComparable: true)
    #expect(comparison.answer == .notYet)
    #expect(comparison.reasons == ["no symptom that the first evidence shows could be seen to go"])
  }

  @Test(arguments: ["gc_count", "gc_pause", "rss_peak", "rss_slope"])
  func `the table that closes an incident has this row`(name: String) throws {
    let row = try #require(
      try compare(Self.sick, Self.healthy).table.first { $0.name == name }
    )
    #expect(row.before != nil && row.after != nil)
  }

  @Test func `level memory proves nothing where growth is not the symptom`() throws {
    let comparison = FixComparison(
      before: try bundle(Self.sick),
      after: try bundle(Self.healthy),
      assurance: FixComparison.Assurance(isGrowthTheSymptom: false)
    )
    #expect(comparison.answer == .notYet)
  }

  @Test func `allocation tells no load where it is the symptom`() throws {
    let assurance = FixComparison.Assurance(isAllocationTheSymptom: true)
    let comparison = FixComparison(
      before: try bundle(Self.sick),
      after: try bundle(Self.healthy),
      assurance: assurance
    )
    #expect(comparison.checks.first { $0.kind == .load }?.outcome == .unclear)
  }

  @Test func `a comparison is read back from its JSON as it was`() throws {
    let comparison = try compare(Self.sick, Self.healthy)
    let data = try JSONEncoder().encode(comparison)
    #expect(try JSONDecoder().decode(FixComparison.self, from: data) == comparison)
  }

  private static let panic = crash(.panic, "panic: no")

  private static func crash(_ kind: CrashReport.Kind, _ message: String) -> Capture {
    let report = CrashReport(kind: kind, message: message, goroutines: GoroutineDump(stacks: []))
    return Capture(source: "stderr.log", format: .crash, content: .crash(report))
  }

  private func ends(before: [Capture], after: [Capture]) -> [FixCheck.Outcome] {
    FixComparison(before: EvidenceBundle(before), after: EvidenceBundle(after)).checks
      .filter { $0.kind == .crash }.map(\.outcome)
  }

  /// Compares resident memory that grows by 1 MiB in ten seconds with a slower growth in MiB.
  private func residentGrowth(to pace: Double) -> FixCheck? {
    let series = { (pace: Double) in
      EvidenceBundle([
        .series { index in
          // Some noise that comes and goes, so that a level series has an interval around zero.
          [.vmRSS: (100 + pace * Double(index) + 0.01 * Double(index * 7 % 5)) * mebibyte]
        }
      ])
    }
    return FixComparison(before: series(1), after: series(pace)).checks
      .first { $0.kind == .slope }
  }

  private func check(
    _ kind: FixCheck.Kind,
    _ before: String,
    _ after: String,
    isComparable: Bool = false
  ) throws -> FixCheck {
    try #require(
      try compare(before, after, isComparable: isComparable).checks.first { $0.kind == kind }
    )
  }

  private func compare(
    _ before: String,
    _ after: String,
    isComparable: Bool = false,
    only isWanted: (String) -> Bool = { _ in true }
  ) throws -> FixComparison {
    FixComparison(
      before: try bundle(before),
      after: try bundle(after, only: isWanted),
      assurance: FixComparison.Assurance(isComparable: isComparable)
    )
  }

  private func bundle(
    _ name: String,
    only isWanted: (String) -> Bool = { _ in true }
  ) throws -> EvidenceBundle {
    let names = try FileManager.default
      .contentsOfDirectory(atPath: Fixture.folder.appending(path: name).path).filter(isWanted)
    return EvidenceBundle(try names.sorted().map { try Fixture.capture("\(name)/\($0)") })
  }
}
