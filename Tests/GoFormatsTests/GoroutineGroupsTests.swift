import Testing

@testable import GoFormats

struct GoroutineGroupsTests {
  private static let text = """
    goroutine profile: total 1003
    1000 @ 0x43d0c5 0x4ab1f2
    # labels: {"route":"/pay"}
    #\t0x4ab1f1\tmain.(*Hub).Publish+0x1d\t/srv/hub.go:41
    #\t0x4ab2f1\tmain.serve+0x5a\t\t?

    3 @ 0x43d0c5

    """

  @Test func `a group has its count and its calls`() {
    let dump = GoroutineDump(groups: Array(text: Self.text))
    #expect(dump.entries.map(\.count) == [1_000, 3])
    #expect(
      dump.frames == [
        Frame(function: "main.(*Hub).Publish", file: "/srv/hub.go", line: 41),
        Frame(function: "main.serve"),
      ]
    )
  }

  @Test func `the header's total is kept`() {
    let dump = GoroutineDump(groups: Array(text: Self.text))
    #expect(dump.statedTotal == 1_003)
    #expect(!dump.isCut)
  }

  @Test func `fewer goroutines than the header says mean a cut`() {
    let dump = GoroutineDump(groups: Array(text: Self.text.replacing("1003", with: "1043")))
    #expect(dump.isCut)
  }

  @Test func `groups pasted without the header are recognised`() throws {
    let captures = try Capture.read(
      Array(text: "100 @ 0x400010\n#\t0x400010\tmain.f+0x0\t?\n"),
      source: "-"
    )
    #expect(captures.map(\.format) == [.goroutineGroups])
  }
}
