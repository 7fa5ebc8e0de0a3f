import Testing

@testable import GoFormats

struct SmapsSummaryTests {
  private func summary(_ header: String, before: String = "") -> SmapsSummary {
    SmapsSummary(
      Array(text: before + header + "\nRss:        8 kB\nAnonymous:  4 kB\nLazyFree:   4 kB\n")
    )
  }

  @Test(arguments: [
    "c000000000-c000400000 rw-p 00000000 00:00 0 ",
    "4000000000-4000400000 rw-p 00000000 00:00 0 ",
    "253aeec00000-253aef800000 rw-p 00000000 00:00 0 ",
    "7f9208000000-7f9208021000 rw-p 00000000 00:00 0      [anon: Go: heap]",
  ])
  func `Go's arenas are known by where they are or what they are called`(header: String) {
    #expect(summary(header).goHeap.rss == 8_192)
  }

  @Test func `the break is C's heap`() {
    #expect(summary("0ada7000-0c9df000 rw-p 00000000 00:00 0    [heap]").cHeap.anonymous == 4_096)
  }

  @Test func `an aligned mapping of at most 64 MiB is an arena of malloc`() {
    #expect(summary("7f9208000000-7f9208021000 rw-p 00000000 00:00 0 ").mallocArenas.mappings == 1)
    #expect(
      summary("7f9208001000-7f9208021000 rw-p 00000000 00:00 0 ").otherAnonymous.mappings == 1
    )
  }

  @Test func `a program's data is code, a mapped file is not`() {
    let program = """
      00400000-00402000 r--p 00000000 fe:00 1 /srv/app
      00402000-0074f000 r-xp 00002000 fe:00 1 /srv/app

      """
    #expect(
      summary("00ab6000-00b07000 rw-p 006b5000 fe:00 1 /srv/app", before: program).code.mappings
        == 3
    )
    #expect(
      summary("7f16b4500000-7f16b4600000 r--s 00000000 fe:00 2 /srv/04.seg").files.rss == 8_192
    )
  }

  @Test func `zeroed data behind a program's file is not Go's heap`() {
    let program = "555555554000-555555558000 r-xp 00000000 fe:00 1 /srv/app\n"
    let summary = summary("555555558000-555555559000 rw-p 00000000 00:00 0 ", before: program)
    #expect(summary.goHeap.mappings == 0)
  }

  @Test func `files deleted since are counted apart`() throws {
    let summary = SmapsSummary(try Fixture.bytes("smaps-mmap-leak-cut.txt"))
    #expect(summary.files.mappings == 12)
    #expect(summary.deletedFiles.mappings > 0)
    #expect(summary.deletedFiles.rss == summary.deletedFiles.size)
  }

  @Test func `pages given up by MADV_FREE are added up`() {
    #expect(summary("c000000000-c000400000 rw-p 00000000 00:00 0 ").lazyFree == 4_096)
  }
}
