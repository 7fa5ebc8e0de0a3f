/// A file as it was handed in: its name and its bytes, addressed by their SHA-256.
package struct EvidenceFile: Sendable, Equatable {
  /// The name that reports show: a path below the folder given, or the file's own name.
  package let source: String
  package let bytes: [UInt8]
  /// SHA-256 of the bytes in lower-case hex.
  package let sha256: String

  package init(source: String, bytes: [UInt8]) {
    self.source = source
    self.bytes = bytes
    self.sha256 = ContentHash.sha256(bytes)
  }
}
