import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakStore
import Testing

@testable import LeakChat
@testable import LeakServer

/// Captures that are sent to an app as files.
struct ChatFileTests {
  private static let token = #"{"code":0,"tenant_access_token":"t-1","expire":7200}"#

  private static let dump = """
    goroutine 18 [chan send, 41 minutes]:
    main.(*Hub).Publish(0xc000010000)
    \t/src/hub.go:41 +0x1d
    """

  private func event(key: String) -> String {
    """
    {"schema":"2.0","header":{"event_id":"e1","event_type":"im.message.receive_v1","token":"tok"},
    "event":{"sender":{"sender_id":{"open_id":"ou_1"},"sender_type":"user"},
    "message":{"message_id":"om_1","message_type":"file",
    "content":"{\\"file_key\\":\\"\(key)\\",\\"file_name\\":\\"../goroutine.txt\\"}"}}}
    """
  }

  /// Sends a file to the app and returns what it replies, and what the platform was asked.
  private func reply(
    to key: String,
    _ answers: [(Int, String)]
  ) async throws -> (text: String, asked: [Receiver.Received]) {
    let receiver = Receiver(answers)
    let replies = AsyncStream.makeStream(of: String.self)
    try await receiver.run { url in
      var settings = ChatSample.settings
      settings.feishuApp = ChatSettings.FeishuApp(id: "cli_1", secret: Secret("s"), api: url)
      settings.patience = .seconds(600)
      let server = try TestServer(chat: settings)
      try await server.requests { client in
        let response = try await client.send(.post, "/api/v1/chat/feishu", event(key: key))
        #expect(response.status == .ok)
      }
      let due = try await server.casebook.store.dueMessages(at: TestServer.present)
      for message in due { replies.continuation.yield(message.message) }
    }
    replies.continuation.finish()
    let text = await replies.stream.reduce(into: "") { $0 += $1 }
    return (text, receiver.received)
  }

  @Test func `a file is fetched as the app and diagnosed`() async throws {
    let (text, asked) = try await reply(to: "file_v2_a", [(200, Self.token), (200, Self.dump)])
    #expect(
      asked.map(\.path) == [
        "/open-apis/auth/v3/tenant_access_token/internal",
        "/open-apis/im/v1/messages/om_1/resources/file_v2_a?type=file",
      ]
    )
    #expect(asked.last?.headers[.authorization] == "Bearer t-1")
    // It was read as a dump: of what is none, the answer says that it is no capture.
    #expect(text.contains("The evidence does not single out a cause"), "\(text)")
  }

  @Test func `a key that would lead elsewhere is not asked for`() async throws {
    let (text, asked) = try await reply(to: "../../../auth", [])
    #expect(asked.isEmpty)
    #expect(text.contains("no name that Feishu gives"))
  }

  @Test func `a file that is not given is told of`() async throws {
    let (text, _) = try await reply(to: "file_a", [(200, Self.token), (403, "{}")])
    #expect(text.contains("Feishu did not give the file"))
  }

  /// The dump as WeCom keeps it: by `openssl enc -aes-256-cbc`, padded to 32 bytes.
  private static let encrypted =
    "FMIAYp1YuPTMOVM8jhvLPfZnQfBm0OVOoZaKD0zCEJLzQsC8eROMvrT19grrtbOr8TneGs1o07JD4Vxs6Lb8Qt1c"
    + "XgJcfPd8x9gVA6VBBD8gcOvfgsK3oSNFzXtTtnkY"

  /// Sends a message to the bot of WeCom and returns what it answers.
  private func answer(toWeCom message: String, allowing networks: [String]) async throws -> String {
    var settings = ChatSample.settings
    settings.fetchAllowed = networks
    let cipher = try #require(settings.weComCipher)
    let blob = try #require(
      cipher.encrypt(Array(message.utf8), lead: [UInt8](repeating: 1, count: 16))
    )
    let time = "\(ChatSample.seconds)"
    let signature = cipher.signature(timestamp: time, nonce: "n", blob: blob)
    let uri = "/api/v1/chat/wecom?timestamp=\(time)&nonce=n&msg_signature=\(signature)"
    let answers = AsyncStream.makeStream(of: String.self)
    try await TestServer(chat: settings).requests { client in
      let json = try await client.send(.post, uri, #"{"encrypt":"\#(blob)"}"#).json
      let plain = try #require(json["encrypt"].text.flatMap { cipher.decrypt($0) })
      answers.continuation.yield(try JSONValue(bytes: plain)["stream"]["content"].text ?? "")
    }
    answers.continuation.finish()
    return await answers.stream.reduce(into: "") { $0 += $1 }
  }

  @Test(
    arguments: [
      #"{"msgid":"1","from":{"userid":"li"},"msgtype":"file","file":{"url":"URL"}}"#,
      """
      {"msgid":"1","from":{"userid":"li"},"msgtype":"text","text":{"content":"@leakbook diagnose"},
      "quote":{"msgtype":"file","file":{"url":"URL"}}}
      """,
    ]
  )
  func `a file of WeCom, sent or quoted, is fetched, decrypted and diagnosed`(
    message: String
  ) async throws {
    let file = try #require(Data(base64Encoded: Self.encrypted))
    let receiver = Receiver(file: [UInt8](file))
    try await receiver.run { url in
      let message = message.replacing("URL", with: "\(url)/media/7?sign=x")
      let text = try await answer(toWeCom: message, allowing: ["127.0.0.0/8"])
      #expect(text.contains("The evidence does not single out a cause"), "\(text)")
    }
    #expect(receiver.received.map(\.path) == ["/media/7?sign=x"])
  }

  @Test func `a file of WeCom that would be of our own network is not asked for`() async throws {
    let receiver = Receiver()
    try await receiver.run { url in
      let message = #"{"msgid":"1","msgtype":"file","file":{"url":"\#(url)/media/7"}}"#
      let text = try await answer(toWeCom: message, allowing: [])
      #expect(text.contains("captures are not fetched from 127.0.0.1"), "\(text)")
    }
    #expect(receiver.received.isEmpty)
  }

  @Test func `a file of WeCom under another key is told of`() async throws {
    let receiver = Receiver(file: [UInt8](repeating: 7, count: 64))
    try await receiver.run { url in
      let message = #"{"msgid":"1","msgtype":"file","file":{"url":"\#(url)/media/7"}}"#
      let text = try await answer(toWeCom: message, allowing: ["127.0.0.0/8"])
      #expect(text.contains("not encrypted with the EncodingAESKey"), "\(text)")
    }
  }
}
