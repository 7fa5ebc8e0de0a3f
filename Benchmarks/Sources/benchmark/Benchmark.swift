import GoFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One measured run in a fresh process: reads a file, does one thing with it, prints what it found.
///
///     benchmark top FILE          parses a profile and adds up every function, flat and cumulative
///     benchmark goroutines FILE   reads the full stacks of debug=2
///     benchmark read FILE         reads the file and nothing more: what every run pays
///
/// The output is tab-separated: the seconds of reading, parsing and adding up, then numbers that
/// must be equal to the reference's.
@main
enum Benchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { fail("usage: benchmark top|goroutines|read FILE") }
    let clock = ContinuousClock()
    let start = clock.now
    let bytes = readFile(arguments[2])
    let read = clock.now
    switch arguments[1] {
    case "top":
      let profile = try Profile(reading: bytes)
      let parsed = clock.now
      let totals = FunctionTotals(profile)
      let end = clock.now
      report([read - start, parsed - read, end - parsed], describe(totals))
    case "goroutines":
      let dump = GoroutineDump(stacks: bytes)
      let found = "\(dump.total)\t\(dump.stacks.count)\t\(dump.frames.count)"
      report([read - start, clock.now - read], found)
    case "read":
      report([read - start], "\(bytes.count)")
    default: fail("unknown benchmark \(arguments[1])")
    }
  }

  private static func report(_ steps: [Duration], _ found: String) {
    print((steps.map { "\($0 / .seconds(1))" } + [found]).joined(separator: "\t"))
  }

  /// For each column the total, and a checksum of every function's flat and cumulative value.
  private static func describe(_ totals: FunctionTotals) -> String {
    totals.totals.indices.map { column in
      let rows = totals.rows(column: column)
      let flat = rows.reduce(0) { $0 ^ $1.flat &* Int64($1.name.utf8.count) }
      let cumulative = rows.reduce(0) { $0 &+ $1.cumulative &* Int64($1.name.utf8.count) }
      return "\(totals.totals[column])\t\(rows.count)\t\(flat)\t\(cumulative)"
    }
    .joined(separator: "\t")
  }

  private static func readFile(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { fail("\(path): cannot be opened") }
    defer { close(file) }
    let size = Int(lseek(file, 0, SEEK_END))
    lseek(file, 0, SEEK_SET)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let part = read(file, buffer.baseAddress.map { $0 + count }, size - count)
        guard part > 0 else { return }
        count += part
      }
    }
  }

  private static func fail(_ reason: String) -> Never {
    print("benchmark: \(reason)")
    exit(1)
  }
}
