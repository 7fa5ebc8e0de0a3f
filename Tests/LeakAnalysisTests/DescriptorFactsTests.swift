import LeakAnalysis
import LeakModel
import Testing

struct DescriptorFactsTests {
  @Test func `descriptors that fall whenever a GC ran were left to it`() {
    let facts = FactSet(.series { [.fds: 10 + Double($0 % 25) * 9, .numGC: Double($0 / 25)] })
    #expect(facts.flag(.processFDFreedByGC) == true)
  }

  @Test func `descriptors that fall at other times have owners that close them`() {
    let facts = FactSet(
      .series { [.fds: 10 + Double($0 % 25) * 9, .numGC: Double(($0 + 12) / 25)] }
    )
    #expect(facts.flag(.processFDFreedByGC) == false)
  }

  @Test func `connections that end with their goroutines were not freed by the GC`() {
    let facts = FactSet(
      .series {
        let open = Double($0 % 25) * 9
        return [.fds: 10 + open, .numGoroutine: 10 + open, .numGC: Double($0 / 25)]
      }
    )
    #expect(facts.flag(.processFDFreedByGC) == false)
  }

  @Test func `with a GC in every sample nothing is told apart`() {
    let facts = FactSet(.series { [.fds: 10 + Double($0 % 25) * 9, .numGC: Double($0)] })
    #expect(facts.flag(.processFDFreedByGC) == false)
  }

  @Test func `a level number of descriptors was not freed by the GC`() {
    let facts = FactSet(.series { [.fds: 10, .numGC: Double($0 / 25)] })
    #expect(facts.flag(.processFDFreedByGC) == false)
  }
}
