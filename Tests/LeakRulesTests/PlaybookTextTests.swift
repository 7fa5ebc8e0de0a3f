import Testing

@testable import LeakRules

struct PlaybookTextTests {
  @Test func `placeholders are filled`() {
    let text = PlaybookText.render("kill {{pid}} in {{pod}}", filling: ["pid": "7", "pod": "a-1"])
    #expect(text == "kill 7 in a-1")
  }

  @Test func `a placeholder without a value names itself`() {
    #expect(PlaybookText.render("{{service}} {{rss}}", filling: [:]) == "<service> <rss>")
  }

  @Test func `the address has a default`() {
    #expect(PlaybookText.render("{{url}}/debug", filling: [:]) == "http://localhost:6060/debug")
  }

  @Test(arguments: ["{{ $labels.pod }}", "{{owner}}", "{{", "}} {{pod", "{{{pid"])
  func `other braces are left alone`(text: String) {
    #expect(PlaybookText.render(text, filling: ["pod": "a"]) == text)
  }

  @Test(arguments: ["a; rm b", "a'b", "$(id)", "a\nb", "`id`", "a|b", ""])
  func `a value that a shell could act on is not filled in`(value: String) {
    #expect(PlaybookText.render("{{pod}}", filling: ["pod": value]) == "<pod>")
  }

  @Test func `functions and amounts are filled as they are`() {
    let values = ["culprit": "main.(*Hub[...]).Publish", "limit": "512 MiB"]
    let text = PlaybookText.render("{{culprit}} {{limit}}", filling: values)
    #expect(text == "main.(*Hub[...]).Publish 512 MiB")
  }

  @Test func `a section is rendered by itself`() throws {
    let playbook = try Playbook(path: Sample.path, text: Sample.english)
    let text = playbook.rendered(.diagnosis, filling: ["url": "http://pay:6060"])
    #expect(text == "1. Count them at http://pay:6060.")
  }
}
