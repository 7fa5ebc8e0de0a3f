import AsyncHTTPClient
import LeakChat
import LeakDiagnosis
import LeakModel

/// Fetches the files that people send in chats from the platforms that keep them.
struct ChatFiles: Sendable {
  private let settings: ChatSettings
  private let feishu: FeishuAPI?

  init(_ settings: ChatSettings) {
    self.settings = settings
    feishu = settings.feishuApp.map { FeishuAPI(app: $0) }
  }

  /// The file as a capture.
  ///
  /// - Throws: `Problem` that can be told in the chat.
  func fetch(_ file: ChatFile, at now: Instant) async throws -> EvidenceFile {
    switch file.place {
    case .feishu(let message, let key):
      let bytes = try await feishuFile(key, of: message, at: now)
      return EvidenceFile(source: UploadedFiles.safeName(file.name), bytes: bytes)
    case .weCom(let url): return try await weComFile(url)
    }
  }

  private func feishuFile(
    _ key: String,
    of message: String,
    at now: Instant
  ) async throws -> [UInt8] {
    guard let feishu else {
      throw Problem(.notConfigured, "files are fetched by an app: set LEAKBOOK_FEISHU_APP_ID")
    }
    return try await HTTPClient.withHTTPClient(configuration: Sender.configuration) { client in
      try await feishu.file(key, of: message, by: Sender(client: client), at: now)
    }
  }

  /// A file that WeCom hands out, encrypted as its messages are.
  ///
  /// The address stands in a message that WeCom encrypted, so its host may be asked; but nothing
  /// inside our own network, whatever the message says.
  private func weComFile(_ url: String) async throws -> EvidenceFile {
    let host = CaptureLink(url).map { [$0.host] } ?? []
    let file = try await LinkFetcher(allowed: settings.fetchAllowed + host).fetch(url)
    guard let bytes = settings.weComCipher?.decrypt(file: file.bytes) else {
      throw Problem(.badRequest, "the file is not encrypted with the EncodingAESKey that is set")
    }
    return EvidenceFile(source: file.source, bytes: bytes)
  }
}
