import GoFormats
import LeakModel

/// The goroutines that piled up: groups of the last census that grew since the first.
package struct GoroutineGrowth: Sendable {
  package let sources: [String]
  /// Growth by place, the largest first; with a single census, all places.
  package let groups: [GoroutineGroup]
  /// Goroutines gained (with one census: all).
  package let total: Int
  /// Goroutines in the last census.
  package let count: Int
  /// Seconds between the censuses; nil where the captures do not tell.
  package let span: Double?
  package let isDifference: Bool

  init?(_ censuses: [GoroutineCensus]) {
    guard let index = Self.telling(censuses) else { return nil }
    let last = censuses[index]
    count = last.total
    guard index > 0, let first = censuses.first else {
      sources = [last.source]
      groups = Self.ranked(Array(Self.places(of: last).values))
      total = last.total
      span = nil
      isDifference = false
      return
    }
    sources = [first.source, last.source]
    let before = Self.places(of: first).mapValues(\.count)
    groups = Self.ranked(
      Self.places(of: last).map { place, group in
        var grown = group
        grown.count -= before[place] ?? 0
        return grown
      }
    )
    total = last.total - first.total
    span = first.time.flatMap { start in last.time.map { $0.seconds - start.seconds } }
    isDifference = true
  }

  /// The census to compare with the first: the last, or the one that caught a burst now over.
  private static func telling(_ censuses: [GoroutineCensus]) -> Int? {
    let peak = censuses.indices.max { censuses[$0].total < censuses[$1].total }
    guard let last = censuses.last?.total, let peak else { return nil }
    let most = censuses[peak].total
    return most > last + 300 && most > 3 * last ? peak : censuses.count - 1
  }

  /// The groups of a census with those of one place brought together; the largest lends its stack.
  private static func places(of census: GoroutineCensus) -> [String: GoroutineGroup] {
    var places: [String: GoroutineGroup] = [:]
    for group in census.groups {
      places[group.place, default: group.emptied].count += group.count
    }
    return places
  }

  private static func ranked(_ groups: [GoroutineGroup]) -> [GoroutineGroup] {
    groups.filter { $0.count > 0 }.sorted { ($1.count, $0.key) < ($0.count, $1.key) }
  }

  /// The group that explains most of the growth; one with an own frame goes before a library's of
  /// about the same size, which it brought along.
  package var top: GoroutineGroup? {
    guard let first = groups.first(where: { $0.wait != .idle }) else { return nil }
    let own = groups.first { $0.ownFrame != nil && $0.count * 10 >= first.count * 9 }
    return own ?? first
  }

  /// The largest gain among some functions: a client runs one goroutine of each.
  package func largest(of functions: Set<String>) -> Int {
    functions.map { growth(of: [$0]) }.max() ?? 0
  }

  /// The largest gain of a goroutine that runs only the code of one library from outside, and
  /// serves no request: what clients start for themselves and stop when they are closed.
  package func libraryBackground(_ ownCode: OwnCode) -> Int {
    groups.filter { group in
      guard group.ownFrame == nil, !group.isContextWaiter, let root = group.frames.last else {
        return false
      }
      return ownCode.origin(of: root) == .library
        && !group.frames.contains { LibraryGoroutine.handlers.contains($0.function) }
        && !root.function.contains("erver")
    }
    .map(\.count).max() ?? 0
  }

  /// Goroutines gained whose stack holds one of some functions.
  package func growth(of functions: Set<String>) -> Int {
    groups.reduce(0) { sum, group in
      group.frames.contains { functions.contains($0.function) } ? sum + group.count : sum
    }
  }
}

extension GoroutineGroup {
  /// The group without its goroutines, to count others into.
  fileprivate var emptied: GoroutineGroup {
    var group = self
    group.count = 0
    return group
  }
}
