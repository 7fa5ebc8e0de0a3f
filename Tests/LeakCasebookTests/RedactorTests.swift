import LeakDiagnosis
import Testing

@testable import LeakCasebook

struct RedactorTests {
  @Test(arguments: [
    ("Authorization: Bearer abcdef1234567890", "abcdef1234567890"),
    ("curl -H 'X: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'", "eyJzdWIiOiIxMjM0In0"),
    ("key AKIAIOSFODNN7EXAMPLE in env", "AKIAIOSFODNN7EXAMPLE"),
    ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "ghp_16C7e42F"),
    ("db password=hunter2hunter2 retry", "hunter2hunter2"),
    (#"{"api_key": "k-123456789"}"#, "k-123456789"),
    ("postgres://app:s3cr3t@db/prod", "s3cr3t"),
    ("https://x/?access_token=abc123def&x=1", "abc123def"),
  ])
  func `a token is taken out`(text: String, secret: String) throws {
    let (clean, hits) = try redact(text)
    #expect(!clean.contains(secret), "\(clean)")
    #expect(hits.allSatisfy { $0.kind == "token" } && !hits.isEmpty)
  }

  @Test(arguments: [
    (#"password = "correct horse battery staple" # ok"#, #"password = "redacted-token-1" # ok"#),
    ("passphrase: 'correct horse', retried", "passphrase: 'redacted-token-1', retried"),
    (#"{"secret": "a \"b\" c d", "n": 1}"#, #"{"secret": "redacted-token-1", "n": 1}"#),
    (#"{"log": "password=\"two words\" x"}"#, #"{"log": "password=\"redacted-token-1\" x"}"#),
    (
      #"{"log": "{\"password\": \"two words\"}"}"#,
      #"{"log": "{\"password\": \"redacted-token-1\"}"}"#
    ),
  ])
  func `a value in quotes is taken out whole`(text: String, expected: String) throws {
    #expect(try redact(text).clean == expected)
  }

  @Test(arguments: [
    ("dial tcp 10.42.7.19:5432: timeout", "10.42.7.19"),
    ("from 2001:db8::8a2e:370:7334 again", "2001:db8::8a2e:370:7334"),
    ("mail bob.b+x@corp.example.com now", "bob.b+x@corp.example.com"),
    ("ether 02:42:ac:11:00:02 up", "02:42:ac:11:00:02"),
  ])
  func `an address is taken out`(text: String, secret: String) throws {
    let (clean, hits) = try redact(text)
    #expect(!clean.contains(secret), "\(clean)")
    #expect(hits.map(\.kind) == ["address"])
  }

  @Test(arguments: [
    ("user_id=u-778 slow", "u-778"), (#"{"customer_id": 4711}"#, "4711"),
    ("GET /users/99123/cart", "99123"),
  ])
  func `a user's id is taken out`(text: String, secret: String) throws {
    let (clean, hits) = try redact(text)
    #expect(!clean.contains(secret), "\(clean)")
    #expect(hits.map(\.kind) == ["user"])
  }

  @Test(arguments: [
    "goroutine 18 [chan send, 41 minutes]:", "main.(*Hub).Publish(0xc000123450, {0x1, 0x2})",
    "\t/srv/app/src/main.go:41 +0x1d8", "go1.22.3 golang.org/x/net@v0.23.0", "v1.2.3.4",
    "listen 127.0.0.1:8080 and 0.0.0.0:80 and ::1",
    "7f2c1c000000-7f2c1c021000 rw-p 00000000 00:00 0",
    "gc 28 @388.967s 0%: 0.17+33+0.005 ms clock, 55->55->29 MB", "2026-11-20T03:12:09Z 12:34:56",
    "VmRSS:\t  123456 kB", "Uid:\t1000\t1000\t1000\t1000",
  ])
  func `what is no secret stays as it is`(text: String) throws {
    let (clean, hits) = try redact(text)
    #expect(clean == text)
    #expect(hits == [])
  }

  @Test func `the same secret has the same mark, another one another`() throws {
    let (clean, _) = try redact("10.1.1.1 to 10.2.2.2 to 10.1.1.1")
    #expect(clean == "redacted-address-1 to redacted-address-2 to redacted-address-1")
  }

  @Test func `a number stays a number, so that JSON stays JSON`() throws {
    #expect(try redact(#"{"user_id": 4711, "x": 1}"#).clean == #"{"user_id": 9000001, "x": 1}"#)
  }

  @Test func `the preview shows where and how long, and not the secret`() throws {
    let hit = try #require(try redact("a\nb password=hunter2hunter2").hits.first)
    #expect(hit.place == "text:2")
    #expect(hit.hint == "hu… (14 characters)")
  }

  @Test func `other secrets are named by their pattern`() throws {
    var redactor = try Redactor(extra: [#"pod-([a-z0-9]+)"#])
    let clean = redactor.redact("pod-x7f9 died", place: "text")
    #expect(clean == "pod-redacted-pattern-1 died")
  }

  @Test func `a pattern that is none is named`() {
    #expect(throws: RedactionError.badPattern("(")) { try Redactor(extra: ["("]) }
  }

  @Test func `a text capture is cleaned line by line`() throws {
    var redactor = try Redactor()
    let file = EvidenceFile(source: "app.log", bytes: Array("x\nfrom 10.3.3.3\n".utf8))
    let clean = redactor.redact(file)
    #expect(clean?.bytes == Array("x\nfrom redacted-address-1\n".utf8))
    #expect(redactor.hits.map(\.place) == ["app.log:2"])
  }

  @Test func `a profile without secrets is kept as it is`() throws {
    var redactor = try Redactor()
    let file = try Fixture.file("heap-http-body-unclosed.pb.gz")
    #expect(redactor.redact(file) == file)
  }

  @Test func `a binary capture with a secret is left out`() throws {
    var redactor = try Redactor()
    let bytes = [0, 1] + Array("label password=hunter2hunter2".utf8) + [0, 255]
    #expect(redactor.redact(EvidenceFile(source: "p.pb", bytes: bytes)) == nil)
  }

  private func redact(_ text: String) throws -> (clean: String, hits: [RedactionHit]) {
    var redactor = try Redactor()
    let clean = redactor.redact(text, place: "text", isLined: true)
    return (clean, redactor.hits)
  }
}
