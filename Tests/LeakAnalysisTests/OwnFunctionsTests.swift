import GoFormats
import LeakAnalysis
import Testing

struct OwnFunctionsTests {
  private let evidence = EvidenceBundle([
    .goroutines(
      [
        (["main.(*mailer).post.func1", "main.main.func2"], 500), (["main.(*pool).work"], 3),
      ],
      source: "goroutine.pb.gz"
    )
  ])

  @Test func `a function stands for its closures and they for it`() {
    let functions = OwnFunctions(around: "main.(*mailer).post.func1", in: evidence)
    #expect(functions.contains("main.(*mailer).post"))
    #expect(functions.contains("main.(*mailer).post.func2"))
    #expect(!functions.contains("main.(*mailer).get"))
  }

  @Test func `what stands on the same stacks belongs to it`() {
    let functions = OwnFunctions(around: "main.(*mailer).post", in: evidence)
    #expect(functions.contains("main.main.func2"))
    #expect(!functions.contains("main.(*pool).work"))
  }

  @Test func `main is never among them as all runs under it`() {
    let functions = OwnFunctions(around: "main.(*mailer).post", in: evidence)
    #expect(!functions.contains("main.main"))
    #expect(!functions.contains("main.main.func3"))
  }

  @Test func `evidence without them has neither their goroutines nor their bytes`() {
    let bundle = EvidenceBundle([
      .goroutines(
        [(["main.(*mailer).post"], 500), (["main.(*pool).work"], 30)],
        source: "g.pb.gz"
      ),
      .heap([
        .init(functions: ["main.(*mailer).post"], objects: 40, bytes: 40 << 20),
        .init(functions: ["main.(*cache).put"], objects: 8, bytes: 8 << 20),
      ]),
    ])
    let rest = bundle.without(OwnFunctions(around: "main.(*mailer).post", in: bundle))
    #expect(rest.goroutineGrowth?.top?.ownFrame?.function == "main.(*pool).work")
    #expect(rest.heapGrowth?.sites.map(\.frame.function) == ["main.(*cache).put"])
  }
}
