import GRDB
package import LeakModel

/// What a stored capture was recognised as.
package struct CaptureDescription: Sendable, Equatable {
  /// SHA-256 of the capture, in lower-case hex.
  package let sha256: String
  package let format: String
  /// When it was captured, as far as the capture itself tells.
  package let capturedAt: Instant?

  package init(sha256: String, format: String, capturedAt: Instant?) {
    self.sha256 = sha256
    self.format = format
    self.capturedAt = capturedAt
  }
}

extension Store {
  /// Notes what the captures of an incident turned out to be, once they have been read.
  ///
  /// Uses the unique index of table `evidence`, which begins with `incident`.
  package func describe(_ captures: [CaptureDescription], of id: IncidentID) async throws {
    try await write { db in
      for capture in captures {
        try db.execute(
          literal: """
            UPDATE evidence
            SET format = \(capture.format), capturedAt = \(capture.capturedAt?.milliseconds)
            WHERE incident = \(id.number)
              AND sha256 = \(capture.sha256)
            """
        )
      }
    }
  }
}
