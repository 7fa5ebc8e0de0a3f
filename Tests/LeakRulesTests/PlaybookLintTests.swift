import LeakModel
import Testing

@testable import LeakRules

struct PlaybookLintTests {
  /// The lint of the sample, its twin and a look-alike, with parts of the first two replaced.
  private func lint(
    _ english: (String, String) = ("", ""),
    _ chinese: (String, String) = ("", ""),
    path: String = Sample.path
  ) throws -> [String] {
    let other = Sample.english
      .replacing("channel-recv-blocked", with: "lock-blocked")
      .replacing("id: channel-send-blocked", with: "id: channel-recv-blocked")
    let rulebook = try Rulebook(files: [
      (path, Sample.english(english.0, english.1)),
      (Sample.chinesePath, Sample.chinese.replacing(chinese.0, with: chinese.1)),
      ("goroutine/channel-recv-blocked.md", other),
    ])
    return PlaybookLint.problems(in: rulebook, covering: [.channelSendBlocked])
      .filter { !$0.path.hasSuffix("channel-recv-blocked.md") }.map(\.message)
  }

  @Test func `a playbook that is right has no problems`() throws {
    #expect(try lint() == [])
  }

  @Test(arguments: [
    ("family: goroutine", "family: heap", "the family of channel-send-blocked is goroutine"),
    (
      "# Goroutines wait", "# Senders wait",
      "the body begins with '# Goroutines wait forever to send'"
    ),
    ("Drain the channel.\n", "", "'Mitigation' is empty"),
    ("## Mitigation", "## Relief", "the headings are Meaning, Impact, Diagnosis, Mitigation,"),
    (
      "## Look-alikes", "### Look-alikes",
      "the headings are Meaning, Impact, Diagnosis, Mitigation,"
    ),
    ("{{url}}", "{{address}}", "unknown placeholder 'address'"),
    ("playbook: channel-recv", "playbook: channel-send", "a playbook does not look like itself"),
    ("playbook: channel-recv-blocked", "playbook: cgo-leak", "cgo-leak has no playbook"),
    (
      "name: workers at rest receive", "name: a few senders are traffic", "two tests have this name"
    ),
    (
      ">= 100", ">= 10",
      "the test fails: expected no-match because of goroutine.growing.count, got match"
    ),
    ("    expect: match", "    expect: unknown", "the test fails: expected unknown, got match"),
    (
      "excludes:", "excludes:\n  - goroutine.burst == true",
      "no test expects a no-match because of this condition"
    ),
    (
      "excludes:\n", "excludes:\n  - goroutine.growing.count < 50\n",
      "every test passes without this condition"
    ),
  ])
  func `a broken rule is told`(part: String, replacement: String, message: String) throws {
    let problems = try lint((part, replacement))
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }

  @Test(arguments: [
    ("playbook: channel-recv-blocked", "playbook: io-blocked", "the English playbook looks like"),
    ("## 止损", "## 止血", "the headings are 含义, 影响, 诊断, 止损, 修复, 预防, 易混淆, in this order"),
    ("排空。\n", "", "'止损' is empty"),
  ])
  func `a broken rule of the twin is told`(
    part: String,
    replacement: String,
    message: String
  ) throws {
    let problems = try lint(("", ""), (part, replacement))
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }

  @Test func `a file in another place is told`() throws {
    let problems = try lint(path: "Playbooks/heap/channel-send-blocked.md")
    #expect(problems == ["the file of channel-send-blocked is goroutine/channel-send-blocked.md"])
  }

  @Test func `a playbook needs its Chinese twin`() throws {
    let rulebook = try Rulebook(files: [(Sample.path, Sample.english)])
    let problems = PlaybookLint.problems(in: rulebook, covering: []).map(\.message)
    #expect(problems.contains("no Chinese twin zh/goroutine/channel-send-blocked.md"))
  }

  @Test func `a playbook for unknown is told`() throws {
    let text = Sample.english("id: channel-send-blocked", "id: unknown")
    let rulebook = try Rulebook(files: [("none/unknown.md", text)])
    let problems = PlaybookLint.problems(in: rulebook, covering: []).map(\.message)
    #expect(problems.contains("unknown is no cause"))
  }

  @Test func `a twin needs its playbook`() throws {
    let rulebook = try Rulebook(files: [(Sample.chinesePath, Sample.chinese)])
    let problems = PlaybookLint.problems(in: rulebook, covering: []).map(\.message)
    #expect(problems == ["channel-send-blocked has no English playbook"])
  }

  @Test func `every cause but unknown needs a playbook`() {
    let problems = PlaybookLint.problems(in: Rulebook())
    #expect(problems.count == Cause.allCases.count - 1)
    #expect(problems.first?.message == "the cause http-body-unclosed has no playbook")
  }

  @Test(arguments: ["match", "no-match", "unknown"])
  func `each verdict needs a test`(verdict: String) throws {
    let tests = Sample.english.split(separator: "\n  - name: ")
    let kept = tests.filter { !($0 + "\n").contains("expect: \(verdict)\n") }
      .joined(separator: "\n  - name: ")
    let end = verdict == "unknown" ? "\n---" + Sample.english.split(separator: "\n---")[1] : ""
    let rulebook = try Rulebook(files: [(Sample.path, kept + end)])
    let problems = PlaybookLint.problems(in: rulebook, covering: []).map(\.message)
    #expect(problems.contains("no test expects \(verdict)"), "\(problems)")
  }

  @Test func `a problem points at the condition`() throws {
    let text = Sample.english("excludes:", "excludes:\n  - goroutine.burst == true")
    let rulebook = try Rulebook(files: [(Sample.path, text)])
    let problem = PlaybookLint.problems(in: rulebook, covering: []).first { $0.line == 17 }
    #expect(problem?.sourceLine == "  - goroutine.burst == true")
    #expect(problem?.column == 5)
  }
}
