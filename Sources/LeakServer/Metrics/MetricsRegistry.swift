import CoreMetrics
import Synchronization

/// Keeps what is measured for Prometheus to read: a back end of swift-metrics.
///
/// A metric's label is its name as Prometheus spells it, with the unit at its end.
final class MetricsRegistry: MetricsFactory {
  /// A metric with its labels in the order given.
  private struct Key: Hashable {
    let name: String
    let labels: [String]

    init(_ name: String, _ dimensions: [(String, String)]) {
      self.name = name
      self.labels = dimensions.flatMap { [$0.0, $0.1] }
    }

    var pairs: [(String, String)] {
      stride(from: 0, to: labels.count, by: 2).map { (labels[$0], labels[$0 + 1]) }
    }
  }

  private struct State {
    var counters: [Key: CounterCell] = [:]
    var gauges: [Key: GaugeCell] = [:]
    var histograms: [Key: HistogramCell] = [:]

    var count: Int { counters.count + gauges.count + histograms.count }
  }

  /// How many series are kept; more would come from labels without a bound.
  private static let mostSeries = 2_000

  private let help: [String: String]
  private let state = Mutex(State())

  /// - Parameter help: A sentence for each metric by its name.
  init(help: [String: String]) {
    self.help = help
  }

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    cell(\.counters, Key(label, dimensions), CounterCell.init)
  }

  func makeFloatingPointCounter(
    label: String,
    dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    cell(\.counters, Key(label, dimensions), CounterCell.init)
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    cell(\.gauges, Key(label, dimensions), GaugeCell.init)
  }

  func makeRecorder(
    label: String,
    dimensions: [(String, String)],
    aggregate: Bool
  ) -> any RecorderHandler {
    aggregate
      ? cell(\.histograms, Key(label, dimensions), HistogramCell.init)
      : cell(\.gauges, Key(label, dimensions), GaugeCell.init)
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    cell(\.histograms, Key(label, dimensions), HistogramCell.init)
  }

  // Series live as long as the registry: one that ends would look to Prometheus like a restart.
  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}

  /// Writes all metrics in the order of their names.
  func write(to text: inout Exposition) {
    let (counters, gauges, histograms) = state.withLock { state in
      (
        Self.grouped(state.counters.mapValues(\.value)),
        Self.grouped(state.gauges.mapValues(\.value)),
        Self.grouped(state.histograms.mapValues(\.value))
      )
    }
    for (name, series) in counters { text.add(name, .counter, help[name] ?? name, series) }
    for (name, series) in gauges { text.add(name, .gauge, help[name] ?? name, series) }
    for (name, series) in histograms { text.add(name, help[name] ?? name, series) }
  }

  private func cell<Cell: Sendable>(
    _ cells: any WritableKeyPath<State, [Key: Cell]> & Sendable,
    _ key: Key,
    _ make: () -> Cell
  ) -> Cell {
    state.withLock { state in
      if let cell = state[keyPath: cells][key] { return cell }
      let cell = make()
      if state.count < Self.mostSeries { state[keyPath: cells][key] = cell }
      return cell
    }
  }

  private static func grouped<Value>(
    _ series: [Key: Value]
  ) -> [(String, [(labels: [(String, String)], value: Value)])] {
    Dictionary(grouping: series) { $0.key.name }.sorted { $0.key < $1.key }
      .map { name, series in
        (
          name,
          series.sorted { $0.key.labels.lexicographicallyPrecedes($1.key.labels) }
            .map { (labels: $0.key.pairs, value: $0.value) }
        )
      }
  }
}

/// A number that only grows.
private final class CounterCell: CounterHandler, FloatingPointCounterHandler {
  private let state = Mutex(0.0)

  var value: Double { state.withLock { $0 } }

  func increment(by amount: Int64) { increment(by: Double(amount)) }

  func increment(by amount: Double) { state.withLock { $0 += amount } }

  func reset() { state.withLock { $0 = 0 } }
}

/// A number as it stands.
private final class GaugeCell: MeterHandler, RecorderHandler {
  private let state = Mutex(0.0)

  var value: Double { state.withLock { $0 } }

  func set(_ value: Int64) { set(Double(value)) }

  func set(_ value: Double) { state.withLock { $0 = value } }

  func record(_ value: Int64) { set(Double(value)) }

  func record(_ value: Double) { set(value) }

  func increment(by amount: Double) { state.withLock { $0 += amount } }

  func decrement(by amount: Double) { state.withLock { $0 -= amount } }
}

/// Times in seconds.
private final class HistogramCell: TimerHandler, RecorderHandler {
  private let state = Mutex(Histogram())

  var value: Histogram { state.withLock { $0 } }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) { state.withLock { $0.add(seconds: value) } }
}
