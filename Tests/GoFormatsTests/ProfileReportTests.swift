import LeakModel
import Testing

@testable import GoFormats

struct ProfileReportTests {
  private func report(_ name: String) throws -> ProfileReport {
    try #require(ProfileReport(Fixture.bytes(name)))
  }

  @Test func `a top has its type, total and time`() throws {
    let top = try report("pprof-top.txt")
    #expect(top.kind == .top)
    #expect(top.sampleType == "inuse_space")
    #expect(top.unit == .bytes)
    #expect(top.total == 23112.19 * 1_024)
    #expect(top.time?.description == "2026-11-21T02:57:24Z")
  }

  @Test func `a row is its function with both values in bytes`() throws {
    let row = try #require(try report("pprof-top.txt").rows.first)
    #expect(row.function == "main.(*rateDesk).ask")
    #expect(row.flat == 19915.56 * 1_024)
    #expect(row.cumulative == row.flat)
  }

  @Test func `the remark on inlining is no part of the name`() throws {
    #expect(try report("pprof-top.txt").rows[1].function == "strings.(*Builder).grow")
  }

  @Test func `the header of old versions gives the total`() throws {
    let top = try report("pprof-top-old-header.txt")
    #expect(top.total == 10.36 * 0x1p30)
    #expect(top.sampleType == nil)
  }

  @Test func `without a header the percentages imply the total`() throws {
    let text = """
           flat  flat%   sum%        cum   cum%
        210.50MB 61.91% 61.91%   210.50MB 61.91%  main.put
            40MB 11.76% 73.68%    40.10MB 11.79%  encoding/json.(*decodeState).lit
      """
    let report = try #require(ProfileReport(Array(text: text)))
    #expect(((report.impliedTotal ?? 0) / 1_048_576).rounded() == 340)
  }

  @Test func `a row that is cut is passed over`() throws {
    #expect(try report("pprof-top-old-header.txt").rows.count == 4)
  }

  @Test func `rows alone are a report, of counts where they have no unit`() throws {
    let text = "    125541  8.40%  8.40%     128583  8.60%  reflect.Value.call\n"
    let top = try #require(ProfileReport(Array(text: text)))
    #expect(top.unit == .count)
    #expect(
      top.rows == [.init(function: "reflect.Value.call", flat: 125_541, cumulative: 128_583)]
    )
  }

  @Test func `a list has the routine's totals and its lines`() throws {
    let list = try report("pprof-list.txt")
    #expect(list.kind == .list)
    #expect(list.rows.map(\.function) == ["main.(*Client).parse"])
    #expect(list.lines.map(\.line) == [458, 459])
    #expect(list.lines.first?.file == "/srv/cache/client.go")
    #expect(list.lines.first?.flat == 46 * 0x1p20)
  }

  @Test func `a peek tells who calls whom`() throws {
    let peek = try report("pprof-peek.txt")
    #expect(peek.kind == .peek)
    #expect(peek.rows.count == 4)
    #expect(
      peek.calls.prefix(2).map { "\($0.caller) > \($0.callee)" } == [
        "main.mountProduct > main.loadProductIndex", "main.loadProductIndex > strings.Repeat",
      ]
    )
  }

  @Test func `traces add up by function`() throws {
    let traces = try report("pprof-traces.txt")
    #expect(traces.kind == .traces)
    #expect(traces.unit == .bytes)
    #expect(!traces.traces.isEmpty)
    let flat = traces.rows.reduce(0) { $0 + $1.flat }
    #expect(flat == traces.traces.reduce(0) { $0 + $1.value })
  }

  @Test func `a text without rows is no report`() {
    #expect(ProfileReport(Array(text: "Type: inuse_space\nnothing\n")) == nil)
  }
}
