import LeakDiagnosis
import LeakModel
import LeakStore

/// What the audit log looks like when it is read from end to end.
package struct AuditFinding: Sendable, Equatable, Encodable {
  /// How many entries are as they were written.
  package let sound: Int
  /// The first thing that is not, as a sentence; nil when all is.
  package let problem: String?

  private enum CodingKeys: String, CodingKey {
    case sound
    case problem
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sound, forKey: .sound)
    try container.encode(problem, forKey: .problem)
  }
}

extension Casebook {
  /// Notes in the audit log what somebody did.
  package func audit(actor: String, action: String, target: String, result: String) async throws {
    try await store.append(
      AuditEntry(at: now(), actor: actor, action: action, target: target, result: result),
      hash: Self.auditHash
    )
  }

  /// Reads the whole audit log and checks the chain of its hashes.
  ///
  /// Complexity: linear in the log's length; a thousand entries at a time are in memory.
  package func verifyAudit() async throws -> AuditFinding {
    var expected: Int64 = 1
    var previous = ""
    func finding(_ problem: String?) -> AuditFinding {
      AuditFinding(sound: Int(expected - 1), problem: problem)
    }
    while true {
      let records = try await store.auditRecords(after: expected - 1, limit: 1_000)
      if records.isEmpty { break }
      for record in records {
        guard record.number == expected else {
          return finding("entry \(expected) is missing: after it comes \(record.number)")
        }
        guard record.previous == previous else {
          return finding("entry \(expected) does not follow the one before it: one was replaced")
        }
        let hash = try Self.auditHash(record.number, record.entry, record.previous)
        guard record.hash == hash else { return finding("entry \(expected) was changed") }
        previous = hash
        expected += 1
      }
    }
    let last = try await store.lastAuditNumber()
    return finding(last < expected ? nil : "entries \(expected) to \(last) are missing at the end")
  }

  /// SHA-256 over the JSON of all that an entry says.
  private static let auditHash: AuditHash = { number, entry, previous in
    let fields = [
      String(number), String(entry.at.milliseconds), entry.actor, entry.action, entry.target,
      entry.result, previous,
    ]
    return ContentHash.sha256(Array(try CanonicalJSON.text(fields).utf8))
  }
}
