import LeakAnalysis
import Testing

struct StackLikenessTests {
  private let likeness = StackLikeness { $0.hasPrefix("common") ? 0.9 : 0.01 }

  @Test func `equal stacks are wholly alike`() {
    #expect(abs(compare(["a", "b", "c"], ["a", "b", "c"]) - 1) < 1e-9)
  }

  @Test func `stacks without a common function are wholly unlike`() {
    #expect(abs(compare(["a", "b"], ["c", "d"]) + 1) < 1e-9)
  }

  @Test func `an empty stack is neither`() {
    #expect(compare([], ["a"]) == 0)
  }

  @Test func `a leaf in common says more than a root`() {
    #expect(
      compare(["a", "x", "y"], ["a", "p", "q"]) > compare(["x", "y", "a"], ["p", "q", "a"])
    )
  }

  @Test func `a rare function in common says more than one that most stacks have`() {
    #expect(compare(["rare", "x"], ["rare", "p"]) > compare(["common", "x"], ["common", "p"]))
  }

  @Test func `a function that moved says less`() {
    #expect(
      compare(["a", "b", "c"], ["a", "b", "c"]) > compare(["a", "b", "c"], ["z", "a", "b", "c"])
    )
    #expect(
      compare(["a", "b"], ["z", "a", "b"]) > compare(["a", "b"], ["z", "y", "x", "a", "b"])
    )
  }

  @Test func `recursion is matched call by call`() {
    #expect(compare(["f", "f", "f"], ["f"]) < compare(["f", "f", "f"], ["f", "f", "f"]))
  }

  private func compare(_ one: [String], _ other: [String]) -> Double {
    StackLikeness.compare(likeness.prepare(one), likeness.prepare(other))
  }
}
