import LeakModel
import Testing

struct CauseTests {
  @Test func `there are 37 causes, healthy and unknown`() {
    #expect(Cause.allCases.count == 39)
  }

  @Test func `only healthy and unknown belong to no family`() {
    #expect(Cause.allCases.filter { $0.family == .none } == [.healthy, .unknown])
  }

  @Test func `a less urgent severity is smaller`() {
    #expect(Severity.allCases.sorted() == [.p3, .p2, .p1, .p0])
  }
}
