import GoFormats
import LeakAnalysis
import Testing

struct GoroutineGrowthTests {
  @Test func `two captures of one name are compared all the same`() {
    let bundle = EvidenceBundle([
      .goroutines([(["main.a"], 5)], source: "goroutine.pb.gz"),
      .goroutines([(["main.a"], 505)], source: "goroutine.pb.gz"),
    ])
    #expect(bundle.goroutineGrowth?.isDifference == true)
    #expect(bundle.goroutineGrowth?.total == 500)
  }

  @Test func `growth is the last census less the first`() throws {
    let growth = try growth(
      [(["main.a"], 5), (["main.b"], 3)],
      [(["main.a"], 105), (["main.b"], 3)]
    )
    #expect(growth.groups.map(\.count) == [100])
    #expect(growth.total == 100)
  }

  @Test func `one function of the program is one place from wherever it was called`() throws {
    let growth = try growth([(["main.send", "main.a"], 30), (["main.send", "main.b"], 20)])
    #expect(growth.groups.map(\.count) == [50])
    #expect(growth.top?.contains("main.a") == true)
  }

  @Test func `a library's goroutines are told apart by their whole stacks`() throws {
    let growth = try growth([(["net.read", "net.a"], 30), (["net.read", "net.b"], 20)])
    #expect(growth.groups.map(\.count) == [30, 20])
  }

  @Test func `groups that shrank are no growth`() throws {
    let growth = try growth([(["main.a"], 50)], [(["main.a"], 20), (["main.b"], 7)])
    #expect(growth.groups.map { $0.frames[0].function } == ["main.b"])
  }

  @Test func `a single census counts whole`() throws {
    let growth = try growth([(["main.a"], 5)])
    #expect(!growth.isDifference)
    #expect(growth.total == 5)
  }

  @Test func `of a burst that is over the capture that caught it is compared`() throws {
    let growth = try growth([(["main.a"], 5)], [(["main.b"], 900)], [(["main.a"], 5)])
    #expect(growth.top?.frames[0].function == "main.b")
    #expect(growth.groups.map(\.count) == [900])
  }

  @Test func `without a census there is no growth`() {
    #expect(EvidenceBundle([]).goroutineGrowth == nil)
  }

  @Test func `the top is the largest group`() throws {
    let growth = try growth([(["main.a"], 5), (["main.b"], 50)])
    #expect(growth.top?.frames[0].function == "main.b")
  }

  @Test func `an own group of about the same size goes before a library's`() throws {
    let growth = try growth([(["net/http.(*persistConn).readLoop"], 100), (["main.a"], 95)])
    #expect(growth.top?.frames[0].function == "main.a")
  }

  @Test func `an own group that is far smaller does not go before a library's`() throws {
    let growth = try growth([(["net/http.(*persistConn).readLoop"], 100), (["main.a"], 80)])
    #expect(growth.top?.frames[0].function == "net/http.(*persistConn).readLoop")
  }

  @Test func `the runtime's idle goroutines are never the top`() throws {
    let growth = try growth([(["runtime.gopark", "runtime.gcBgMarkWorker"], 64), (["main.a"], 2)])
    #expect(growth.top?.frames[0].function == "main.a")
  }

  @Test func `background goroutines of a library from outside are counted`() throws {
    let bundle = EvidenceBundle([
      .goroutines([(["runtime.gopark", "github.com/them/lib.loop"], 12)])
    ])
    let growth = try #require(bundle.goroutineGrowth)
    #expect(growth.libraryBackground(bundle.ownCode) == 12)
  }

  @Test func `a library's server goroutines are no clients that nobody closed`() throws {
    let bundle = EvidenceBundle([.goroutines([(["github.com/them/lib.(*Server).serve"], 12)])])
    let growth = try #require(bundle.goroutineGrowth)
    #expect(growth.libraryBackground(bundle.ownCode) == 0)
  }

  private func growth(
    _ censuses: [([String], Int)]...
  ) throws -> GoroutineGrowth {
    let captures = censuses.enumerated().map { index, stacks in
      Capture.goroutines(stacks, source: "goroutine.\(index).pb.gz")
    }
    return try #require(EvidenceBundle(captures).goroutineGrowth)
  }
}
