import Testing

@testable import LeakRules

struct NearestNameTests {
  @Test(arguments: [
    ("sumary", "summary"), ("tittle", "title"), ("heleps", "helps"), ("requiers", "requires"),
  ])
  func `a misspelt name finds the one meant`(name: String, meant: String) {
    #expect(NearestName.of(name, among: ["helps", "requires", "summary", "title"]) == meant)
  }

  @Test func `a name like none finds none`() {
    #expect(NearestName.of("owner", among: ["helps", "summary", "title"]) == nil)
  }

  @Test func `names equally near are taken in their order`() {
    #expect(NearestName.of("abc", among: ["abe", "abd"]) == "abd")
  }

  @Test func `few known names are listed when none is near`() {
    #expect(NearestName.hint("urgent", among: ["P0", "P1", "P2"]) == ", expected P0, P1 or P2")
  }
}
