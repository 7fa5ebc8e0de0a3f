import GoFormats

/// What the goroutines that somebody picked out of a dump belong to.
///
/// A person pastes the goroutines that repeat: that one is shown at all tells more than its count.
package enum ExcerptSubject: String, Sendable, CaseIterable {
  /// Result sets or transactions that are open.
  case queries
  /// Goroutines that only wait for a context to end.
  case contexts
  /// Connections or streams of HTTP clients whose response is not read to its end.
  case responses
  /// What a client of a library runs for itself.
  case clients
  case other
  /// Nobody picked: all goroutines are shown.
  case nothing

  /// The subject in words, to be read after "goroutines that are".
  package var phrase: String {
    switch self {
    case .queries: "database/sql's, of open result sets or transactions"
    case .contexts: "waiting for a context to end"
    case .responses: "of HTTP responses that were not read to their end"
    case .clients: "of clients that nobody closed"
    case .nothing: "none: all are shown"
    case .other: "of no library that tells more"
    }
  }
}

extension GoroutineGrowth {
  /// What most of the goroutines belong to; `other` where no library's goroutines are most.
  package func subject(_ ownCode: OwnCode) -> ExcerptSubject {
    var counts: [ExcerptSubject: Int] = [:]
    for group in groups where group.wait != .idle {
      counts[group.subject(ownCode), default: 0] += group.count
    }
    let all = counts.values.reduce(0, +)
    let most = counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
    guard let most, most.value * 2 >= all else { return .other }
    return most.key
  }
}

extension GoroutineGroup {
  fileprivate func subject(_ ownCode: OwnCode) -> ExcerptSubject {
    let names = Set(frames.map(\.function))
    if !names.isDisjoint(with: LibraryGoroutine.sqlRows) { return .queries }
    if isContextWaiter { return .contexts }
    if !names.isDisjoint(with: LibraryGoroutine.httpStream)
      || wait == .select && contains("net/http.(*persistConn).readLoop")
    {
      return .responses
    }
    let clients = LibraryGoroutine.rpcClient.union(LibraryGoroutine.sqlPool)
      .union(LibraryGoroutine.httpClient)
    return names.isDisjoint(with: clients) ? .other : .clients
  }

  /// Whether the goroutine was started to wait for a context's end, and does nothing else.
  package var isContextWaiter: Bool {
    guard let root = frames.last?.function else { return false }
    let name = FunctionName(root).normalized
    return LibraryGoroutine.contextWaiters.contains(name)
  }
}
