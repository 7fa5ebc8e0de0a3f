import LeakAnalysis
import LeakModel
import LeakRules
import Testing

/// The tables of symptoms that engineers work by, row by row: each finds its playbook.
struct DomainTableTests {
  /// The causes that match in the embedded rulebook, best first.
  private func matches(_ facts: [FactID: String]) throws -> [Cause] {
    try Rulebook.embedded.evaluate(Sample.facts(written: facts)).filter(\.isMatch).map(\.cause)
  }

  @Test(arguments: symptoms)
  func `a symptom alone leads to its cause`(row: Row) throws {
    #expect(try matches(row.facts).first == row.cause)
  }

  @Test(arguments: threeTools)
  func `what profile, trace and debugger agree on leads to its cause`(row: Row) throws {
    #expect(try matches(row.facts).first == row.cause)
  }

  @Test(arguments: furtherCases)
  func `a further case of the three tools leads to its cause`(row: Row) throws {
    #expect(try matches(row.facts).first == row.cause)
  }

  @Test(arguments: readings)
  func `a reading of the numbers leads to its family`(reading: Reading) throws {
    let best = try #require(try matches(reading.facts).first)
    #expect(reading.families.contains(best.family), "\(best)")
  }
}

extension DomainTableTests {
  /// A cause in the words of the table, how it shows, and the facts that this amounts to.
  struct Row: Sendable, CustomTestStringConvertible {
    let words: String
    let symptom: String
    let facts: [FactID: String]
    let cause: Cause

    var testDescription: String { "\(words): \(symptom)" }
  }

  /// What a pair of numbers means, and the families it points to.
  struct Reading: Sendable, CustomTestStringConvertible {
    let words: String
    let facts: [FactID: String]
    let families: [Cause.Family]

    var testDescription: String { words }
  }

  /// Symptom, cause, and how to verify it.
  private static let symptoms = [
    Row(
      words: "unclosed HTTP response body",
      symptom: "many goroutines blocked in network I/O",
      // The transport's readLoop waits in select, for the body, not in IO wait.
      facts: [
        .goroutineHTTPClientGrowth: "400", .goroutineHTTPClientBodyOpenShare: "100%",
        .goroutineGrowingWait: "select", .goroutineGrowingCount: "400",
        .goroutineGrowingHasOwnFrame: "false", .goroutineIsGrowing: "true",
      ],
      cause: .httpBodyUnclosed
    ),
    Row(
      words: "map or slice that only grows",
      symptom: "instances of one struct rise linearly with time",
      facts: [
        .heapTrend: "growing", .heapGrowth: "120 MiB", .heapSiteShare: "80%",
        .heapSiteObjectSize: "96 B", .heapSiteSizeCount: "1", .heapSiteCompanions: "false",
        .heapSiteKind: "own", .heapSiteRetention: "98%", .goroutineIsGrowing: "false",
      ],
      cause: .unboundedCollection
    ),
    Row(
      words: "goroutine leak",
      symptom: "goroutine count tens of times the normal concurrency",
      facts: [
        .goroutineGrowthRatio: "40", .goroutineCount: "4100", .goroutineGrowingCount: "3900",
        .goroutineGrowingShare: "95%", .goroutineGrowingWait: "chan_receive",
        .goroutineGrowingHasOwnFrame: "true", .goroutineGrowingWakes: "false",
        .goroutineIsGrowing: "true", .goroutineBurst: "false",
      ],
      cause: .channelRecvBlocked
    ),
    Row(
      words: "cache without a limit",
      symptom: "memory grows with the number of requests, entries from thousands to millions",
      facts: [
        .heapTrend: "growing", .heapGrowth: "600 MiB", .heapSiteShare: "60%",
        .heapSiteCompanions: "true", .heapSiteSizeCount: "3", .heapSiteKind: "own",
        .heapSiteInHandler: "true", .heapSiteRetention: "95%", .goroutineIsGrowing: "false",
      ],
      cause: .unboundedCache
    ),
  ]

