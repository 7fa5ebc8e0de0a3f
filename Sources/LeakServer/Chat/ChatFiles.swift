import AsyncHTTPClient
import LeakChat
import LeakDiagnosis
import LeakModel

/// Fetches the files that people send in chats from the platforms that keep them.
struct ChatFiles: Sendable {
  private let feishu: FeishuAPI?

  init(_ settings: ChatSettings) {
    feishu = settings.feishuApp.map { FeishuAPI(app: $0) }
  }

  /// The file as a capture.
  ///
  /// - Throws: `Problem` that can be told in the chat.
  func fetch(_ file: ChatFile, at now: Instant) async throws -> EvidenceFile {
    guard let feishu else {
      throw Problem(.notConfigured, "files are fetched by an app: set LEAKBOOK_FEISHU_APP_ID")
    }
    let bytes = try await HTTPClient.withHTTPClient(configuration: Sender.configuration) { client in
      try await feishu.file(file, by: Sender(client: client), at: now)
    }
    return EvidenceFile(source: UploadedFiles.safeName(file.name), bytes: bytes)
  }
}
