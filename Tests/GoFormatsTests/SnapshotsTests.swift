import LeakModel
import Testing

@testable import GoFormats

struct SnapshotsTests {
  private func read(_ text: String) -> Parsed<SnapshotSeries> {
    SnapshotSeries.read(json: Array(text: text))
  }

  @Test func `a line is a snapshot`() {
    let series = read("{\"t\": 10.5, \"HeapInuse\": 7, \"other\": [{\"x\": \"}\"}]}\n{\"t\": 12}\n")
      .value
    #expect(series.times == [10.5])
    #expect(series.samples(of: .heapInuse) == [Sample(time: 10.5, value: 7)])
  }

  @Test func `a time in milliseconds is divided`() {
    let series = read("{\"t\": 1795230789817, \"Alloc\": 1}\n").value
    #expect(series.times == [1_795_230_789.817])
  }

  @Test func `a broken line is recorded and the rest is read`() {
    let parsed = read("{\"t\": 1, \"Alloc\": 1}\n{\"t\": 2, \"Al\n{\"t\": 3, \"Alloc\": 3}\n")
    #expect(parsed.value.times == [1, 3])
    #expect(parsed.skipped.map(\.place) == [.line(2)])
  }

  @Test func `lines in any order are put in the order of time`() {
    let series = read("{\"t\": 3, \"Sys\": 3}\n{\"t\": 1, \"Sys\": 1}\n{\"t\": 2, \"Alloc\": 9}\n")
      .value
    #expect(series.times == [1, 2, 3])
    #expect(series.samples(of: .sys).map(\.value) == [1, 3])
    #expect(series.samples(of: .alloc) == [Sample(time: 2, value: 9)])
  }

  @Test func `objects over several lines follow one another`() {
    let series = read("{\n\"t\": 1,\n\"Alloc\": 1\n}\n{\n\"t\": 2,\n\"Alloc\": 2\n}\n").value
    #expect(series.times == [1, 2])
  }

  @Test func `of objects that all lack a time the last is read, and that is said`() {
    let parsed = read("{\n\"memstats\": {\"Alloc\": 1}\n}\n{\n\"memstats\": {\"Alloc\": 2}\n}\n")
    #expect(parsed.value.samples(of: .alloc).map(\.value) == [2])
    #expect(parsed.skipped.count == 1)
  }

  @Test func `a line without a time is recorded`() {
    let parsed = read("{\"t\": 1, \"Alloc\": 1}\n{\"Alloc\": 2}\n")
    #expect(parsed.skipped.map(\.reason) == ["object has no time \"t\""])
  }

  @Test func `one object over many lines is one snapshot`() {
    let series = read("{\n  \"HeapAlloc\": 5,\n  \"NumGC\": 2\n}\n").value
    #expect(series.last(.heapAlloc) == 5)
    #expect(series.times == [0])
  }

  @Test func `the member memstats of expvar is looked into`() {
    let series = read(
      "{\"cmdline\": [\"/srv/a\"], \"memstats\": {\"HeapAlloc\": 5, \"BySize\": [{}]}}"
    )
    #expect(series.value.last(.heapAlloc) == 5)
  }

  @Test func `an exposition gives one snapshot under the runtime's names`() {
    let text = """
      # TYPE go_goroutines gauge
      go_goroutines 8
      go_memstats_heap_inuse_bytes 2.5010176e+07
      process_resident_memory_bytes{job="a}b"} 3e+07 1795230789000
      go_memstats_next_gc_bytes NaN

      """
    let series = SnapshotSeries.read(exposition: Array(text: text)).value
    #expect(series.times == [1_795_230_789])
    #expect(series.last(.numGoroutine) == 8)
    #expect(series.last(.heapInuse) == 25_010_176)
    #expect(series.last(.vmRSS) == 3e7)
    #expect(series.last(.nextGC) == nil)
  }
}
