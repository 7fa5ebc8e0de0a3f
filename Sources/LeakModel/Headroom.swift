/// How far memory is from its limit, measured and not foretold.
package struct Headroom: Sendable, Equatable, Codable {
  /// Bytes: the middle of the last samples.
  package let level: Double
  /// Bytes up to the limit; negative beyond it.
  package let left: Double
  /// Bytes an hour since the last change; nil where a forecast tells more, or no rise is certain.
  package let pace: Double?

  package init(level: Double, limit: Double, pace: Double?) {
    self.level = level
    self.left = limit - level
    self.pace = pace
  }

  /// Seconds from the last sample until nothing is left if the rise goes on; nil without a rise.
  package var timeAtPace: Double? {
    guard let pace, pace > 0, left > 0 else { return nil }
    let time = left / pace * 3600
    return time.isFinite ? time : nil
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    level = try container.decode(Double.self, forKey: .level)
    left = try container.decode(Double.self, forKey: .left)
    pace = try container.decodeIfPresent(Double.self, forKey: .pace)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(level, forKey: .level)
    try container.encode(left, forKey: .left)
    try container.encode(pace, forKey: .pace)
    try container.encode(timeAtPace, forKey: .timeAtPace)
  }

  private enum CodingKeys: String, CodingKey {
    case level = "level_bytes"
    case left = "left_bytes"
    case pace = "pace_per_hour"
    case timeAtPace = "at_pace_s"
  }
}
