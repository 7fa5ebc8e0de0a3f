import LeakModel
import Testing

struct LabelTests {
  @Test(
    arguments: [
      ("pod=relay-7", "pod", "relay-7"), ("pod=", "pod", ""), ("a=b=c", "a", "b=c"),
      // The sign and the mark after it are one character.
      ("key=\u{338}", "key", "\u{338}"), ("key=\u{1F3FB}", "key", "\u{1F3FB}"),
    ]
  )
  func `a label is cut at its first equals sign`(text: String, key: String, value: String) throws {
    let label = try #require(Label(text))
    #expect(label.key == key)
    #expect(label.value == value)
  }

  @Test(arguments: ["", "pod", "=relay-7"])
  func `without a key there is no label`(text: String) {
    #expect(Label(text) == nil)
  }
}
