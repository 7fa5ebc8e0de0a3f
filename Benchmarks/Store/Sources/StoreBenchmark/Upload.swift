import LeakModel

/// A run of samples of one process, as an agent uploads them.
struct Upload {
  let instance: String
  let series: SnapshotSeries

  /// Samples every ten seconds of a service that works: the heap saws, counters climb unevenly,
  /// what the system maps comes in pages.
  init(number: Int, count: Int, metrics: Int) {
    instance = "relay-\(number)"
    var random = Congruential(state: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
    var builder = SnapshotSeriesBuilder()
    var counter = 0.0
    let chosen = Self.order.prefix(metrics)
    for index in 0..<count {
      counter += Double(random.next() % 40_000_000)
      var values: [Metric: Double] = [:]
      for metric in chosen {
        switch metric {
        case .totalAlloc, .mallocs, .frees, .pauseTotalNs: values[metric] = counter
        case .gcCPUFraction: values[metric] = Double(random.next() >> 40) / 1e9
        case .numGoroutine, .fds, .threads: values[metric] = Double(900 + random.next() % 200)
        case .vmRSS, .rssAnon, .cgroupUsage, .heapInuse, .heapIdle:
          values[metric] = Double((100_000 + random.next() % 2_000) * 4_096)
        case .heapAlloc, .alloc, .heapObjects:
          values[metric] = Double(200_000_000 + random.next() % 200_000_000)
        default: values[metric] = Double(index / 500 * 65_536)
        }
      }
      builder.append(at: 1_795_143_600 + Double(index) * 10, values)
    }
    series = builder.build()
  }

  /// Those that most agents report come first.
  private static let order: [Metric] = {
    let first: [Metric] = [
      .heapAlloc, .heapInuse, .heapSys, .heapObjects, .numGoroutine, .vmRSS, .totalAlloc, .mallocs,
      .frees, .nextGC,
    ]
    return first + Metric.allCases.filter { !first.contains($0) }
  }()
}

/// A sequence that is the same on every run: a linear congruential generator, Knuth's constants.
private struct Congruential {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 16
  }
}
