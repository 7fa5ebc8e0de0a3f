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
