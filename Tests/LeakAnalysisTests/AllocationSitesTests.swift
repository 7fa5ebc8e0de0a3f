import GoFormats
import LeakAnalysis
import Testing

struct AllocationSitesTests {
  private static let plain = Capture.HeapStack(
    functions: ["main.load", "main.main"],
    objects: 10,
    bytes: 1_000
  )

  @Test func `a site is the program's function nearest to the allocation`() throws {
    let sites = try sites([
      .init(functions: ["strings.Clone", "main.keep", "main.handle"], objects: 1, bytes: 64)
    ])
    #expect(sites.ranked.map(\.frame.function) == ["main.keep"])
  }

  @Test func `what a pool's New makes is the taker's`() throws {
    let sites = try sites([
      .init(
        functions: ["main.init.func1", "sync.(*Pool).Get", "main.render"],
        objects: 1,
        bytes: 8
      )
    ])
    #expect(sites.ranked.map(\.frame.function) == ["main.render"])
    #expect(sites.ranked.map(\.kind) == [.pool])
    #expect(sites.ranked.map(\.usesPool) == [true])
  }

  @Test func `stacks with one own function are one site`() throws {
    let sites = try sites([
      Self.plain, .init(functions: ["fmt.Sprintf", "main.load"], objects: 1, bytes: 500),
    ])
    #expect(sites.ranked.map(\.bytes) == [1_500])
  }

  @Test func `without an own function the deepest call of a library is the site`() throws {
    let sites = try sites([
      .init(
        functions: ["runtime.malg", "net/http.(*conn).readRequest", "net/http.(*conn).serve"],
        objects: 1,
        bytes: 64
      )
    ])
    #expect(sites.ranked.map(\.frame.function) == ["net/http.(*conn).readRequest"])
    #expect(sites.ranked.map(\.isOwn) == [false])
  }

  @Test func `the profiler's own memory is left out`() throws {
    let sites = try sites([
      Self.plain,
      .init(
        functions: ["compress/flate.NewWriter", "runtime/pprof.writeHeap", "net/http/pprof.Index"],
        objects: 1,
        bytes: 1 << 20
      ),
    ])
    #expect(sites.total == 1_000)
  }

  @Test func `growth is told site by site, the largest first`() throws {
    let before = try sites([Self.plain])
    let after = try sites([
      .init(functions: ["main.load", "main.main"], objects: 11, bytes: 1_100),
      .init(functions: ["main.cache"], objects: 5, bytes: 900),
    ])
    let growth = after.growth(since: before)
    #expect(growth.map(\.frame.function) == ["main.cache", "main.load"])
    #expect(growth.map(\.bytes) == [900, 100])
    #expect(growth.map(\.objects) == [5, 1])
  }

  @Test func `a site that shrank has negative growth`() throws {
    let before = try sites([Self.plain])
    let after = try sites([.init(functions: ["main.load"], objects: 4, bytes: 400)])
    #expect(after.growth(since: before).map(\.bytes) == [-600])
  }

  @Test func `the kind of a site is what holds most of its bytes`() throws {
    let sites = try sites([
      Self.plain, .init(functions: ["io.ReadAll", "main.load"], objects: 1, bytes: 5_000),
    ])
    #expect(sites.ranked.map(\.kind) == [.read])
  }

  @Test func `the typical size is that of the middle byte`() throws {
    let places = try places([
      .init(functions: ["main.load"], objects: 1_000, bytes: 16_000),
      .init(functions: ["main.load"], objects: 1, bytes: 65_536),
    ])
    #expect(places.typicalSize == 65_536)
  }

  @Test func `sizes with hardly a byte are not counted`() throws {
    let places = try places([
      .init(functions: ["main.load"], objects: 1_000, bytes: 1_000_000),
      .init(functions: ["main.load"], objects: 100, bytes: 200_000),
      .init(functions: ["main.load"], objects: 1, bytes: 16),
    ])
    #expect(places.sizeCount == 2)
  }

  @Test func `sizes are counted in one line, by whatever way it is reached`() throws {
    let places = try places([
      .init(
        functions: ["bytes.growSlice", "encoding/json.a", "main.load"],
        objects: 1,
        bytes: 1_000
      ),
      .init(
        functions: ["bytes.growSlice", "encoding/json.b", "main.load"],
        objects: 1,
        bytes: 2_000
      ),
      .init(functions: ["strconv.Itoa", "main.load"], objects: 1, bytes: 300),
    ])
    #expect(places.sizeCountInLine == 2)
    #expect(places.sizeCount == 3)
  }

  @Test func `bytes allocated in a request handler are told apart`() throws {
    let sites = try sites([
      Self.plain,
      .init(functions: ["main.load", "net/http.(*conn).serve"], objects: 1, bytes: 300),
    ])
    #expect(sites.ranked.map(\.handlerBytes) == [300])
  }

  @Test func `the allocated column is added up apart from the one in use`() throws {
    let stack = Capture.HeapStack(
      functions: ["main.load"],
      objects: 1,
      bytes: 8,
      allocatedObjects: 100,
      allocatedBytes: 800
    )
    let view = try view([stack])
    #expect(view.allocated.total == 800)
    #expect(view.inUse.total == 8)
  }

  @Test(arguments: [Int64.max, .min, 1 << 58])
  func `values near the limit end no process`(value: Int64) {
    let stack = Capture.HeapStack(
      functions: ["main.load"],
      objects: value,
      bytes: value,
      allocatedObjects: value,
      allocatedBytes: value
    )
    let other = Capture.HeapStack(functions: ["main.keep"], objects: 1, bytes: value)
    let facts = FactSet(
      .heap([stack, stack, other], seconds: 1, source: "heap.0"),
      .heap([other, stack], seconds: 2, source: "heap.1"),
      .heap([stack, other, other], seconds: 3, source: "heap.2"),
      .goroutines([(["main.a"], Int(value)), (["main.b"], Int(value))], source: "goroutine.0")
    )
    #expect(facts[.heapSiteVerb]?.from.isEmpty != true)
  }

  @Test func `a profile without the column has no sites`() {
    let profile = Profile(["cpu"], [([.call("main.load")], [5])])
    let view = HeapView(source: "cpu.pb.gz", profile: profile, ownCode: OwnCode())
    #expect(view.inUse.sites.isEmpty)
  }

  private func view(_ stacks: [Capture.HeapStack]) throws -> HeapView {
    let bundle = EvidenceBundle([.heap(stacks)])
    let heap = try #require(bundle.heaps.first)
    return HeapView(source: heap.source, profile: heap.value, ownCode: bundle.ownCode)
  }

  private func sites(_ stacks: [Capture.HeapStack]) throws -> AllocationSites {
    try view(stacks).inUse
  }

  /// The places of the largest site.
  private func places(_ stacks: [Capture.HeapStack]) throws -> AllocationPlaces {
    let view = try view(stacks)
    return view.places(of: try #require(view.inUse.ranked.first), .inuse)
  }
}