  /// The heap profile, the execution trace and the debugger tell the same.
  private static let threeTools = [
    Row(
      words: "HTTP body not closed",
      symptom: "allocation in the body reader surges, goroutines parked in Read",
      facts: [
        .heapTrend: "growing", .heapGrowth: "40 MiB", .heapSiteShare: "55%",
        .heapSiteKind: "network", .heapSiteIsOwn: "false", .goroutineIsGrowing: "true",
        .goroutineHTTPClientGrowth: "1500", .goroutineHTTPClientBodyOpenShare: "99%",
      ],
      cause: .httpBodyUnclosed
    ),
    Row(
      words: "sync.Pool misuse",
      symptom: "large retained buffers, many blocks of one size class",
      facts: [
        .heapTrend: "saturating", .heapGrowth: "180 MiB", .heapPoolShare: "75%",
        .heapSiteShare: "75%", .heapSiteGrowth: "140 MiB", .heapSiteKind: "buffer_growth",
        .heapSiteObjectSize: "1 MiB", .heapSiteSizeCount: "1", .goroutineIsGrowing: "false",
      ],
      cause: .poolMisuse
    ),
    Row(
      words: "finalizer cycle or backlog",
      symptom: "the finalizer goroutine is always active, cycles lengthen",
      facts: [
        .goroutineFinalizerStuck: "true", .heapTrend: "growing", .heapGrowth: "60 MiB",
        .heapSiteShare: "70%", .goroutineIsGrowing: "false",
      ],
      cause: .finalizerBlocked
    ),
  ]

  private static let furtherCases = [
    Row(
      words: "channel nobody consumes",
      symptom: "goroutines in chan send, the wait queue holds them",
      facts: [
        .goroutineGrowingWait: "chan_send", .goroutineGrowingCount: "5000",
        .goroutineGrowingShare: "96%", .goroutineGrowingWaitMinutes: "12 min",
        .goroutineGrowingHasOwnFrame: "true", .goroutineIsGrowing: "true",
        .goroutineBurst: "false",
      ],
      cause: .channelSendBlocked
    ),
    Row(
      words: "context cancellation not propagated",
      symptom: "goroutines of a handler outlive the request",
      facts: [
        .goroutineGrowingWait: "sleep", .goroutineGrowingCount: "800",
        .goroutineGrowingHasOwnFrame: "true", .goroutineGrowingWakes: "true",
        .goroutineIsGrowing: "true", .goroutineBurst: "false",
      ],
      cause: .contextIgnored
    ),
    Row(
      words: "concurrent map write",
      symptom: "fatal error in a map",
      facts: [.crashKind: "concurrent-map"],
      cause: .concurrentMapAccess
    ),
    Row(
      words: "unsafe.Pointer turned uintptr",
      symptom: "memory that the GC cannot see is freed and used",
      facts: [.crashKind: "memory-corruption"],
      cause: .unsafePointer
    ),
    Row(
      words: "interface boxing",
      symptom: "a storm of allocations of 16 bytes",
      facts: [
        .gcRate: "12 per s", .allocObjectRate: "800000 per s", .allocMeanSize: "16 B",
        .allocTurnover: "20 per s", .allocSiteObjectSize: "16 B", .allocSiteShare: "70%",
        .allocSiteSizeCount: "1", .heapTrend: "flat",
      ],
      cause: .boxingChurn
    ),
    Row(
      words: "goroutine stack growth",
      symptom: "stacks hold more than the heap",
      facts: [
        .processStackShare: "70%", .processStackPerGoroutine: "4 MiB",
        .goroutineDeepestStack: "9000", .heapTrend: "flat", .goroutineIsGrowing: "false",
      ],
      cause: .stackGrowth
    ),
  ]

  private static let readings = [
    Reading(
      words: "RSS of GBs that Go did not ask for, HeapInuse at 100 MB: outside the live heap",
      facts: [
        .processRSS: "3 GiB", .processRSSTrend: "growing", .processNative: "2.7 GiB",
        .processNativeGrowth: "2.6 GiB", .processNativeShare: "90%", .heapTrend: "flat",
      ],
      families: [.native, .runtime]
    ),
    Reading(
      words: "RSS of GBs that Go keeps idle, HeapInuse at 100 MB: outside the live heap",
      facts: [
        .processRSS: "3 GiB", .processRSSTrend: "flat", .processIdleHeld: "2.7 GiB",
        .processIdleHeldShare: "90%", .processNativeGrowth: "0 B", .heapTrend: "flat",
      ],
      families: [.native, .runtime]
    ),
    Reading(
      words: "alloc_space far above inuse_space: churn",
      facts: [
        .allocTurnover: "30 per s", .allocRate: "300 MiB/s", .gcRate: "15 per s",
        .heapTrend: "flat",
      ],
      families: [.churn]
    ),
    Reading(
      words: "inuse rises and does not fall after GC: retention",
      facts: [
        .heapTrend: "growing", .heapGrowth: "200 MiB", .heapSiteShare: "60%",
        .heapSiteRetention: "97%",
      ],
      families: [.heap]
    ),
    Reading(
      words: "alloc rises linearly, inuse does not: normal",
      facts: [
        .allocRate: "5 MiB/s", .gcRate: "6 per min", .heapTrend: "flat",
        .goroutineIsGrowing: "false",
      ],
      families: [.none]
    ),
  ]
}
