import GoFormats
import LeakModel
import Testing

struct SeriesTableTests {
  @Test func `the first column is time, the second the value`() throws {
    let table = try read("t,value\n0,100\n60,200\n")
    #expect(table.name == "value")
    #expect(table.samples == [Sample(time: 0, value: 100), Sample(time: 60, value: 200)])
    #expect(table.hasClock)
  }

  @Test func `a column is chosen by its name`() throws {
    #expect(try read("t,a,b\n0,1,2\n", column: "b").samples.map(\.value) == [2])
  }

  @Test(arguments: [
    "1767225600", "1767225600000", "2026-01-01T00:00:00Z", "2026-01-01 00:00:00",
    "1767225600000000",
  ])
  func `a time is read in any of its units`(time: String) throws {
    #expect(try read("time,v\n\(time),1\n").samples.first?.time == 1_767_225_600)
  }

  @Test(arguments: [";", "\t"]) func `cells may be parted by other marks`(mark: String) throws {
    #expect(try read("t\(mark)v\n5\(mark)7\n").samples == [Sample(time: 5, value: 7)])
  }

  @Test func `cells may be quoted and lines end as on Windows`() throws {
    let table = try read("\"t\",\"heap, used\"\r\n\"5\",\"7\"\r\n")
    #expect(table.samples.first?.time == 5)
  }

  @Test func `numbers alone count their lines`() throws {
    let table = try read("3\n5\nNaN\n9\n")
    #expect(table.samples == [(0, 3), (1, 5), (3, 9)].map { Sample(time: $0.0, value: $0.1) })
    #expect(!table.hasClock)
    #expect(table.skippedCount == 1)
  }

  @Test func `a table without a header is read as well`() throws {
    #expect(try read("0,4\n1,5\n").samples.count == 2)
  }

  @Test func `rows without a number are counted`() throws {
    #expect(try read("t,v\n0,1\n1,\n2,null\nx,3\n").skippedCount == 3)
  }

  @Test(arguments: [
    ("", "series, line 1: the file is empty"),
    ("t,v\n", "series, line 2: there is a header and no row"),
    ("t,v\n1,a\n", "series, line 2: none of 1 rows has a time and a number"),
    ("hello\n", "series, line 1: expected a header such as \"t,value\" or one number a line"),
  ])
  func `a table that is none says why`(text: String, message: String) {
    let error = #expect(throws: ParseError.self) { try read(text) }
    #expect(error?.description == message)
  }

  @Test(arguments: [
    ("310.0 MiB", 310.0 * 1_048_576), ("200Mi", 200.0 * 1_048_576), ("1.5 GB", 1.5e9),
    ("512", 512.0), ("64 KiB", 65_536.0),
  ])
  func `a cell's unit makes bytes of it`(cell: String, bytes: Double) throws {
    #expect(try read("t,v\n0,\(cell)\n").samples.map(\.value) == [bytes])
  }

  @Test(arguments: [
    ("rss_kb", 1_024.0), ("memory_mib", 1_048_576.0), ("Memory (GiB)", 1_073_741_824.0),
    ("rss_bytes", 1.0), ("goroutines", 1.0), ("mb", 1.0),
  ])
  func `a column's name may tell the unit`(name: String, scale: Double) throws {
    #expect(try read("t,\(name)\n0,3\n").samples.map(\.value) == [3 * scale])
  }

  @Test func `a cell's unit goes before that of its column`() throws {
    #expect(try read("t,rss_kb\n0,2 MiB\n").samples.map(\.value) == [2_097_152])
  }

  @Test(arguments: ["45 %", "12 req/s", "1,5", "3 apples"])
  func `a unit that is no size is refused with its line`(cell: String) {
    let error = #expect(throws: ParseError.self) { try read("t;v\n0;1\n60;\(cell)\n") }
    #expect(
      error?.description
        == "series, line 3: \"\(cell)\" is no size: expected a number, or one with a unit such as 310 MiB"
    )
  }

  @Test func `what is no size may have any one unit`() throws {
    let bytes = Array("t,v\n0,12 req/s\n60,14 req/s\n".utf8)
    let table = try SeriesTable.read(bytes, isSize: false)
    #expect(table.samples.map(\.value) == [12, 14])
  }

  @Test func `two units in one column are refused`() {
    let bytes = Array("t,v\n0,900 req/s\n60,1.2 kreq/s\n".utf8)
    let error = #expect(throws: ParseError.self) {
      try SeriesTable.read(bytes, isSize: false)
    }
    #expect(error?.reason == "\"1.2 kreq/s\" has another unit than the rows before")
  }

  @Test func `a quoted cell may hold the mark that parts cells`() throws {
    let table = try read("\"t\",\"a, b\",\"c\"\n0,1,2\n", column: "c")
    #expect(table.samples.map(\.value) == [2])
  }

  @Test func `a column that is not there is named with those that are`() {
    let error = #expect(throws: ParseError.self) { try read("t,a,b\n0,1,2\n", column: "c") }
    #expect(error?.reason == "there is no column c, only a, b")
  }

  @Test func `millions of rows are thinned`() throws {
    let text = String(repeating: "7\n", count: 1_200_000)
    let table = try read(text)
    #expect(table.every == 2)
    #expect(table.samples.count == 600_000)
  }

  private func read(_ text: String, column: String? = nil) throws -> SeriesTable {
    try SeriesTable.read(Array(text.utf8), column: column)
  }
}
