import LeakChat
import Testing

struct StepsTests {
  @Test(arguments: [
    ("", []), ("one", ["one"]), ("one\ntwo", ["one two"]), ("one\n\ntwo", ["one", "two"]),
    ("- a\n  b\n- c", ["a b", "c"]), ("1. a\n2. b", ["a", "b"]),
    ("run:\n```sh\nkubectl a\nkubectl b\n```\nthen", ["run:", "kubectl a", "kubectl b", "then"]),
    ("1.25 GiB is\nmuch", ["1.25 GiB is much"]),
  ])
  func `a text is taken apart into what is done one by one`(markdown: String, steps: [String]) {
    #expect(ChatText.steps(of: markdown) == steps)
  }
}
