import Testing

@testable import leakbook

struct EditDistanceTests {
  @Test(arguments: [("serve", "serv", 1), ("show", "shwo", 1), ("list", "diff", 3), ("", "ab", 2)])
  func `a swap of neighbours is one edit`(one: String, other: String, distance: Int) {
    #expect(EditDistance.between(one, other) == distance)
  }

  @Test func `a word more than two edits away is not suggested`() {
    #expect(EditDistance.nearest(to: "dianose", among: ["diagnose", "diff"]) == "diagnose")
    #expect(EditDistance.nearest(to: "restart", among: ["diagnose", "reopen"]) == nil)
  }
}
