import GoFormats
import LeakModel
import Testing

@testable import LeakAnalysis

struct AllocationTextFactsTests {
  private func facts(_ text: String) throws -> FactSet {
    FactSet(measuring: EvidenceBundle(try Capture.read(Array(text.utf8), source: "paste.txt")))
  }

  @Test func `the heaviest benchmark tells bytes and mean size`() throws {
    let facts = try facts(
      """
      BenchmarkSet-4 100 10 ns/op 16 B/op 1 allocs/op
      BenchmarkGet-4 100 10 ns/op 72000 B/op 36 allocs/op
      """
    )
    #expect(facts.number(.allocBytesPerOperation) == 72_000)
    #expect(facts.number(.allocObjectsPerOperation) == 36)
    #expect(facts.number(.allocMeanSize) == 2_000)
  }

  private static let top = """
        flat  flat%   sum%        cum   cum%
      125541  8.40%  8.40%     128583  8.60%  reflect.Value.call
       98304  6.58% 14.98%      98304  6.58%  main.decode
    """

  @Test func `counted objects of reflection are a share of what is listed`() throws {
    let share = try #require(try facts(Self.top).number(.allocReflectionShare))
    #expect(abs(share - 125_541.0 / 223_845) < 1e-9)
  }

  @Test func `bytes in use are no count of objects`() throws {
    let bytes = Self.top.replacing("125541", with: "125kB").replacing("98304", with: "98kB")
    #expect(try facts(bytes).number(.allocReflectionShare) == nil)
  }

  @Test func `a report in text tells neither sizes nor handlers`() throws {
    let text = """
      Type: inuse_space
      Showing nodes accounting for 118.8MB, 99.17% of 119.80MB total
            flat  flat%   sum%        cum   cum%
         39.89MB 33.30% 33.30%    39.89MB 33.30%  github.com/them/db-client.NewConnection
         72.73MB 60.71% 94.01%    72.73MB 60.71%  main.load
      """
    let facts = try facts(text)
    #expect(facts[.heapSiteShare] != nil)
    #expect(facts[.heapSiteObjectSize] == nil)
    #expect(facts[.heapSiteInHandler] == nil)
    #expect(facts[.heapSiteUsesPool] == nil)
  }
}
