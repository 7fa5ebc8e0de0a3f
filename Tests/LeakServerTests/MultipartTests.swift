import Testing

@testable import LeakServer

struct MultipartTests {
  private func parse(_ text: String, boundary: String = "XYZ") throws -> Multipart {
    try Multipart(Array(text.utf8), boundary: boundary)
  }

  private func reason(_ text: String, boundary: String = "XYZ") -> String? {
    do {
      _ = try Multipart(Array(text.utf8), boundary: boundary)
      return nil
    } catch {
      return error.reason
    }
  }

  private static let head =
    "--XYZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"

  @Test func `a part holds the bytes between its head and the next boundary`() throws {
    let parts = try parse(Self.head + "one\r\ntwo\r\n--XYZ--\r\n").parts
    #expect(parts.map { String(decoding: $0.bytes, as: UTF8.self) } == ["one\r\ntwo"])
  }

  @Test func `parts come in the order of the body`() throws {
    let second = "--XYZ\r\nContent-Disposition: form-data; filename=\"b\"; name=\"g\"\r\n\r\n"
    let parts = try parse(Self.head + "1\r\n" + second + "2\r\n--XYZ--").parts
    #expect(parts.map(\.disposition.filename) == ["a", "b"])
  }

  @Test func `bytes that look like a boundary but are not at a line's beginning stay`() throws {
    let parts = try parse(Self.head + "x--XYZ\r\n-XYZ\r\n--XYZ--").parts
    #expect(parts.map { String(decoding: $0.bytes, as: UTF8.self) } == ["x--XYZ\r\n-XYZ"])
  }

  @Test func `a part may be empty`() throws {
    #expect(try parse(Self.head + "\r\n--XYZ--").parts.map(\.bytes) == [[]])
  }

  @Test(arguments: [
    ("", "the body does not begin with its boundary"),
    ("preamble\r\n" + head + "1\r\n--XYZ--", "the body does not begin with its boundary"),
    (head + "1", "the part is cut short: no boundary follows it"),
    (head + "1\r\n--XYZ", "a boundary is not followed by a line end"),
    (head + "1\r\n--XYZ--\r\nmore", "something follows the last boundary"),
    ("--XYZ--", "there is no part"),
    ("--XYZ\r\nContent-Type: a\r\n\r\n1\r\n--XYZ--", "the part has no Content-Disposition"),
    ("--XYZ\r\nno colon\r\n\r\n1\r\n--XYZ--", "a header line has no colon"),
    (
      "--XYZ\r\nContent-Disposition: attachment; filename=\"a\"\r\n\r\n1\r\n--XYZ--",
      "Content-Disposition is not one of form-data"
    ),
    (
      "--XYZ\r\nContent-Transfer-Encoding: base64\r\n\r\n1\r\n--XYZ--",
      "the part is encoded as base64"
    ),
  ])
  func `a body that departs from the shape is refused`(text: String, expected: String) {
    #expect(reason(text) == expected)
  }

  @Test(arguments: ["", String(repeating: "a", count: 71), "a\"b", "a\r\nb", "ends "])
  func `a boundary is of 1 to 70 plain characters`(boundary: String) {
    #expect(reason("--\(boundary)--", boundary: boundary)?.hasPrefix("the boundary") == true)
  }

  @Test func `a head beyond 8 KiB is refused`() {
    let long = "--XYZ\r\nX-Pad: " + String(repeating: "a", count: 9_000)
    #expect(reason(long + "\r\n\r\n1\r\n--XYZ--")?.contains("too long") == true)
  }

  @Test func `more than 64 parts are refused`() {
    let part = Self.head + "1\r\n"
    let body = String(repeating: part, count: 65) + "--XYZ--"
    #expect(reason(body) == "there are more than 64 parts")
  }

  @Test func `no prefix of a body is a body`() {
    let body = Array((Self.head + "1\r\n--XYZ--").utf8)
    let accepted = (0..<body.count).filter { count in
      (try? Multipart(Array(body[..<count]), boundary: "XYZ")) != nil
    }
    #expect(accepted.isEmpty)
  }
}

struct ContentDispositionTests {
  @Test(arguments: [
    (#"attachment; filename="heap.pb.gz""#, "heap.pb.gz"),
    ("attachment; filename=heap.pb.gz", "heap.pb.gz"),
    (#"form-data; name="f"; FileName="a\"b""#, #"a"b"#),
    (#"form-data; filename="C:\temp\heap.pb""#, #"C:\temp\heap.pb"#),
    (#"form-data; filename="内存.pb"; "#, "内存.pb"),
  ])
  func `a file name is read with its quotes and escapes taken off`(value: String, name: String) {
    #expect(ContentDisposition(value)?.filename == name)
  }

  @Test(arguments: [
    "", "; filename=a", "form-data; filename", #"form-data; filename="a"#,
    "form-data; filename=a; filename=b", "form-data filename=a",
  ])
  func `a malformed value is none`(value: String) {
    #expect(ContentDisposition(value) == nil)
  }
}

struct UploadedFilesTests {
  @Test(arguments: [
    ("heap.pb.gz", "heap.pb.gz"), ("../../etc/passwd", "passwd"), (#"C:\temp\a.txt"#, "a.txt"),
    ("/", "capture"), ("..", "capture"), ("", "capture"), ("a\u{1B}[31m\u{0}b", "a[31mb"),
    ("内存.pb", "内存.pb"),
  ])
  func `a name keeps its last part and no control characters`(name: String, safe: String) {
    #expect(UploadedFiles.safeName(name) == safe)
  }
}
