import LeakModel
import Testing

@testable import LeakStore

struct SnippetTests {
  @Test(
    arguments: [
      ("the relay leaks", "relay", "the [relay] leaks"),
      ("relay", "relay", "[relay]"),
      ("net/http.(*persistConn).readLoop", "conn", "net/http.(*[persistConn]).readLoop"),
      ("网关内存泄漏", "内存泄漏", "网关[内存泄漏]"),
      ("first line\nrelay\r\nthird", "relay", "first line [relay] third"),
      ("a relay, a pool, a relay", "relay", "a [relay], a pool, a [relay]"),
    ]
  )
  func `the words found are marked in their text`(text: String, term: String, marked: String) {
    #expect(snippet(text, term).map(render) == marked)
  }

  @Test func `a text without the words has no snippet`() {
    #expect(snippet("the relay leaks", "pool") == nil)
  }

  @Test func `a long text is cut around the first word found`() throws {
    let text =
      String(repeating: "word ", count: 50) + "relay" + String(repeating: " word", count: 50)
    let runs = try #require(snippet(text, "relay")).runs
    #expect(runs.first?.text == "…")
    #expect(runs.last?.text == "…")
    #expect(runs.filter(\.isMatch).map(\.text) == ["relay"])
    #expect(runs.map(\.text).joined().count == 162)
  }

  @Test func `a match longer than a snippet is cut at its end`() throws {
    let runs = try #require(snippet(String(repeating: "x", count: 500), "x*")).runs
    #expect(runs.map(\.text.count) == [160, 1])
  }

  @Test func `a hit has three snippets at most, in the order of the fields`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample("relay", service: "relay", story: "relay")).id
    try await store.add(Note(at: .night(minute: 1), author: "kai", text: "relay"), to: id)
    let query = SearchQuery(terms: [SearchTerm(text: "relay", kind: .words)])
    let hit = try #require(try await store.search(query).first)
    #expect(hit.snippets.map(\.field) == [.title, .story, .service])
  }

  private func snippet(_ text: String, _ term: String) -> Snippet? {
    let isPrefix = term.hasSuffix("*")
    let term = SearchTerm(text: term, kind: isPrefix ? .prefix : .words)
    return Snippet(field: .story, text: text, terms: [term])
  }

  /// The snippet with brackets around what was found.
  private func render(_ snippet: Snippet) -> String {
    snippet.runs.map { $0.isMatch ? "[\($0.text)]" : $0.text }.joined()
  }
}
