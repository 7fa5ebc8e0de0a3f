import Foundation
import LeakDiagnosis

/// The files in Tests/Fixtures.
enum Fixture {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  /// Everything captured of one container whose senders block, but the dumps in text.
  static let blockedSenders = folder.appending(path: "case-channel-send-blocked").path

  static func file(_ name: String) throws -> EvidenceFile {
    let data = try Data(contentsOf: folder.appending(path: name))
    return EvidenceFile(source: name, bytes: [UInt8](data))
  }
}

/// A folder that is gone when the test ends.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "leakbook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  var path: String { url.path }

  /// Writes a file, and the folders above it.
  @discardableResult
  func write(_ name: String, _ text: String = "x") throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
