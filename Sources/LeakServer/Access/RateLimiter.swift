import Synchronization

/// A token bucket for each of many keys: how often somebody may do something.
///
/// Memory: about 50 bytes a key and the key; keys whose buckets are full again are forgotten, since
/// a full bucket is what a new key gets.
final class RateLimiter: Sendable {
  /// How fast a bucket fills, and how much it holds.
  struct Rate: Sendable, Equatable {
    let perSecond: Double
    let burst: Double

    /// A rate with twice as much at once, and never less than one.
    static func perSecond(_ rate: Double) -> Rate {
      Rate(perSecond: rate, burst: max(1, 2 * rate))
    }
  }

  /// Whether it may be done now.
  enum Outcome: Equatable {
    case allowed
    /// Not before this many seconds have gone by.
    case denied(after: Double)
  }

  private struct Bucket {
    var level: Double
    var filledAt: ContinuousClock.Instant
  }

  let rate: Rate
  private let mostKeys: Int
  private let buckets = Mutex<[String: Bucket]>([:])

  /// - Parameters:
  ///   - rate: What each key may do.
  ///   - mostKeys: How many keys are remembered; beyond, those that asked least lately are forgotten.
  init(_ rate: Rate, mostKeys: Int = 100_000) {
    self.rate = rate
    self.mostKeys = mostKeys
  }

  /// How many keys are remembered.
  var keyCount: Int { buckets.withLock { $0.count } }

  /// Takes one from a key's bucket if there is one in it.
  func take(_ key: String, at now: ContinuousClock.Instant) -> Outcome {
    buckets.withLock { buckets in
      if buckets[key] == nil, buckets.count >= mostKeys { makeRoom(in: &buckets, at: now) }
      var bucket = buckets[key] ?? Bucket(level: rate.burst, filledAt: now)
      bucket.level = level(of: bucket, at: now)
      bucket.filledAt = max(bucket.filledAt, now)
      defer { buckets[key] = bucket }
      guard bucket.level >= 1 else {
        return .denied(after: (1 - bucket.level) / rate.perSecond)
      }
      bucket.level -= 1
      return .allowed
    }
  }

  private func level(of bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
    let elapsed = max(0, (now - bucket.filledAt) / .seconds(1))
    return min(rate.burst, bucket.level + elapsed * rate.perSecond)
  }

  /// Forgets full buckets, and where that is not enough the older half.
  private func makeRoom(in buckets: inout [String: Bucket], at now: ContinuousClock.Instant) {
    buckets = buckets.filter { level(of: $0.value, at: now) < rate.burst }
    guard buckets.count >= mostKeys else { return }
    let times = buckets.values.map(\.filledAt).sorted()
    let middle = times[times.count / 2]
    buckets = buckets.filter { $0.value.filledAt > middle }
  }
}
