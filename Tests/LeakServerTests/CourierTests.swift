import AsyncHTTPClient
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakModel
import LeakStore
import Logging
import Synchronization
import Testing

@testable import LeakChat
@testable import LeakServer

/// A server on this machine that takes what the courier brings, and answers as it is told.
final class Receiver: Sendable {
  struct Received: Sendable {
    let path: String
    let headers: HTTPFields
    let body: JSONValue
  }

  private let state = Mutex<(received: [Received], answers: [(Int, [UInt8])])>(([], []))

  /// The answers to give, in their order; 200 after the last.
  init(_ answers: [(Int, String)] = []) {
    state.withLock { $0.answers = answers.map { ($0, Array($1.utf8)) } }
  }

  /// Hands a file out.
  init(file: [UInt8]) {
    state.withLock { $0.answers = [(200, file)] }
  }

  var received: [Received] { state.withLock { $0.received } }

  /// Runs a body with the address to reach this under.
  func run(_ body: @Sendable (String) async throws -> Void) async throws {
    let router = Router()
    let answer: @Sendable (Request, BasicRequestContext) async throws -> Response = { request, _ in
      let bytes = try await request.body.collect(upTo: 1 << 20)
      let received = Received(
        path: request.uri.string,
        headers: request.headers,
        body: bytes.readableBytes == 0 ? .null : try JSONValue(bytes: bytes.readableBytesView)
      )
      let (status, body) = self.state.withLock { state in
        state.received.append(received)
        return state.answers.isEmpty ? (200, Array("{}".utf8)) : state.answers.removeFirst()
      }
      return Response(
        status: HTTPResponse.Status(code: status),
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
      )
    }
    router.post("**", use: answer)
    router.get("**", use: answer)
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0))
    )
    try await application.test(.live) { client in
      let port = try #require(client.port)
      try await body("http://127.0.0.1:\(port)")
    }
  }
}

struct CourierTests {
  /// A clock that is moved by hand.
  private final class Clock: Sendable {
    private let time = Mutex(TestServer.present)

    var now: Instant { time.withLock { $0 } }

    func advance(seconds: Int64) {
      time.withLock { $0 = Instant(milliseconds: $0.milliseconds + seconds * 1_000) }
    }
  }

  private let clock = Clock()

  /// Runs rounds of a courier; each may send to all destinations anew.
  private func rounds(_ count: Int, _ store: Store, _ settings: ChatSettings) async throws {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let courier = Courier(store: store, settings: settings, logger: logger) { [clock] in clock.now }
    try await HTTPClient.withHTTPClient(configuration: Sender.configuration) { client in
      for _ in 0..<count {
        var rounds = Courier.Rounds()
        await courier.round(&rounds, Sender(client: client))
        clock.advance(seconds: 7_200)
      }
    }
  }

  private func settings(_ kind: Destination.Kind, _ url: String) -> ChatSettings {
    var settings = ChatSettings()
    settings.destinations = [Destination(name: "there", kind: kind, url: Secret(url + "/hook"))]
    return settings
  }

  /// A store in which an incident was opened after somebody began to follow.
  private func storeWithNews() async throws -> Store {
    let store = try Store.inMemory()
    try await store.followNews()
    try await store.insert(
      NewIncident(
        title: "cart <eats> memory",
        service: "cart",
        severity: .p1,
        openedAt: TestServer.present,
        loggedAt: TestServer.present,
        author: "mia"
      )
    )
    return store
  }

  @Test(arguments: Destination.Kind.allCases)
  func `a new incident is told once, in the form of each platform`(
    kind: Destination.Kind
  ) async throws {
    let receiver = Receiver()
    let store = try await storeWithNews()
    try await receiver.run { try await rounds(3, store, settings(kind, $0)) }
    #expect(receiver.received.count == 1)
    let text = try #require(receiver.received.first).body.encoded
    #expect(text.contains("new incident: INC-1 cart: cart "))
    #expect(try await store.outboxCount() == OutboxCount(waiting: 0, givenUp: 0))
  }

  @Test func `what is not taken is sent again under its number until it is`() async throws {
    let receiver = Receiver([(503, ""), (500, ""), (429, "")])
    let store = try await storeWithNews()
    try await receiver.run { try await rounds(6, store, settings(.webhook, $0)) }
    let name = try #require(HTTPField.Name("x-leakbook-delivery"))
    #expect(receiver.received.count == 4)
    #expect(Set(receiver.received.map { $0.headers[name] }).count == 1)
    #expect(try await store.outboxCount() == OutboxCount(waiting: 0, givenUp: 0))
  }

  @Test func `what is refused is given up and kept to be seen`() async throws {
    let receiver = Receiver([(404, "")])
    let store = try await storeWithNews()
    try await receiver.run { try await rounds(3, store, settings(.webhook, $0)) }
    #expect(receiver.received.count == 1)
    #expect(try await store.outboxCount() == OutboxCount(waiting: 0, givenUp: 1))
  }

