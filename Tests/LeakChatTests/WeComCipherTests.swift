import Foundation
import Testing

@testable import LeakChat

struct WeComCipherTests {
  private static let blob =
    "sKqRbbiSUnDhFHOvPjtUMakY49d/2VRxKv83FWy+2sD8//7fTgv78SZrrCT4bEJYPpQa6NQLEVQ4blpwm4riMYrA"
    + "tDnc2KxaWB1GTsb4mgpLt0hNXwfmqD+Ldw7Sbsfj"

  private var cipher: WeComCipher {
    get throws {
      try #require(
        WeComCipher(
          token: Secret("QDG6eK"),
          encodingAESKey: Secret("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
        )
      )
    }
  }

  @Test func `the signature is over the sorted strings`() throws {
    let signature = try cipher.signature(
      timestamp: "1700000000",
      nonce: "1372623149",
      blob: Self.blob
    )
    #expect(signature == "e6f3bc96ede3e402b682604d0d79805909191787")
  }

  @Test func `a message is decrypted with a key whose spare bits are set`() throws {
    let plain = try #require(try cipher.decrypt(Self.blob))
    #expect(
      String(decoding: plain, as: UTF8.self) == #"{"msgtype":"text","text":{"content":"ping"}}"#
    )
  }

  @Test(arguments: [0, 1, 11, 12, 13, 31, 32, 33, 4_096])
  func `what is encrypted is decrypted again, whatever its length`(size: Int) throws {
    let message = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    let blob = try #require(try cipher.encrypt(message, lead: [UInt8](repeating: 7, count: 16)))
    #expect(try cipher.decrypt(blob) == message)
  }

  @Test func `a file is decrypted, and one of another key is not`() throws {
    // By `openssl enc -aes-256-cbc` of 32 times `x`, padded with 32 bytes.
    let data = try #require(
      Data(
        base64Encoded: "93a+U1xWq7V+1VfBBvm4RcpDhate32P9TmAkBSqFT5OLYwUBZUrTWsYFgZkfMh6a"
          + "2QZeajy0rDALSUCp5U/G8Q=="
      )
    )
    #expect(
      try cipher.decrypt(file: [UInt8](data)) == [UInt8](repeating: UInt8(ascii: "x"), count: 32)
    )
    #expect(try cipher.decrypt(file: [UInt8](data.dropLast(16))) == nil)
    #expect(try cipher.decrypt(file: []) == nil)
  }

  @Test(arguments: ["", "AAAA", String(blob.dropLast(4)), "not base64!"])
  func `a blob that is cut or foreign is refused`(blob: String) throws {
    #expect(try cipher.decrypt(blob) == nil)
  }

  @Test(arguments: ["", "short", String(repeating: "!", count: 43)])
  func `a key that is none makes no cipher`(key: String) {
    #expect(WeComCipher(token: Secret("t"), encodingAESKey: Secret(key)) == nil)
  }

  @Test func `an answer is encrypted and signed`() throws {
    let envelope = try #require(
      try cipher.envelope(
        ["msgtype": "text"],
        seconds: 1_700_000_000,
        nonce: "n",
        lead: [UInt8](repeating: 1, count: 16)
      )
    )
    let blob = try #require(envelope["encrypt"].text)
    #expect(try cipher.decrypt(blob) == Array(#"{"msgtype":"text"}"#.utf8))
    #expect(
      envelope["msgsignature"].text
        == (try cipher.signature(timestamp: "1700000000", nonce: "n", blob: blob))
    )
  }
}
