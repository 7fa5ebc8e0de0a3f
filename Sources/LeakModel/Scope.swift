/// What a token allows; the raw values are stored and typed.
package enum Scope: String, Sendable, CaseIterable, Codable, Hashable {
  /// To read all there is, and to have captures diagnosed that are not kept.
  case read
  /// To hand in snapshots and alerts, and to read nothing.
  case ingest
  /// To open and change incidents; whoever may write may read and ingest as well.
  case write
  /// To read the audit log, and all of the above.
  case admin

  /// The scopes that this one stands for, itself among them.
  package var included: Set<Scope> {
    switch self {
    case .read: [.read]
    case .ingest: [.ingest]
    case .write: [.read, .ingest, .write]
    case .admin: Set(Scope.allCases)
    }
  }
}
