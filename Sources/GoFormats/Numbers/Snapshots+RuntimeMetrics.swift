package import LeakModel

extension SnapshotSeries {
  /// Reads one snapshot from a dump of Go's runtime/metrics: a name and a number a line, in JSON too.
  ///
  /// `/memory/classes/heap/objects:bytes 586568`; the classes are added up to the fields of MemStats
  /// as the runtime itself does (readMetrics and ReadMemStats, Go 1.27). The time is 0.
  package init(runtimeMetrics bytes: [UInt8]) {
    self.init()
    var numbers: [String: Double] = [:]
    var text = TextCursor(bytes)
    while let start = text.find("/") {
      text.offset = start
      let name = text.take {
        Ascii.isWord($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "-")
          || $0 == Ascii.colon
      }
      // The sign between name and number may be a colon, which then was taken as part of the name.
      while let next = text.next,
        Ascii.isBlank(next) || next == UInt8(ascii: "\"") || next == UInt8(ascii: "=")
          || next == Ascii.colon || next == UInt8(ascii: ",")
      {
        text.offset += 1
      }
      guard name.count < 80, let number = text.takeNumber() else { continue }
      var key = text.string(name)
      if key.hasSuffix(":") { key.removeLast() }
      numbers[key] = number
    }
    var values: [Metric: Double] = [:]
    for (metric, names) in Self.runtimeNames {
      let parts = names.compactMap { numbers[$0] }
      if parts.count == names.count { values[metric] = parts.reduce(0, +) }
    }
    if !values.isEmpty { append(at: 0, values) }
  }

  private static let runtimeNames: [(metric: Metric, names: [String])] = [
    (.heapAlloc, ["/memory/classes/heap/objects:bytes"]),
    (.heapInuse, ["/memory/classes/heap/objects:bytes", "/memory/classes/heap/unused:bytes"]),
    (.heapIdle, ["/memory/classes/heap/free:bytes", "/memory/classes/heap/released:bytes"]),
    (.heapReleased, ["/memory/classes/heap/released:bytes"]),
    (.stackInuse, ["/memory/classes/heap/stacks:bytes"]),
    (.otherSys, ["/memory/classes/other:bytes"]),
    (.gcSys, ["/memory/classes/metadata/other:bytes"]),
    (.buckHashSys, ["/memory/classes/profiling/buckets:bytes"]),
    (.mSpanInuse, ["/memory/classes/metadata/mspan/inuse:bytes"]),
    (.mCacheInuse, ["/memory/classes/metadata/mcache/inuse:bytes"]),
    (.sys, ["/memory/classes/total:bytes"]),
    (.nextGC, ["/gc/heap/goal:bytes"]),
    (.totalAlloc, ["/gc/heap/allocs:bytes"]),
    (.heapObjects, ["/gc/heap/objects:objects"]),
    (.numGC, ["/gc/cycles/total:gc-cycles"]),
    (.numForcedGC, ["/gc/cycles/forced:gc-cycles"]),
    (.numGoroutine, ["/sched/goroutines:goroutines"]),
  ]
}
