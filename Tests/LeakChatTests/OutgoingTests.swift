import LeakModel
import Testing

@testable import LeakChat

struct OutgoingTests {
  private static let now = Instant(milliseconds: 1_700_000_000_000)
  private let notice = Notice(
    event: "incident.opened",
    reply: ChatReply("INC-1 cart: heap grows", severity: .p1),
    data: ["id": "INC-1"]
  )

  private func request(_ kind: Destination.Kind, secret: String? = nil) -> OutgoingRequest {
    let destination = Destination(
      name: kind.rawValue,
      kind: kind,
      url: Secret("https://host/hook?key=1"),
      secret: secret.map { Secret($0) }
    )
    return OutgoingRequest(notice, to: destination, delivery: 7, now: Self.now)
  }

  @Test func `DingTalk's signature is in the address`() {
    #expect(
      request(.dingtalk, secret: "SECdemo").url.reveal
        == "https://host/hook?key=1&timestamp=1700000000000&sign="
        + "lOvVf9TQCVugV68mGbSZCg0gzOl1SVjxWi1MyVZCUuA%3D"
    )
  }

  @Test func `Feishu's signature is in the body`() throws {
    let body = try JSONValue(bytes: request(.feishu, secret: "demo").body.utf8)
    #expect(body["timestamp"] == "1700000000")
    #expect(body["sign"] == "8oT2n3SMKFfEnDoiwer8BUM/SjKLwe9SqoEIHlhDTKo=")
    #expect(body["card"]["header"]["template"] == "red")
  }

  @Test func `a plain webhook is signed and told which delivery it is`() throws {
    let sent = request(.webhook, secret: "key")
    #expect(sent.headers["x-leakbook-delivery"] == "7")
    #expect(sent.headers["x-leakbook-event"] == "incident.opened")
    #expect(sent.headers["x-leakbook-signature"]?.hasPrefix("sha256=") == true)
    #expect(try JSONValue(bytes: sent.body.utf8)["data"]["id"] == "INC-1")
  }

  @Test func `news in Slack is for the channel`() throws {
    let body = try JSONValue(bytes: request(.slack).body.utf8)
    #expect(body["response_type"] == "in_channel")
  }

  @Test(arguments: [
    (200, #"{"errcode":0,"errmsg":"ok"}"#, true, Receipt.delivered),
    (200, #"{"code":0,"msg":"success"}"#, true, .delivered),
    (200, "ok", true, .delivered),
    (200, #"{"code":9499}"#, true, .refused(reason: "it answered with code 9499")),
    (200, #"{"errcode":310000}"#, true, .refused(reason: "it answered with code 310000")),
    (200, #"{"errcode":45009}"#, true, .tryLater(reason: "it answered with code 45009")),
    (200, #"{"code":1}"#, false, .delivered),
    (204, "", false, .delivered), (404, "", false, .refused(reason: "it answered 404")),
    (429, "", false, .tryLater(reason: "it answered 429")),
    (503, "", true, .tryLater(reason: "it answered 503")),
  ])
  func `an answer tells whether to try again`(
    status: Int,
    body: String,
    readsCode: Bool,
    receipt: Receipt
  ) {
    #expect(Receipt(status: status, body: Array(body.utf8), readsCode: readsCode) == receipt)
  }

  @Test func `the pauses between attempts double up to two hours`() {
    let delays = (1...20).map { Backoff.delay(after: $0) }
    #expect(delays.prefix(4) == [2_000, 4_000, 8_000, 16_000])
    #expect(delays.last == 7_200_000)
    #expect(delays == delays.sorted())
  }

  @Test func `a message is given up after about two days`() {
    let milliseconds = (1..<Backoff.mostAttempts).map { Backoff.delay(after: $0) }.reduce(0, +)
    #expect((47...49).contains(milliseconds / 3_600_000))
  }
}
