import LeakModel
import Testing

@testable import LeakStore

struct SearchQueryTests {
  @Test(
    arguments: [
      ("", []),
      ("  \t ", []),
      ("body leak", [.init(text: "body", kind: .words), .init(text: "leak", kind: .words)]),
      ("\"connection pool\"", [.init(text: "connection pool", kind: .words)]),
      ("\"connection pool", [.init(text: "connection pool", kind: .words)]),
      ("persist*", [.init(text: "persist", kind: .prefix)]),
      ("\"persist*\"", [.init(text: "persist*", kind: .words)]),
      ("panic: oom", [.init(text: "panic:", kind: .words), .init(text: "oom", kind: .words)]),
      ("http://x/y", [.init(text: "http://x/y", kind: .words)]),
      ("\"cause:x\"", [.init(text: "cause:x", kind: .words)]),
      ("12:30", [.init(text: "12:30", kind: .words)]),
      ("内存\u{3000}泄漏", [.init(text: "内存", kind: .words), .init(text: "泄漏", kind: .words)]),
    ] as [(String, [SearchTerm])]
  )
  func `words, phrases and beginnings are terms`(text: String, terms: [SearchTerm]) throws {
    #expect(try parse(text) == SearchQuery(terms: terms))
  }

  @Test(
    arguments: [
      ("service:api", IncidentFilter(service: "api")),
      ("service:\"two words\"", IncidentFilter(service: "two words")),
      ("cause:http-body-unclosed", IncidentFilter(cause: .httpBodyUnclosed)),
      ("status:not-a-leak", IncidentFilter(status: .notALeak)),
      ("severity:P1", IncidentFilter(severity: .p1)),
      ("severity:p1", IncidentFilter(severity: .p1)),
      ("frame:net/http.(*Client).do", IncidentFilter(frame: "net/http.(*Client).do")),
      ("label:pod=a=b", IncidentFilter(labels: ["pod": "a=b"])),
      ("label:a=1 label:b=2", IncidentFilter(labels: ["a": "1", "b": "2"])),
      ("since:2026-11-20T02:00:00Z", IncidentFilter(since: .night(minute: -60))),
      ("since:2026-11-20", IncidentFilter(since: .night(minute: -180))),
      ("since:30m", IncidentFilter(since: .night(minute: -30))),
      (
        "since:2h until:1h", IncidentFilter(since: .night(minute: -120), until: .night(minute: -60))
      ),
      ("since:7d", IncidentFilter(since: .night(minute: -7 * 1_440))),
      ("since:2w", IncidentFilter(since: .night(minute: -14 * 1_440))),
      ("since:99999999w", IncidentFilter(since: Instant(milliseconds: 0))),
    ] as [(String, IncidentFilter)]
  )
  func `a name with a value is a filter`(text: String, filter: IncidentFilter) throws {
    #expect(try parse(text) == SearchQuery(filter: filter))
  }

  @Test func `terms and filters stand in any order`() throws {
    let query = try parse("body cause:timer-leak pool service:api")
    #expect(query.terms.map(\.text) == ["body", "pool"])
    #expect(query.filter == IncidentFilter(service: "api", cause: .timerLeak))
  }

  @Test func `an unknown filter is an error that names all there are`() {
    let error = #expect(throws: SearchQueryError.unknownFilter(name: "owner")) {
      try parse("body owner:kai")
    }
    for name in ["service:", "cause:", "status:", "severity:", "since:", "frame:", "label:"] {
      #expect(error?.description.contains(name) == true)
    }
  }

  @Test(
    arguments: [
      ("cause:gremlins", "http-body-unclosed"), ("status:done", "mitigated"),
      ("severity:P9", "P0, P1, P2, P3"), ("since:yesterday", "7d"), ("since:-3d", "7d"),
      ("since:2026-13-40", "2026-11-20"), ("until:9223372036854775807w", "7d"),
      ("label:pod", "key=value"), ("label:=x", "key=value"),
    ]
  )
  func `a value that cannot be read is an error that says what could`(
    text: String,
    hint: String
  ) {
    let error = #expect(throws: SearchQueryError.self) { try parse(text) }
    #expect(error?.description.contains(hint) == true)
  }

  @Test(
    arguments: [
      ("persistConn", .words, #""persistconn" OR "persist conn""#),
      ("pool", .words, #""pool""#), ("pool", .prefix, #""pool" *"#),
      ("net/http", .words, #""net http""#), ("内存泄漏", .words, #""内存 存泄 泄漏""#),
      ("存", .words, #""存" *"#), ("a\" OR \"b", .words, #""a or b""#), ("!?", .words, nil),
    ] as [(String, SearchTerm.Kind, String?)]
  )
  func `a term becomes quoted words`(text: String, kind: SearchTerm.Kind, pattern: String?) {
    #expect(SearchTerm(text: text, kind: kind).pattern == pattern)
  }

  private func parse(_ text: String) throws(SearchQueryError) -> SearchQuery {
    try SearchQuery.parse(text, now: .night(minute: 0))
  }
}
