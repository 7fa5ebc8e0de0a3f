import Foundation
import GoFormats
import LeakModel

@testable import LeakAnalysis

// Evidence made of values, so that a test shows all that its facts come from.

extension Frame {
  /// A call with the file where such a function lies in a build without `-trimpath`.
  static func call(_ function: String) -> Frame {
    let path = String(FunctionName(function).packagePath)
    let first = path.prefix { $0 != "/" }
    let folder =
      first == "main"
      ? "/srv/app" : first.contains(".") ? "/root/go/pkg/mod/\(path)@v1.0.0" : "/usr/lib/go/\(path)"
    return Frame(function: function, file: folder + "/file.go", line: 1)
  }
}

extension Profile {
  /// A profile with one sample for each stack, leaf first.
  init(_ types: [String], _ stacks: [([Frame], [Int64])], seconds: Double? = nil) {
    self.init()
    sampleTypes = types.map { ValueType(type: $0, unit: $0.hasSuffix("space") ? "bytes" : "count") }
    timeNanos = Int64((seconds ?? 0) * 1e9)
    for (frames, values) in stacks {
      self.values += values
      for frame in frames {
        stackLocations.append(UInt32(locationCount))
        lineFunctions.append(UInt32(functionNames.count))
        lineNumbers.append(Int32(frame.line))
        locationAddresses.append(0)
        locationStarts.append(UInt32(lineFunctions.count))
        functionNames.append(frame.function)
        functionFiles.append(frame.file)
      }
      sampleStacks.append(UInt32(stackCount))
      stackStarts.append(UInt32(stackLocations.count))
    }
  }
}

extension Capture {
  static func goroutineProfile(
    _ stacks: [([Frame], Int)],
    seconds: Double? = nil,
    source: String = "goroutine.pb.gz"
  ) -> Capture {
    let profile = Profile(
      ["goroutine"],
      stacks.map { frames, count in (frames, [Int64(count)]) },
      seconds: seconds
    )
    return Capture(
      source: source,
      format: .pprofGoroutine,
      content: .profile(profile),
      capturedAt: seconds.flatMap { Instant(seconds: $0) }
    )
  }

  /// A goroutine profile of calls by name.
  static func goroutines(
    _ stacks: [([String], Int)],
    seconds: Double? = nil,
    source: String = "goroutine.pb.gz"
  ) -> Capture {
    goroutineProfile(
      stacks.map { functions, count in (functions.map(Frame.call), count) },
      seconds: seconds,
      source: source
    )
  }

  /// What one stack of a heap profile holds and has allocated.
  struct HeapStack {
    let functions: [String]
    var objects: Int64 = 0
    var bytes: Int64 = 0
    var allocatedObjects: Int64 = 0
    var allocatedBytes: Int64 = 0
  }

  static func heap(
    _ stacks: [HeapStack],
    seconds: Double? = nil,
    source: String = "heap.pb.gz"
  ) -> Capture {
    let profile = Profile(
      ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"],
      stacks.map { stack in
        (
          stack.functions.map(Frame.call),
          [stack.allocatedObjects, stack.allocatedBytes, stack.objects, stack.bytes]
        )
      },
      seconds: seconds
    )
    return Capture(
      source: source,
      format: .pprofHeap,
      content: .profile(profile),
      capturedAt: seconds.flatMap { Instant(seconds: $0) }
    )
  }

  /// A full dump with one goroutine for each entry.
  static func dump(
    _ goroutines: [(String, [String])],
    source: String = "goroutine.txt"
  ) -> Capture {
    var text = ""
    for (number, (state, functions)) in goroutines.enumerated() {
      text += "goroutine \(number + 1) [\(state)]:\n"
      for function in functions {
        // `created by` has no arguments.
        let arguments = function.hasPrefix("created by ") ? "" : "(0x1)"
        text += "\(function)\(arguments)\n\t\(Frame.call(function).file):1 +0x1d\n"
      }
      text += "\n"
    }
    let dump = GoroutineDump(stacks: Array(text.utf8))
    return Capture(source: source, format: .goroutineDump, content: .goroutines(dump))
  }

  /// A series with a snapshot each ten seconds.
  static func series(
    count: Int = 100,
    source: String = "samples.jsonl",
    _ values: (Int) -> [Metric: Double]
  ) -> Capture {
    var series = SnapshotSeries()
    for index in 0..<count { series.append(at: Double(index) * 10, values(index)) }
    return Capture(source: source, format: .snapshots, content: .snapshots(series))
  }

  static func status(_ table: [String: Int64], source: String = "status.txt") -> Capture {
    Capture(source: source, format: .procStatus, content: .kernelTable(table))
  }

  static func rollup(_ table: [String: Int64], source: String = "smaps_rollup.txt") -> Capture {
    Capture(source: source, format: .smapsRollup, content: .kernelTable(table))
  }

  static func cgroup(
    source: String = "cgroup/memory.stat",
    _ fill: (inout CgroupMemory) -> Void
  ) -> Capture {
    var memory = CgroupMemory()
    fill(&memory)
    return Capture(source: source, format: .cgroupV2, content: .cgroup(memory))
  }
}

extension FactSet {
  /// The facts that some captures allow.
  init(_ captures: Capture...) {
    self.init(measuring: EvidenceBundle(captures))
  }
}

/// Bytes of some mebibytes.
func mib(_ count: Double) -> Double { count * 1_048_576 }

/// The files in Tests/Fixtures.
enum Fixture {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  /// The first capture in a file.
  static func capture(_ name: String) throws -> Capture {
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
    return try Capture.read(bytes, source: name)[0]
  }
}
