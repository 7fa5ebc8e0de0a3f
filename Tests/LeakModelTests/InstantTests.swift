import LeakModel
import Testing

struct InstantTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0),
    ("2000-02-29T12:00:00Z", 951_825_600_000),
    ("2026-11-20T03:12:09Z", 1_795_144_329_000),
    ("2026-11-20T03:12:09.250Z", 1_795_144_329_250),
    ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
  ])
  func `an instant is written as the text that it is read from`(text: String, milliseconds: Int64) {
    #expect(Instant(text) == Instant(milliseconds: milliseconds))
    #expect(Instant(milliseconds: milliseconds).description == text)
  }

  @Test(arguments: [
    ("2026-11-20T11:12:09+08:00", "2026-11-20T03:12:09Z"),
    ("2026-11-19T21:42:09-05:30", "2026-11-20T03:12:09Z"),
    ("2026-11-20T03:12:09+00:00", "2026-11-20T03:12:09Z"),
    ("2026-11-20T03:12:09-00:00", "2026-11-20T03:12:09Z"),
    ("2026-11-20t03:12:09z", "2026-11-20T03:12:09Z"),
    ("2026-11-20 03:12:09Z", "2026-11-20T03:12:09Z"),
    ("2026-11-20T03:12:09.5Z", "2026-11-20T03:12:09.500Z"),
    ("2026-11-20T03:12:09.123456789+08:00", "2026-11-19T19:12:09.123Z"),
    ("2027-01-01T00:30:00+01:00", "2026-12-31T23:30:00Z"),
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
  ])
  func `a time with an offset is told in UTC`(text: String, utc: String) {
    #expect(Instant(text)?.description == utc)
  }

  @Test(arguments: [
    "", "now", "2026", "2026-11-20", "2026-11-20T03:12Z", "20261120T031209Z",
    "2026-00-20T03:12:09Z", "2026-13-20T03:12:09Z", "2026-11-00T03:12:09Z", "2026-11-31T03:12:09Z",
    "2026-02-29T03:12:09Z", "2100-02-29T03:12:09Z", "2026-11-20T24:00:00Z", "2026-11-20T03:60:00Z",
    "2026-11-20T03:12:61Z", "2026-11-20T03:12:09.Z", "2026-11-20T03:12:09+0800",
    "2026-11-20T03:12:09+24:00", "2026-11-20T03:12:09+08:60", "2026-11-20T03:12:09Zulu",
    "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+01:00", "２０２６-11-20T03:12:09Z",
  ])
  func `what is no RFC 3339 time since 1970 is refused`(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test func `a time without an offset is refused`() {
    #expect(Instant("2026-11-20T03:12:09") == nil)
  }

  @Test(arguments: [-1, 253_402_300_800, Double.nan, .infinity])
  func `seconds outside of the years 1970 to 9999 are refused`(seconds: Double) {
    #expect(Instant(seconds: seconds) == nil)
  }

  @Test(arguments: [Int64.min, -1, 0])
  func `nanoseconds that Go did not set are refused`(nanoseconds: Int64) {
    #expect(Instant(nanoseconds: nanoseconds) == nil)
  }

  @Test func `an instant before 1970 is written with its date`() {
    #expect(Instant(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
  }

  @Test func `ten thousand instants are read back from their texts`() {
    var random = SplitMix64(seed: 20_261_120)
    for _ in 0..<10_000 {
      let instant = Instant(milliseconds: .random(in: Self.millisecondsUntil10000, using: &random))
      #expect(Instant(instant.description) == instant)
    }
  }

  @Test func `ten thousand dates agree with counting day by day`() {
    let calendar = CountedCalendar(through: 9_999)
    var random = SplitMix64(seed: 33_391_985)
    for _ in 0..<10_000 {
      let milliseconds = Int64.random(in: Self.millisecondsUntil10000, using: &random)
      let days = Int(milliseconds / 86_400_000)
      let date = CivilDate(daysSince1970: days)
      #expect(date.daysSince1970 == days)
      #expect(calendar.day(of: date) == days)
    }
  }

  private static let millisecondsUntil10000 = Int64(0)...253_402_300_799_999
}

/// The calendar by the naive rule: year after year, month after month.
private struct CountedCalendar {
  /// The day since 1970 on which each month begins: 12 for each year.
  private var starts: [Int] = []

  init(through lastYear: Int) {
    var day = 0
    for year in 1970...lastYear {
      let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
      for length in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        starts.append(day)
        day += length
      }
    }
  }

  func day(of date: CivilDate) -> Int {
    starts[(date.year - 1970) * 12 + date.month - 1] + date.day - 1
  }
}
