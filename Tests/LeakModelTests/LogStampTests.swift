import LeakModel
import Testing

struct LogStampTests {
  @Test(arguments: [
    ("Thu, 19 Nov 2026 02:48:09 +0100", "2026-11-19T01:48:09Z"),
    ("Sun, 01 Mar 2026 23:59:59 -0330", "2026-03-02T03:29:59Z"),
  ])
  func `a time as kubectl describe writes it is read`(text: String, expected: String) {
    #expect(Instant(rfc1123: text)?.description == expected)
  }

  @Test(arguments: [
    "", "Thu, 19 Nov 2026", "Thu, 19 Nov 2026 02:48:09 CET", "Thu, 31 Feb 2026 02:48:09 +0100",
    "Thu 19 Nov 2026 02:48:09 +0100 ", "Thu, 19 nov 2026 02:48:09 +0100",
  ])
  func `what is no such time is none`(text: String) {
    #expect(Instant(rfc1123: text) == nil)
  }

  @Test(arguments: [
    ("2026-11-20T03:12:09+0100", "2026-11-20T02:12:09Z"),
    ("2026-11-20T03:12:09,123456+01:00", "2026-11-20T02:12:09.123Z"),
    ("2026-11-20T03:12:09.5Z", "2026-11-20T03:12:09.500Z"),
  ])
  func `a stamp of a log that tells its offset is read`(text: String, expected: String) {
    #expect(Instant(logStamp: text)?.description == expected)
  }

  @Test(arguments: ["[1234567.891234]", "Nov", "2026-11-20T03:12:09", "[Sat", "+0100", ""])
  func `a stamp that leaves its moment open is none`(text: String) {
    #expect(Instant(logStamp: text) == nil)
  }
}
