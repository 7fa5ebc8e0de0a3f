import LeakModel
import Testing

struct TextSegmenterTests {
  @Test(
    arguments: [
      ("", []), (" .,;:!?()*/ ", []), ("___", []),
      ("Connection pool", ["connection", "pool"]),
      ("net/http.(*persistConn).readLoop", ["net", "http", "persistconn", "readloop"]),
      ("内存泄漏", ["内存", "存泄", "泄漏"]), ("内", ["内"]), ("内 存", ["内", "存"]),
      ("goroutine泄漏x", ["goroutine", "泄漏", "x"]),
      ("メモリ", ["メモ", "モリ"]), ("一〇〇", ["一〇", "〇〇"]), ("人々", ["人々"]),
      ("GOGC=100", ["gogc", "100"]), ("runtime.mallocgc+0x1f", ["runtime", "mallocgc", "0x1f"]),
      ("café Ünïcode", ["café", "ünïcode"]), ("a💥b", ["a", "b"]), ("a\0b", ["a", "b"]),
    ] as [(String, [String])]
  )
  func `a text is cut into words`(text: String, words: [String]) {
    #expect(TextSegmenter.words(of: text) == words)
  }

  @Test(
    arguments: [
      ("pool", []), ("POOL", []), ("persistConn", ["persist", "conn"]),
      ("HTTPServer", ["http", "server"]), ("ServeHTTP", ["serve", "http"]),
      ("heap_inuse_bytes", ["heap", "inuse", "bytes"]), ("_Cfunc_malloc", ["cfunc", "malloc"]),
      ("_main", ["main"]), ("main_", ["main"]), ("v2Client", ["v2", "client"]), ("x509", []),
    ] as [(String, [String])]
  )
  func `an identifier has parts`(identifier: String, parts: [String]) {
    #expect(TextSegmenter.tokens(of: identifier).map(\.parts) == [parts])
  }

  @Test func `the last character of a CJK run is a part, so that each can be found`() {
    #expect(TextSegmenter.tokens(of: "内存泄").map(\.parts) == [[], ["泄"]])
  }

  @Test func `a word knows its place`() {
    let text = "see net/http 内存泄漏, e\u{301}tat"
    let pieces = TextSegmenter.tokens(of: text).map { String(text[$0.range]) }
    #expect(pieces == ["see", "net", "http", "内存", "存泄", "泄漏", "e\u{301}tat"])
  }

  @Test func `the parts come after all words`() {
    #expect(TextSegmenter.indexText(of: "readLoop of 内存") == "readloop of 内存 read loop 存")
  }
}
