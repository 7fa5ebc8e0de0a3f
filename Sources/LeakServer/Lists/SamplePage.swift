import LeakCasebook
import LeakModel
import LeakStore
import Logging

/// A page of a service's snapshots: where it ends is known, and it is read as it is fetched.
///
/// A page may be some megabytes. Two hundred clients that ask for one and do not read it would
/// fill the memory if each had its own there.
struct SamplePage: Sendable {
  /// The cursor of the page behind this one; nil for the last page.
  let next: SampleCursor?
  /// Another for another page, or for the same when its samples have changed.
  let fingerprint: Int

  private let range: SampleRange
  private let first: SampleCursor?
  /// The place of the last sample; nil for an empty page.
  private let last: SampleCursor?
  private let store: Store

  /// How many samples are read at a time to find the end, which are forgotten at once.
  private static let stride = 1_000
  /// How many are sent at a time: about what a connection takes before it must be waited for.
  private static let slice = 100

  /// Reads where the page ends.
  ///
  /// - Parameters:
  ///   - range: The snapshots to choose from.
  ///   - cursor: Where the page begins; nil begins with the oldest.
  ///   - limit: How many a page holds at most.
  ///   - store: Where they are.
  /// - Throws: `StoreError`.
  init(
    _ range: SampleRange,
    after cursor: SampleCursor?,
    limit: Int,
    in store: Store
  ) async throws {
    var (last, count, hasMore, hasher) = (cursor, 0, true, Hasher())
    while hasMore, count < limit {
      let stride = min(Self.stride, limit - count)
      let part = try await store.samples(range, after: last, limit: stride)
      last = part.items.last.map { SampleCursor(after: $0) } ?? last
      count += part.items.count
      hasMore = part.hasMore
      hasher.combine(part.items)
    }
    hasher.combine(range)
    hasher.combine(cursor)
    hasher.combine(hasMore)
    self.range = range
    self.first = cursor
    self.last = count == 0 ? nil : last
    self.next = hasMore ? last : nil
    self.fingerprint = hasher.finalize()
    self.store = store
  }

  /// The samples of the page, some at a time.
  ///
  /// One that comes in meanwhile is sent with those around it.
  ///
  /// - Parameter logger: Where is told what breaks the answer off, since its head is sent by then.
  /// - Returns: The slices, never an empty one.
  func slices(logger: Logger) -> Slices { Slices(page: self, logger: logger) }

  /// The samples of a page as they are read.
  struct Slices: AsyncSequence, Sendable {
    fileprivate let page: SamplePage
    fileprivate let logger: Logger

    struct AsyncIterator: AsyncIteratorProtocol {
      fileprivate let page: SamplePage
      fileprivate let logger: Logger
      fileprivate var cursor: SampleCursor?

      mutating func next() async throws -> [SampleDocument]? {
        guard let last = page.last, cursor != last else { return nil }
        do {
          let part = try await page.store.samples(
            page.range,
            after: cursor,
            through: last,
            limit: SamplePage.slice
          )
          cursor = part.hasMore ? part.items.last.map { SampleCursor(after: $0) } : last
          return part.items.isEmpty ? nil : part.items.map { SampleDocument($0) }
        } catch {
          logger.error("answer broken off", metadata: ["error": "\(error)"])
          throw error
        }
      }
    }

    func makeAsyncIterator() -> AsyncIterator {
      AsyncIterator(page: page, logger: logger, cursor: page.first)
    }
  }
}

/// A snapshot as a line of a samples file: what was handed in can be handed in again.
struct SampleDocument: Encodable, Sendable {
  private let sample: SnapshotSample

  static let fieldNames = ["t", "instance"] + Metric.allCases.map(\.rawValue)

  init(_ sample: SnapshotSample) {
    self.sample = sample
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    try container.encode(sample.at.seconds, forKey: NameKey("t"))
    try container.encode(sample.instance, forKey: NameKey("instance"))
    for (metric, value) in sample.values {
      try container.encode(value, forKey: NameKey(metric.rawValue))
    }
  }
}
