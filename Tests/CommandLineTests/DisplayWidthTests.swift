import Testing

@testable import leakbook

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("heap", 4), ("内存", 4), ("ｱ", 1), ("Ａ", 2), ("e\u{301}", 1), ("→", 1), ("，", 2),
    ("한글", 4), ("🔥", 2), ("P1  内存", 8), ("a\u{200B}b", 2),
  ])
  func `text takes the columns of its letters`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func `padding counts columns and not letters`() {
    #expect("内存".padded(to: 6) == "内存  ")
    #expect("内存".rightAligned(to: 6) == "  内存")
  }

  @Test func `a cut text ends with an ellipsis and fits`() {
    #expect("内存泄漏".cut(to: 6) == "内存…")
    #expect("heap".cut(to: 4) == "heap")
  }

  @Test func `lines break at blanks`() {
    #expect("one two three".wrapped(to: 7) == ["one two", "three"])
  }

  @Test func `lines break between wide letters but not before a closing mark`() {
    #expect("内存泄漏，重启".wrapped(to: 8) == ["内存泄", "漏，重启"])
  }

  @Test(arguments: [
    ("it grows by 3.2 MiB now", 15, ["it grows by", "3.2 MiB now"]),
    ("(95 %: +518 to +520 MiB)", 20, ["(95 %: +518 to", "+520 MiB)"]),
    ("see 3 minutes", 6, ["see 3", "minutes"]),
    ("heap 3 + other\u{A0}17", 15, ["heap 3 +", "other 17"]),
  ])
  func `a number stays with its unit`(text: String, width: Int, lines: [String]) {
    #expect(text.wrapped(to: width) == lines)
  }

  @Test func `a word wider than the line stays whole`() {
    #expect(
      "see github.com/acme/relay now".wrapped(to: 10) == ["see", "github.com/acme/relay", "now"]
    )
  }

  @Test func `control characters do not reach the terminal`() {
    #expect(PrintableText.clean("a\u{1B}[31mb\u{7}\tc\nd\u{9B}1m\u{202E}") == "a[31mb c d1m")
  }
}
