import Foundation
import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakStore

/// The files in Tests/Fixtures.
enum Fixture {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  /// Everything captured of one container whose senders block, but the dumps in text.
  static let blockedSenders = folder.appending(path: "case-channel-send-blocked").path

  static func file(_ name: String) throws -> EvidenceFile {
    let data = try Data(contentsOf: folder.appending(path: name))
    return EvidenceFile(source: String(name.split(separator: "/").last ?? ""), bytes: [UInt8](data))
  }

  /// The case's captures, without its truth.
  static func blockedSenderFiles() throws -> [EvidenceFile] {
    try CaseFolder.read([blockedSenders]).files
  }
}

extension Casebook {
  /// The hour in which all tests happen.
  static let now = Instant(milliseconds: 1_795_144_329_000)

  /// A casebook in memory with the shipped playbooks and a clock that stands still.
  static func empty() throws -> Casebook {
    Casebook(store: try .inMemory(), diagnoser: Diagnoser(rulebook: try .embedded)) { now }
  }

  /// Logs an incident with some evidence.
  @discardableResult
  func log(
    _ title: String,
    story: String = "",
    service: String = "relay",
    _ files: [EvidenceFile] = []
  ) async throws -> Logged {
    try await log(
      NewIncident(
        title: title,
        service: service,
        severity: .p2,
        story: story,
        openedAt: Self.now,
        loggedAt: Self.now,
        author: "ann"
      ),
      files: files
    )
  }
}
