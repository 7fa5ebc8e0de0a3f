import LeakAnalysis
import LeakModel
import Testing

@testable import LeakRules

struct PlaybookTests {
  @Test func `the front matter becomes the playbook`() throws {
    let playbook = try Playbook(path: Sample.path, text: Sample.english)
    #expect(playbook.id == .channelSendBlocked)
    #expect(playbook.title == "Goroutines wait forever to send")
    #expect(playbook.family == .goroutine)
    #expect(playbook.status == .stable)
    #expect(playbook.severity == .p1)
    #expect(playbook.quadrant == .progressiveGrowth)
    #expect(playbook.needs == [.goroutineProfiles])
    #expect(playbook.helps == [.snapshots, .goroutineDump])
    #expect(playbook.culprit == .goroutine)
    #expect(playbook.prior == -3)
    #expect(playbook.requires.flatMap(\.facts) == [.goroutineGrowingWait, .goroutineGrowingCount])
    #expect(playbook.excludes.map(\.text) == ["goroutine.finalizer_stuck == true"])
    #expect(playbook.evidence.map(\.for) == [2, 1])
    #expect(playbook.evidence.map(\.against) == [1.5, 0])
    #expect(playbook.looksLike.map(\.playbook) == [.channelRecvBlocked])
    #expect(playbook.references == ["https://go.dev/ref/spec#Send_statements"])
  }

  @Test func `a quadrant of none is nil`() throws {
    let text = Sample.english("quadrant: progressive-growth", "quadrant: none")
    #expect(try Playbook(path: Sample.path, text: text).quadrant == nil)
  }

  @Test(arguments: [
    ("status: stable", "state: stable", "5:1: error: unknown key 'state', did you mean 'status'?"),
    ("status: stable\n", "", "2:1: error: missing key 'status'"),
    ("status: stable", "status: steady", "5:9: error: unknown word 'steady', expected"),
    (
      "severity: P1", "severity: high",
      "6:11: error: unknown word 'high', expected P0, P1, P2 or P3"
    ),
    ("needs: [goroutine-profiles]", "needs: goroutine-profiles", "9:8: error: expected a list"),
    ("prior: -3.0", "prior: low", "12:8: error: expected a number, found 'low'"),
    ("prior: -3.0", "prior: inf", "12:8: error: expected a number, found 'inf'"),
    ("title: Gor", "title: \nx: Gor", "3:7: error: expected a text"),
    ("== chan_send", "== chan_sent", "14:31: error: goroutine.growing.wait is never 'chan_sent'"),
    ("- goroutine.finalizer_stuck == true", "- 'gc.of == true'", "17:6: error: unknown fact"),
    ("for: 1.0", "for: -1.0", "23:5: error: a clue weighs more than 0"),
    ("tell: \"the", "tell: \"the\" the", "error: no valid YAML"),
    ("id: chan", "id: &a chan", "2:5: error: a playbook has no anchors and no aliases"),
    (
      "helps: [snapshots", "needs: [snapshots", "error: no valid YAML: the key 'needs' stands twice"
    ),
    ("tests:", "texts:", "unknown key 'texts'"),
    ("expect: match", "expect: yes", "33:13: error: unknown word 'yes', expected match"),
    ("    because: goroutine.growing.wait\n", "", "a no-match needs 'because'"),
    ("expect: match", "expect: match\n    because: gc.off", "only a no-match has a fact"),
    ("{ heap.growth: 40 MiB }", "{ heap.growth: 40 }", "heap.growth takes B, KiB, MiB, GiB"),
    ("{ heap.growth: 40 MiB }", "{ heap.groth: 40 MiB }", "did you mean 'heap.growth'?"),
  ])
  func `what is wrong is told at its place`(part: String, replacement: String, message: String) {
    let problems = Sample.problems(part, replacement).map(\.description)
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }

  @Test func `keys out of order are an error`() {
    let problems = Sample.problems(
      "family: goroutine\nstatus: stable",
      "status: stable\nfamily: goroutine"
    )
    #expect(problems.map(\.message) == ["key 'family' belongs before 'status'"])
  }

  @Test func `all problems of a file are told at once`() {
    let problems = Sample.problems("goroutine.growing.", "goroutine.growling.")
    #expect(problems.count == 3)
  }

  @Test(arguments: [
    ("prior: -3.0", "prior:"), ("status: stable", "status:"), ("expect: match", "expect:"),
  ])
  func `an empty value is told once`(part: String, replacement: String) {
    #expect(Sample.problems(part, replacement).map(\.message) == ["expected a text"])
  }

  @Test func `a problem prints with its line and a caret`() throws {
    let problem = try #require(Sample.problems("== chan_send", "== chan_sent").first)
    #expect(
      problem.description == """
        Playbooks/goroutine/channel-send-blocked.md:14:31: error: goroutine.growing.wait is never \
        'chan_sent', did you mean 'chan_send'?
          - goroutine.growing.wait == chan_sent
                                      ^
        """
    )
  }

  @Test func `the caret stands below wide letters`() {
    let problem = PlaybookProblem(
      path: "a.md",
      line: 1,
      column: 4,
      message: "m",
      sourceLine: "标题\tx"
    )
    #expect(problem.description.hasSuffix("\n标题\tx\n    \t^"))
  }

  @Test(arguments: [
    ("# no front matter", "a playbook begins with a line of three dashes"),
    ("---\nid: x\n", "the front matter has no end: a second line of three dashes"),
    ("---\n---\n", "missing key 'tests'"),
    ("", "a playbook begins with a line of three dashes"),
  ])
  func `a file without front matter is an error`(text: String, message: String) {
    let error = #expect(throws: PlaybookError.self) { try Playbook(path: "x.md", text: text) }
    #expect(error?.problems.map(\.message) == [message])
  }

  @Test func `a file above one mebibyte is an error`() {
    let text = String(repeating: "-", count: 1 << 20 + 1)
    let error = #expect(throws: PlaybookError.self) { try Playbook(path: "x.md", text: text) }
    #expect(error?.problems.first?.message == "a playbook is at most 1 MiB, found 1048577 bytes")
  }

  @Test(.timeLimit(.minutes(10)), arguments: ["last: *a9", "? *a9\n: last"])
  func `aliases are refused before they expand`(last: String) {
    let bomb = (1...9).map { level in
      let copies = String(repeating: "*a\(level - 1), ", count: 10)
      return "a\(level): &a\(level) [\(copies)]"
    }
    let text = "---\na0: &a0 x\n" + bomb.joined(separator: "\n") + "\n\(last)\n---\n"
    let error = #expect(throws: PlaybookError.self) { try Playbook(path: "x.md", text: text) }
    #expect(error?.problems.first?.message == "a playbook has no anchors and no aliases")
  }

  @Test(arguments: ["this & that", "R&D", "a && b", "https://x.y/?a=1&b=2"])
  func `an ampersand in prose is no anchor`(text: String) {
    #expect(Sample.problems("a burst ends when", text) == [])
  }

  @Test func `deep nesting is an error and no crash`() {
    let text = Sample.english("helps: [", "helps: " + String(repeating: "[", count: 100_000))
    let error = #expect(throws: PlaybookError.self) { try Playbook(path: "x.md", text: text) }
    #expect(error?.problems.first?.message.hasPrefix("no valid YAML") == true)
  }
}
