import LeakAnalysis
import LeakModel
import Testing

/// Series that are no memory: what they have never shown is news, whatever it is.
struct OtherQuantityTests {
  /// Six days of requests a second, five minutes apart, that follow the day between 20 and 100.
  private let traffic = MemorySeries(
    base: 60,
    noise: 0,
    interval: 300,
    hours: 144,
    course: { hour in
      let place = hour.truncatingRemainder(dividingBy: 24) / 12
      return 40 * (place < 1 ? 2 * place - 1 : 3 - 2 * place)
    }
  ).samples

  @Test func `a single spike is told by its own sample`() {
    let alarms = alarms(with(140, at: 1_000))
    #expect(alarms.map(\.kind) == [.extreme])
    #expect(alarms.map(\.change) == [300_000])
    #expect(alarms.map(\.raised) == [300_000])
  }

  @Test func `a single drop is told as well`() {
    #expect(alarms(with(0, at: 1_000)).map(\.raised) == [300_000])
  }

  @Test func `a spike of memory is a torn reading`() {
    let kinds = alarms(with(140, at: 1_000), nature: .memory).filter { $0.raised >= 300_000 }
    #expect(kinds.isEmpty)
  }

  @Test func `what happened within the last weeks is no news`() {
    var samples = with(140, at: 1_000)
    samples[1_400] = Sample(time: samples[1_400].time, value: 139)
    #expect(alarms(samples).map(\.raised) == [300_000])
  }

  @Test func `ever higher within hours is one disturbance`() {
    var samples = traffic
    for (place, index) in stride(from: 1_000, to: 1_200, by: 40).enumerated() {
      samples[index] = Sample(time: samples[index].time, value: 140 + 10 * Double(place))
    }
    let extremes = alarms(samples).filter { $0.kind == .extreme }
    #expect(extremes.map(\.raised) == [300_000])
  }

  @Test func `for a day nothing is extreme`() {
    #expect(alarms(with(140, at: 200)).isEmpty)
  }

  @Test func `a step beyond all that was seen is told at once and then as a change`() {
    let noise = MemorySeries(base: 60, noise: 1, interval: 300, hours: 144).samples
    let told = alarms(
      noise.map { Sample(time: $0.time, value: $0.value + ($0.time > 300_000 ? 30 : 0)) }
    )
    let kinds = told.filter { $0.raised > 300_000 }.map(\.kind)
    #expect(kinds.first == .extreme)
    #expect(kinds.count > 1 && kinds[1] != .extreme)
  }

  @Test func `jobs that come and go raise no alarm`() {
    let samples = traffic.enumerated().map { index, sample in
      Sample(time: sample.time, value: sample.value + (index % 36 < 5 ? 45 : 0))
    }
    #expect(alarms(samples).isEmpty)
  }

  @Test func `values in no order raise an alarm more and more rarely`() {
    // Records among n values: ln(n) to either side, so 2 ln(20) from the second day to the fortieth.
    for seed in 1...8 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let samples = (0..<5_760).map {
        Sample(time: 300 * Double($0), value: Double.random(in: 0..<1, using: &random))
      }
      #expect(alarms(samples).count(where: { $0.kind == .extreme }) <= 12)
    }
  }

  @Test(arguments: [
    "rss", "heap_inuse", "HeapInuse", "VmRSS", "vm_rss", "cgroup_working_set", "stack-inuse",
    "process_resident_memory_bytes", "go_memstats_sys_bytes", "jvm.heap.used",
  ])
  func `a metric of memory is known by its name`(metric: String) {
    #expect(SeriesNature(metric: metric, limit: nil) == .memory)
  }

  @Test(arguments: [nil, "", "cpu", "requests", "across", "latency_p99", "NumGoroutine", "GCSys2"])
  func `anything else is another quantity`(metric: String?) {
    #expect(SeriesNature(metric: metric, limit: nil) == .other)
  }

  @Test func `what has a limit in bytes is memory`() {
    #expect(SeriesNature(metric: nil, limit: 1e9) == .memory)
  }

  /// The traffic with one sample changed.
  private func with(_ value: Double, at index: Int) -> [Sample] {
    var samples = traffic
    samples[index] = Sample(time: samples[index].time, value: value)
    return samples
  }

  private func alarms(_ samples: [Sample], nature: SeriesNature = .other) -> [SeriesAlarm] {
    var monitor = SeriesMonitor(.init(interval: 300, nature: nature))
    return samples.compactMap { monitor.append($0) }
  }
}
