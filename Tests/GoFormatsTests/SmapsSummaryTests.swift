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

  /// With 32 bits of mmap_rnd_bits the kernel's area for mappings reaches down to 0x6fff….
  @Test(arguments: ["7f9208000000", "72a408000000", "6fff08000000"])
  func `anonymous memory near a library is not Go's heap, wherever the library is`(
    start: String
  )
    throws
  {
    let first = try #require(UInt64(start, radix: 16))
    let text = """
      c000000000-c004000000 rw-p 00000000 00:00 0
      Rss:        8 kB
      \(start)-\(String(first + 0x400_0000, radix: 16)) rw-p 00000000 00:00 0
      Rss:        16 kB
      \(String(first + 0x4000_0000, radix: 16))-\(String(first + 0x4020_0000, radix: 16)) r-xp 0 08:01 2 /usr/lib/libc.so.6
      Rss:        4 kB
      """
    let summary = SmapsSummary(Array(text: text))
    #expect(summary.goHeap.rss == 8_192)
    #expect(summary.mallocArenas.rss == 16_384)
  }

  @Test func `what Go named leaves nothing else to be Go's`() {
    let text = """
      253aeec00000-253aef800000 rw-p 00000000 00:00 0 [anon: Go: heap]
      Rss:        8 kB
      38b308000000-38b30c000000 rw-p 00000000 00:00 0
      Rss:        16 kB
      """
    let summary = SmapsSummary(Array(text: text))
    #expect(summary.goHeap.rss == 8_192)
    #expect(summary.mallocArenas.rss == 16_384)
  }

  @Test func `without a library the highest anonymous memory is not Go's heap`() {
    let text = """
      00400000-00800000 r-xp 00000000 08:01 1 /srv/cart
      Rss:        4 kB
      253aeec00000-253aef800000 rw-p 00000000 00:00 0
      Rss:        8 kB
      72a408001000-72a408021000 rw-p 00000000 00:00 0
      Rss:        16 kB
      7ffd12340000-7ffd12361000 rw-p 00000000 00:00 0 [stack]
      Rss:        4 kB
      """
    let summary = SmapsSummary(Array(text: text))
    #expect(summary.goHeap.rss == 8_192)
    #expect(summary.otherAnonymous.rss == 16_384 + 4_096)
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