  @Test func `a robot that says no with 200 is understood`() async throws {
    let receiver = Receiver([(200, #"{"errcode":45009}"#), (200, #"{"errcode":0}"#)])
    let store = try await storeWithNews()
    try await receiver.run { try await rounds(4, store, settings(.wecom, $0)) }
    #expect(receiver.received.count == 2)
    #expect(try await store.outboxCount() == OutboxCount(waiting: 0, givenUp: 0))
  }

  @Test func `a place that cannot be reached keeps its messages, and none is lost`() async throws {
    let store = try await storeWithNews()
    // Port 9 of this machine: nobody listens.
    try await rounds(2, store, settings(.webhook, "http://127.0.0.1:9"))
    #expect(try await store.outboxCount() == OutboxCount(waiting: 1, givenUp: 0))
    let receiver = Receiver()
    try await receiver.run { try await rounds(1, store, settings(.webhook, $0)) }
    #expect(receiver.received.count == 1)
  }

  @Test func `redirections are not followed`() async throws {
    let receiver = Receiver([(302, "")])
    let store = try await storeWithNews()
    try await receiver.run { try await rounds(2, store, settings(.slack, $0)) }
    #expect(receiver.received.count == 1)
    #expect(try await store.outboxCount().givenUp == 1)
  }

  @Test func `a robot is not sent more than it bears`() async throws {
    let receiver = Receiver()
    let store = try await storeWithNews()
    for _ in 0..<3 {
      try await store.insert(
        NewIncident(
          title: "more",
          service: "cart",
          severity: .p2,
          openedAt: TestServer.present,
          loggedAt: TestServer.present,
          author: "mia"
        )
      )
    }
    try await receiver.run { try await rounds(1, store, settings(.dingtalk, $0)) }
    #expect(receiver.received.count == 1)
    #expect(try await store.outboxCount().waiting == 3)
  }

  @Test func `history that is imported, and what is settled, is no news`() async throws {
    let receiver = Receiver()
    let store = try Store.inMemory()
    try await store.followNews()
    var new = NewIncident(
      title: "old",
      service: "cart",
      severity: .p1,
      openedAt: TestServer.present,
      loggedAt: TestServer.present,
      author: "mia",
      importedCase: "001"
    )
    try await store.insert(new)
    new.importedCase = nil
    new.status = .resolved
    try await store.insert(new)
    try await receiver.run { try await rounds(2, store, settings(.webhook, $0)) }
    #expect(receiver.received.isEmpty)
  }

  @Test func `the first diagnosis that says P0 is told, and a verified fix`() async throws {
    let receiver = Receiver()
    let store = try await storeWithNews()
    let id = IncidentID(number: 1)
    for severity in ["P1", "P0", "P0"] {
      try await store.record(
        StoredVerdict(
          at: TestServer.present,
          cause: .timerLeak,
          confidence: 0.9,
          culprit: "main.work",
          rules: "r",
          json: #"{"severity":"\#(severity)"}"#
        ),
        for: id
      )
      try await receiver.run { try await rounds(1, store, settings(.webhook, $0)) }
    }
    let verified = TimelineEvent(at: TestServer.present, author: "mia", kind: .verified)
    try await store.update(id, event: verified) { $0.status = .verified }
    try await receiver.run { try await rounds(1, store, settings(.webhook, $0)) }
    #expect(
      receiver.received.compactMap { $0.body["event"].text }
        == ["incident.opened", "incident.p0", "incident.verified"]
    )
  }

  @Test func `an app of Feishu replies with a token that it asks for once`() async throws {
    let token = #"{"code":0,"tenant_access_token":"t-1","expire":7200}"#
    let receiver = Receiver([(200, token), (200, #"{"code":0}"#), (200, #"{"code":0}"#)])
    let store = try Store.inMemory()
    for id in ["om_1", "om_2"] {
      let address = ReplyAddress(
        platform: .feishu,
        place: .feishuMessage(id),
        expiresAt: Instant(milliseconds: TestServer.present.milliseconds + 60_000)
      )
      let reply = OutboxReply(reply: ChatReply("hello"), address: address)
      try await store.queue([reply.message], at: TestServer.present)
    }
    try await receiver.run { url in
      var settings = ChatSettings()
      settings.feishuApp = ChatSettings.FeishuApp(id: "cli_1", secret: Secret("s"), api: url)
      try await rounds(1, store, settings)
    }
    #expect(
      receiver.received.map(\.path) == [
        "/open-apis/auth/v3/tenant_access_token/internal",
        "/open-apis/im/v1/messages/om_1/reply", "/open-apis/im/v1/messages/om_2/reply",
      ]
    )
    #expect(receiver.received.last?.headers[.authorization] == "Bearer t-1")
    // The card is text inside JSON.
    #expect(receiver.received.last?.body["content"].text?.contains("hello") == true)
  }
}
