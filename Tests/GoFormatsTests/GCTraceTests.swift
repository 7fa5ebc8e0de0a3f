import Testing

@testable import GoFormats

struct GCTraceTests {
  private static let current = """
    gc 28 @388.967s 3%: 0.17+33+0.005 ms clock, 0.34+0.17/17/47+0.011 ms cpu, 55->56->29 MB, \
    57 MB goal, 1 MB stacks, 0 MB globals, 2 P

    """

  @Test func `a cycle of Go 1.18 and later has stacks`() {
    let trace = GCTrace(Array(text: Self.current))
    #expect(trace.cycles == [28])
    #expect(trace.times == [388.967])
    #expect(trace.cpuPercents == [3])
    #expect(trace.pauses == [0.17 + 0.005])
    #expect(trace.heapBefore == [55])
    #expect(trace.heapAfter == [56])
    #expect(trace.live == [29])
    #expect(trace.goals == [57])
    #expect(trace.stacks == [1])
    #expect(trace.processors == [2])
    #expect(trace.forced == [false])
  }

  @Test func `a cycle of Go 1.5 has five phases and no stacks`() {
    let line = """
      gc 6 @48.155s 15%: 0.022+0.15+0.002+0.18+0.17 ms clock, 0.022+0.15+0+0/0.034/0.26+0.17 ms cpu, \
      4->4->0 MB, 4 MB goal, 4 P (forced)

      """
    let trace = GCTrace(Array(text: line))
    #expect(trace.pauses == [0.022 + 0.17])
    #expect(trace.stacks.map(\.isNaN) == [true])
    #expect(trace.processors == [4])
    #expect(trace.forced == [true])
  }

  @Test func `what a log puts before a cycle is passed over`() {
    let trace = GCTrace(Array(text: "Aug 10 host gc svc[7]: " + Self.current))
    #expect(trace.cycles == [28])
  }

  @Test func `a cycle cut before its heap sizes is no cycle`() {
    #expect(GCTrace(Array(Array(text: Self.current).prefix(80))).count == 0)
  }

  @Test func `columns have equal lengths`() throws {
    let trace = GCTrace(try Fixture.bytes("gctrace-go-1.27.log"))
    #expect(trace.count == 60)
    #expect(trace.live.count == 60 && trace.goals.count == 60 && trace.forced.count == 60)
  }
}
