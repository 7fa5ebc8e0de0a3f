import Testing

@testable import GoFormats

struct KernelTableTests {
  @Test func `kilobytes become bytes, counts stay`() throws {
    let table = KernelTable.read(table: try Fixture.bytes("proc-status.txt"))
    #expect(table["VmRSS"] == 34_918_400)
    #expect(table["Threads"] == 6)
  }

  @Test func `a value that is not one number is left out`() throws {
    let table = KernelTable.read(table: try Fixture.bytes("proc-status.txt"))
    #expect(table["Uid"] == nil)
    #expect(table["SigQ"] == nil)
  }

  @Test func `the rollup has the names of smaps`() throws {
    let table = KernelTable.read(table: try Fixture.bytes("smaps-rollup.txt"))
    #expect(table["Rss"] == 34_926_592)
    #expect(table["LazyFree"] == 0)
  }

  @Test func `limits keep the file's names and leave out what is unlimited`() throws {
    let table = KernelTable.read(limits: try Fixture.bytes("proc-limits.txt"))
    #expect(table["Max open files"] == 20_000)
    #expect(table["Max address space"] == nil)
  }
}
