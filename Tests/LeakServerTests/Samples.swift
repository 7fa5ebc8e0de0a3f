import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakChat
import LeakDiagnosis
import LeakModel
import LeakServer
import LeakStore
import Logging
import Testing

/// A server over an empty store in memory, at a fixed time.
struct TestServer {
  /// 2026-11-20T03:00:00Z.
  static let present = Instant(milliseconds: 1_795_143_600_000)

  let casebook: Casebook
  let application: ServerApplication

  init(
    limits: Configuration.Limits = TestServer.unhurriedLimits,
    rates: Configuration.Rates = Configuration.Rates(),
    origins: [String] = [],
    store: Store? = nil,
    chat: ChatSettings = ChatSettings()
  ) throws {
    self.casebook = Casebook(
      store: try store ?? Store.inMemory(),
      diagnoser: Diagnoser(rulebook: try SampleRules.rulebook),
      now: { Self.present }
    )
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    self.application = ServerApplication(
      configuration: try Configuration(
        port: 0,
        origins: origins,
        limits: limits,
        rates: rates
      ),
      casebook: casebook,
      chat: chat,
      logger: logger,
      now: { Self.present },
      ticks: { Self.start }
    )
  }

  /// On a busy machine an analysis may take longer than a client would wait.
  private static var unhurriedLimits: Configuration.Limits {
    var limits = Configuration.Limits()
    limits.patience = .seconds(600)
    return limits
  }

  /// The moment at which the clock of the rates stands still.
  private static let start = ContinuousClock.now

  /// Makes a token that lasts for an hour, or one that was over an hour ago.
  func token(
    _ name: String,
    _ scopes: Set<Scope>,
    hasExpired: Bool = false
  ) async throws -> String {
    let hour: Int64 = hasExpired ? -3_600_000 : 3_600_000
    return try await casebook.createToken(
      named: name,
      scopes: scopes,
      expiresAt: Instant(milliseconds: Self.present.milliseconds + hour),
      actor: "user:tester"
    ).secret.text
  }

  /// Sends requests through the router, without a socket.
  func requests(
    _ body: @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    try await application.application().test(.router, body)
  }
}

extension TestClientProtocol {
  func get(_ uri: String, headers: HTTPFields = [:]) async throws -> TestResponse {
    try await execute(uri: uri, method: .get, headers: headers)
  }

  /// Sends JSON.
  func send(
    _ method: HTTPRequest.Method,
    _ uri: String,
    _ json: String,
    headers: HTTPFields = [:]
  ) async throws -> TestResponse {
    var headers = headers
    headers[.contentType] = "application/json"
    return try await execute(
      uri: uri,
      method: method,
      headers: headers,
      body: ByteBuffer(string: json)
    )
  }

  /// Sends bytes as they are.
  func upload(
    _ uri: String,
    _ bytes: [UInt8],
    type: String = "application/octet-stream"
  ) async throws -> TestResponse {
    try await execute(
      uri: uri,
      method: .post,
      headers: [.contentType: type],
      body: ByteBuffer(bytes: bytes)
    )
  }

  /// Opens an incident with the least it needs.
  func openIncident(_ title: String = "api eats memory") async throws {
    let response = try await send(
      .post,
      "/api/v1/incidents",
      #"{"title": "\#(title)", "service": "api"}"#
    )
    #expect(response.status == .created)
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }

  /// The body as JSON.
  var json: JSONValue {
    get throws { try JSONDecoder().decode(JSONValue.self, from: Data(body.readableBytesView)) }
  }

  /// The end of a problem's type.
  var problem: String? {
    get throws {
      guard headers[.contentType] == "application/problem+json" else { return nil }
      return try json["type"].text?.split(separator: ":").last.map(String.init)
    }
  }
}

extension HTTPFields {
  /// The header that shows a token.
  static func bearer(_ token: String) -> HTTPFields { [.authorization: "Bearer \(token)"] }
}

extension JSONValue {
  /// An item of a list; null when there is none.
  subscript(index: Int) -> JSONValue { items.indices.contains(index) ? items[index] : .null }

  /// The names of an object's fields, sorted.
  var names: [String] { if case .object(let fields) = self { fields.keys.sorted() } else { [] } }
}

/// Captures that are tested with.
enum Fixture {
  /// The bytes of a file in `Tests/Fixtures`.
  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures")
    return [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  static let goroutines = "goroutine-channel-send-blocked.pb.gz"
  static let heap = "heap-http-body-unclosed.pb.gz"

  /// Files as a browser sends them.
  static func form(_ files: [(name: String, bytes: [UInt8])], boundary: String) -> [UInt8] {
    var body: [UInt8] = []
    for file in files {
      let head = """
        --\(boundary)\r
        Content-Disposition: form-data; name="file"; filename="\(file.name)"\r
        Content-Type: application/octet-stream\r
        \r

        """
      body += Array(head.utf8) + file.bytes + Array("\r\n".utf8)
    }
    return body + Array("--\(boundary)--\r\n".utf8)
  }
}
