/// A line of `go test -bench -benchmem`: what one operation takes.
///
/// `BenchmarkGet-4   200000   53816 ns/op   74349 B/op   36 allocs/op`; source: Go 1.27,
/// testing/benchmark.go and golang.org/design/14313-benchmark-format.
package struct BenchmarkResult: Sendable, Equatable {
  /// Without the number of processors at its end.
  package let name: String
  package let bytesPerOperation: Double
  package let allocationsPerOperation: Double

  /// The results of a text that tell allocations; other lines are passed over.
  static func read(_ bytes: [UInt8]) -> [BenchmarkResult] {
    var text = TextCursor(bytes)
    var results: [BenchmarkResult] = []
    while let line = text.takeLine() {
      if let result = BenchmarkResult(line) { results.append(result) }
    }
    return results
  }

  /// Reads a line; nil when it is none, or tells no allocations.
  init?(_ line: TextCursor) {
    guard line.starts(with: "Benchmark") else { return nil }
    var line = line
    guard let first = line.takeWord(), line.takeWord() != nil else { return nil }
    var bytes: Double?
    var allocations: Double?
    while let word = line.takeWord(), let unit = line.takeWord() {
      var digits = line.part(word)
      guard let number = digits.takeNumber(), digits.isAtEnd else { return nil }
      switch line.string(unit) {
      case "B/op": bytes = number
      case "allocs/op": allocations = number
      default: break
      }
    }
    guard let bytes, let allocations, bytes >= 0, allocations >= 0 else { return nil }
    var name = Substring(line.string(first))
    if let dash = name.lastIndex(of: "-"), Int(name[name.index(after: dash)...]) != nil {
      name = name[..<dash]
    }
    self.name = String(name)
    bytesPerOperation = bytes
    allocationsPerOperation = allocations
  }
}
