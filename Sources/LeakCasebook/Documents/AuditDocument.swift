import LeakModel
package import LeakStore

/// An entry of the audit log as command line and server print it.
package struct AuditDocument: Sendable, Equatable, Encodable {
  package let number: Int64
  package let at: String
  package let actor: String
  package let action: String
  package let target: String
  package let result: String
  /// SHA-256 over the entry and the hash of the one before.
  package let hash: String

  package init(_ record: AuditRecord) {
    self.number = record.number
    self.at = record.entry.at.description
    self.actor = record.entry.actor
    self.action = record.entry.action
    self.target = record.entry.target
    self.result = record.entry.result
    self.hash = record.hash
  }
}
