import LeakModel
import Testing

struct BytesTests {
  @Test(arguments: [
    (0, "0 B"), (512, "512 B"), (1_023, "1023 B"), (1_024, "1 KiB"), (1_536, "1.5 KiB"),
    (1_048_000, "1023 KiB"), (1_048_100, "1 MiB"), (1_048_576, "1 MiB"), (230_686_720, "220 MiB"),
    (1_610_612_736, "1.5 GiB"), (1 << 40, "1 TiB"), (1 << 50, "1 PiB"), (Int64.max, "8 EiB"),
    (-1_536, "-1.5 KiB"), (Int64.min, "-8 EiB"),
  ])
  func `an amount is written in the unit that keeps it short`(count: Int64, text: String) {
    #expect(Bytes(count).description == text)
  }

  @Test(arguments: [
    ("0", 0), ("1048576", 1_048_576), ("512B", 512), ("64k", 65_536), ("64Ki", 65_536),
    ("512Mi", 536_870_912), ("512 MiB", 536_870_912), ("1.5M", 1_572_864), ("2GiB", 2_147_483_648),
    ("2g", 2_147_483_648), ("1T", 1_099_511_627_776), ("1 kB", 1_000), ("1.5 GB", 1_500_000_000),
    ("1,024", 1_024), ("1_000_000", 1_000_000),
  ])
  func `a size is read as people write it`(text: String, count: Int64) {
    #expect(Bytes(text)?.count == count)
  }

  @Test(arguments: [
    "", " ", "GiB", ".", "-1", "1.2.3", "12 parsecs", "1e9", "0x10", "1 gib", "１２", "9000000TiB",
    "nan", "inf",
  ])
  func `what is no size is refused`(text: String) {
    #expect(Bytes(text) == nil)
  }

  @Test(arguments: [0, 1, 1_023, 1_024, 3 << 19, 220 << 20, 3 << 29, 1 << 40])
  func `a size that is printed exactly is read back`(count: Int64) {
    #expect(Bytes(Bytes(count).description)?.count == count)
  }

  @Test(arguments: [
    (0, "0"), (1, "1"), (1.25, "1.25"), (1.256, "1.26"), (41.54, "41.5"), (219.6, "220"),
    (1_234_567.4, "1234567"), (9.996, "10"), (99.96, "100"), (0.5, "0.5"), (0.05, "0.05"),
    (0.0015, "0.0015"), (0.009_999, "0.01"), (0.000_01, "0"), (-2.5, "-2.5"), (-0.000_01, "0"),
    (-41.54, "-41.5"), (1e16, "1e+16"), (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"),
  ])
  func `a short text has no needless digits`(number: Double, text: String) {
    #expect(number.shortText == text)
  }
}
