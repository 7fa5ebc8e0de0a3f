import LeakDiagnosis
package import LeakStore

extension Store {
  /// Reads every capture and computes its hash again.
  ///
  /// It stands here because the store knows addresses and not how they are computed.
  ///
  /// - Returns: A sentence for each capture whose bytes are gone, or no longer have their SHA-256.
  package func damagedCaptures() async throws -> [String] {
    var findings: [String] = []
    for capture in try await captures() {
      let name = "capture \(capture.sha256.prefix(12))…"
      guard let bytes = try await bytes(of: capture.sha256) else {
        findings.append("\(name) has lost its bytes")
        continue
      }
      if EvidenceFile(source: "", bytes: bytes).sha256 != capture.sha256 {
        findings.append("\(name) does not have its SHA-256 any more")
      }
    }
    return findings
  }
}
