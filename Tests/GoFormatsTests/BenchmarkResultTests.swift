import Testing

@testable import GoFormats

struct BenchmarkResultTests {
  private func read(_ text: String) -> [BenchmarkResult] {
    BenchmarkResult.read(Array(text.utf8))
  }

  @Test func `a line tells bytes and objects of an operation`() throws {
    let line = "BenchmarkGet-4    200000         53816 ns/op       74349 B/op         36 allocs/op"
    let result = try #require(read(line).first)
    #expect(result.name == "BenchmarkGet")
    #expect(result.bytesPerOperation == 74_349)
    #expect(result.allocationsPerOperation == 36)
  }

  @Test func `other units may stand between`() {
    let line = "BenchmarkCopy/1MB-8  120  9.1 ns/op  1024.55 MB/s  48 B/op  2 allocs/op"
    #expect(read(line).map(\.name) == ["BenchmarkCopy/1MB"])
    #expect(read(line).map(\.bytesPerOperation) == [48])
  }

  @Test func `a line without allocations tells nothing`() {
    #expect(read("BenchmarkGet-4    200000         53816 ns/op").isEmpty)
    #expect(read("Benchmarks are slow today, all of them in fact").isEmpty)
  }

  @Test func `a pasted benchmark is found amid prose`() throws {
    let text =
      "With the pool the client gets much faster:\n\nBenchmarkGet-4 2 3 ns/op 5 B/op 1 allocs/op\n"
    let captures = try Capture.read(Array(text.utf8), source: "x")
    #expect(captures.map(\.format) == [.benchmarks, .story])
  }
}
