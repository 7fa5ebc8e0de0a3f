import Testing

@testable import LeakRules

struct PlaybookBodyTests {
  @Test func `sections are found by name in both languages`() {
    #expect(PlaybookBody("# T\n\n## Impact\nGrows.\n").text(of: .impact) == "Grows.")
    #expect(PlaybookBody("# T\n\n## 影响\n增长。\n").text(of: .impact) == "增长。")
  }

  @Test func `a heading inside a fence is text`() {
    let body = PlaybookBody("# T\n## Impact\n  ```\n# HeapIdle = 1\n## x\n  ```\n## Repair\nr")
    #expect(body.parts.map(\.heading) == ["Impact", "Repair"])
    #expect(body.title == "T")
  }

  @Test func `blank lines around a section are dropped and those inside stay`() {
    #expect(PlaybookBody("## Impact\n\na\n\nb\n \n").text(of: .impact) == "a\n\nb")
  }

  @Test func `a section that is not there is nil`() {
    #expect(PlaybookBody("# T\n").text(of: .repair) == nil)
  }
}
