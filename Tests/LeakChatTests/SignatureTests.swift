import LeakModel
import Testing

@testable import LeakChat

/// The vectors were computed with other libraries, from made-up secrets.
struct SignatureTests {
  private static let slack = "v0=85ccace155cd63b786871c51c2047c7ac5ccf207d995f59acedbbfb6a3aff83a"
  private static let slackBody = Array("token=x&command=%2Fleak&text=similar+INC-1".utf8)

  private func isSlack(_ signature: String, _ body: [UInt8], _ secrets: [String]) -> Bool {
    SlackSignature.isValid(
      signature,
      timestamp: "1700000000",
      body: body,
      secrets: secrets.map { Secret($0) }
    )
  }

  @Test func `Slack signs time and body with its secret`() {
    #expect(isSlack(Self.slack, Self.slackBody, ["demo"]))
    #expect(!isSlack(Self.slack, Self.slackBody, ["other"]))
  }

  @Test func `either of two secrets is good while one replaces the other`() {
    #expect(isSlack(Self.slack, Self.slackBody, ["new", "demo"]))
  }

  @Test func `a bit flipped anywhere in a body breaks the signature`() {
    for bit in 0..<Self.slackBody.count * 8 {
      var body = Self.slackBody
      body[bit / 8] ^= 1 << (bit % 8)
      #expect(!isSlack(Self.slack, body, ["demo"]))
    }
  }

  @Test(arguments: ["", "v0=", "v0=zz", "v0=85cc", String(slack.dropFirst(3)), slack + "00"])
  func `a signature of another shape is none`(signature: String) {
    #expect(!isSlack(signature, Self.slackBody, ["demo"]))
  }

  @Test func `a robot of Feishu has time and secret for its key`() {
    #expect(
      FeishuSignature.ofRobot(secret: Secret("demo"), seconds: 1_700_000_000)
        == "8oT2n3SMKFfEnDoiwer8BUM/SjKLwe9SqoEIHlhDTKo="
    )
  }

  @Test func `an event of Feishu is signed by a plain hash`() {
    let isValid = FeishuSignature.isValid(
      "f534168e59ca3f4c9f7fc089f3f925295c35ef7ca40c1013753eac07fb974706",
      timestamp: "1700000000",
      nonce: "nonce1",
      body: Array(#"{"encrypt":"x"}"#.utf8),
      keys: [Secret("test_encrypt_key")]
    )
    #expect(isValid)
  }

  @Test func `an event of Feishu is decrypted`() {
    let blob =
      "AAECAwQFBgcICQoLDA0OD2GKXWKLHGPpHLSechIUGxOFhRQp1z5gIVu9t+S/lj+AlEyfgoHVLINuefWxsSBpOXwO"
      + "AHWocMlqZbltzWvv9h2UK0pwz1OmCQ1LE/UX9rfa"
    let plain = FeishuCipher(encryptKey: Secret("test_encrypt_key")).decrypt(blob)
    #expect(
      plain.map { String(decoding: $0, as: UTF8.self) }
        == #"{"challenge":"ajls384kdjx98XX","token":"tok","type":"url_verification"}"#
    )
    #expect(FeishuCipher(encryptKey: Secret("other")).decrypt(blob) != plain)
  }

  @Test func `DingTalk has the secret for its key, and time and secret for its message`() {
    let signature = DingTalkSignature.of(timestamp: "1700000000000", secret: Secret("SECdemo"))
    #expect(signature == "lOvVf9TQCVugV68mGbSZCg0gzOl1SVjxWi1MyVZCUuA=")
    #expect(
      OutgoingRequest.percentEncoded(signature)
        == "lOvVf9TQCVugV68mGbSZCg0gzOl1SVjxWi1MyVZCUuA%3D"
    )
    #expect(
      DingTalkSignature.isValid(
        signature,
        timestamp: "1700000000000",
        secrets: [Secret("SECdemo")]
      )
    )
  }

  @Test(arguments: [
    (nil, "043737fa7d4b65306416549b14537adb753ed11a55b3fb6f50fec5192bbd3851"),
    ("1700000000", "a1af856abf490a75085cc50538aa285b686a81e04e3e20b5ccf95d66e0b6aa36"),
  ])
  func `Grafana signs the body, behind the time where it sends one`(
    timestamp: String?,
    signature: String
  ) {
    let isValid = GrafanaSignature.isValid(
      signature,
      timestamp: timestamp,
      body: Array(#"{"status":"firing"}"#.utf8),
      secrets: [Secret("s3cret")]
    )
    #expect(isValid)
  }

  @Test(arguments: [-300_001, -300_000, 300_000, 300_001] as [Int64])
  func `five minutes either way are let pass, and no more`(offset: Int64) {
    let now = Instant(milliseconds: 1_700_000_000_000)
    let time = "\(now.milliseconds + offset)"
    let isNear = (try? ReplayWindow.check(time, unit: 1, now: now)) != nil
    #expect(isNear == (offset.magnitude <= 300_000))
  }

  @Test(arguments: [nil, "", "soon", "-1", "0", "99999999999999999999", "9223372036854775807"])
  func `a time that is none is not signed`(text: String?) {
    #expect(throws: ChatError.self) {
      try ReplayWindow.check(text, unit: 1_000, now: Instant(milliseconds: 0))
    }
  }

  @Test func `a secret shows in no description`() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump(["key": secret], to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), "\([secret])", dumped] {
      #expect(!text.contains("hunter2"))
    }
  }
}
