/// What can be wrong with the memory of a Go program; the raw values are a contract.
///
/// `unknown` is the answer when the evidence does not suffice. The meanings stand in the
/// playbooks, one file for each cause but `unknown`.
package enum Cause: String, Sendable, CaseIterable, Codable, Hashable {
  case httpBodyUnclosed = "http-body-unclosed"
  case clientPerRequest = "client-per-request"
  case rowsUnclosed = "rows-unclosed"
  case channelSendBlocked = "channel-send-blocked"
  case channelRecvBlocked = "channel-recv-blocked"
  case contextIgnored = "context-ignored"
  case lockBlocked = "lock-blocked"
  case ioBlocked = "io-blocked"
  case timerLeak = "timer-leak"
  case unboundedConcurrency = "unbounded-concurrency"

  case unboundedCache = "unbounded-cache"
  case unboundedCollection = "unbounded-collection"
  case slicePinning = "slice-pinning"
  case mapNoShrink = "map-no-shrink"
  case poolMisuse = "pool-misuse"
  case finalizerBlocked = "finalizer-blocked"
  case contextCancelLeak = "context-cancel-leak"
  case labelCardinality = "label-cardinality"
  case deferAccumulation = "defer-accumulation"
  case heapFragmentation = "heap-fragmentation"

  case growthChurn = "growth-churn"
  case largeObjectChurn = "large-object-churn"
  case boxingChurn = "boxing-churn"

  case cgoLeak = "cgo-leak"
  case mallocFragmentation = "malloc-fragmentation"
  case mmapLeak = "mmap-leak"
  case stackGrowth = "stack-growth"
  case threadExplosion = "thread-explosion"

  case gogcTooHigh = "gogc-too-high"
  case gogcTooLow = "gogc-too-low"
  case memoryNotReturned = "memory-not-returned"
  case hugePages = "huge-pages"
  case pageCache = "page-cache"
  case kernelMemory = "kernel-memory"
  case undersizedLimit = "undersized-limit"

  case concurrentMapAccess = "concurrent-map-access"
  case unsafePointer = "unsafe-pointer"

  case healthy
  case unknown

  /// Where a cause belongs; the folder of its playbook.
  package enum Family: String, Sendable, CaseIterable, Codable, Hashable {
    case goroutine
    case heap
    case churn
    case native
    case runtime
    case crash
    case none
  }

  package var family: Family {
    switch self {
    case .httpBodyUnclosed, .clientPerRequest, .rowsUnclosed, .channelSendBlocked,
      .channelRecvBlocked, .contextIgnored, .lockBlocked, .ioBlocked, .timerLeak,
      .unboundedConcurrency:
      .goroutine
    case .unboundedCache, .unboundedCollection, .slicePinning, .mapNoShrink, .poolMisuse,
      .finalizerBlocked, .contextCancelLeak, .labelCardinality, .deferAccumulation,
      .heapFragmentation:
      .heap
    case .growthChurn, .largeObjectChurn, .boxingChurn: .churn
    case .cgoLeak, .mallocFragmentation, .mmapLeak, .stackGrowth, .threadExplosion: .native
    case .gogcTooHigh, .gogcTooLow, .memoryNotReturned, .hugePages, .pageCache, .kernelMemory,
      .undersizedLimit:
      .runtime
    case .concurrentMapAccess, .unsafePointer: .crash
    case .healthy, .unknown: .none
    }
  }
}
