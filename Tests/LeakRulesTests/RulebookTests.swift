import LeakAnalysis
import LeakModel
import Testing

@testable import LeakRules

struct RulebookTests {
  private let both = [(Sample.path, Sample.english), (Sample.chinesePath, Sample.chinese)]

  @Test func `the Chinese twin has its own words and the same rules`() throws {
    let rulebook = try Rulebook(files: both)
    let english = try #require(rulebook.playbook(for: .channelSendBlocked))
    let chinese = try #require(rulebook.playbook(for: .channelSendBlocked, language: .chinese))
    #expect(chinese.title == "goroutine 永远卡在发送")
    #expect(chinese.body.text(of: .mitigation) == "排空。")
    #expect(chinese.requires == english.requires)
    #expect(try chinese.tests() == english.tests())
  }

  @Test func `without a twin the English text serves`() throws {
    let rulebook = try Rulebook(files: [both[0]])
    let playbook = rulebook.playbook(for: .channelSendBlocked, language: .chinese)
    #expect(playbook?.title == "Goroutines wait forever to send")
  }

  @Test func `the README is no playbook`() throws {
    let rulebook = try Rulebook(files: [("Playbooks/README.md", "# Playbooks")])
    #expect(rulebook.playbooks.isEmpty)
  }

  @Test func `a file replaces the playbook of its cause and its twin`() throws {
    let own = Sample.english("title: Goroutines wait", "title: Our goroutines wait")
    let rulebook = try Rulebook(files: [("goroutine/own.md", own)], over: Rulebook(files: both))
    let playbook = rulebook.playbook(for: .channelSendBlocked, language: .chinese)
    #expect(playbook?.title == "Our goroutines wait forever to send")
  }

  @Test func `two files of one cause are an error`() {
    let files = [(Sample.path, Sample.english), ("b.md", Sample.english)]
    let error = #expect(throws: PlaybookError.self) { try Rulebook(files: files) }
    #expect(error?.problems.map(\.message) == ["\(Sample.path) has the same id"])
  }

  @Test func `problems of all files are told together`() {
    let error = #expect(throws: PlaybookError.self) {
      try Rulebook(files: [("a.md", ""), ("b.md", "")])
    }
    #expect(error?.problems.map(\.path) == ["a.md", "b.md"])
  }

  @Test func `evaluations come as matches, undecided, ruled out`() throws {
    func text(_ id: String, requires: String, prior: String) -> String {
      Sample.english("id: channel-send-blocked", "id: \(id)")
        .replacing("  - goroutine.growing.wait == chan_send\n", with: "")
        .replacing("goroutine.growing.count >= 100", with: requires)
        .replacing("prior: -3.0", with: "prior: \(prior)")
    }
    let rulebook = try Rulebook(files: [
      ("a.md", text("lock-blocked", requires: "goroutine.count < 0", prior: "9")),
      ("b.md", text("io-blocked", requires: "heap.growth > 1 B", prior: "8")),
      ("c.md", text("timer-leak", requires: "goroutine.count > 0", prior: "1")),
      ("d.md", text("cgo-leak", requires: "goroutine.count > 0", prior: "2")),
      ("e.md", text("mmap-leak", requires: "goroutine.count > 0", prior: "1")),
    ])
    let evaluations = rulebook.evaluate(Sample.facts([.goroutineCount: .number(7)]))
    #expect(
      evaluations.map(\.cause) == [.cgoLeak, .mmapLeak, .timerLeak, .ioBlocked, .lockBlocked]
    )
  }

  @Test func `the hash does not depend on the order of the files`() throws {
    let other = (
      "Playbooks/goroutine/lock-blocked.md",
      Sample.english("id: channel-send-blocked", "id: lock-blocked")
    )
    let one = try Rulebook(files: [both[0], other]).hash
    #expect(try Rulebook(files: [other, both[0]]).hash == one)
    #expect(one.count == 16)
  }

  @Test(arguments: [("prior: -3.0", "prior: -2.0", false), ("Nobody receives", "No one", true)])
  func `the hash names the rules and not the prose`(part: String, other: String, same: Bool) throws
  {
    let one = try Rulebook(files: [both[0]]).hash
    let changed = try Rulebook(files: [(Sample.path, Sample.english(part, other))]).hash
    #expect((one == changed) == same)
  }

  @Test func `the hash of nothing is the offset basis`() {
    #expect(Rulebook().hash == "cbf29ce484222325")
  }
}
