import ArgumentParser
import LeakModel

extension IncidentID: ExpressibleByArgument {
  /// Reads `INC-12`, `inc-12` or `12`.
  init?(argument: String) {
    self.init(argument)
  }
}

extension Cause {
  /// Reads a cause as typed; `unknown` is none that has a playbook.
  ///
  /// - Throws: `ValidationError` that names the nearest causes.
  static func named(_ text: String) throws -> Cause {
    if let cause = Cause(rawValue: text), cause != .unknown { return cause }
    throw ValidationError("there is no cause \(text)\(hint(text))")
  }

  /// Reads what somebody found to be the cause; `unknown` is one that no playbook describes.
  ///
  /// - Throws: `ValidationError` that names the nearest causes.
  static func settled(_ text: String) throws -> Cause {
    if text == Cause.unknown.rawValue { return .unknown }
    do {
      return try named(text)
    } catch let error as ValidationError {
      let other = "one that no playbook describes is --cause unknown, and --fix tells what it was"
      throw ValidationError("\(error.message)\n\(other)")
    }
  }

  /// The end of a message: the cause that is spelled nearly so, or those whose ids hold the text.
  private static func hint(_ text: String) -> String {
    let ids = allCases.filter { $0 != .unknown }.map(\.rawValue)
    let near = EditDistance.nearest(to: text, among: ids).map { [$0] } ?? []
    let meant =
      near.isEmpty && text.count > 2 ? ids.filter { $0.contains(text.lowercased()) } : near
    guard !meant.isEmpty else { return "; `leakbook playbook list` shows those there are" }
    return "; did you mean \(meant.prefix(3).joined(separator: " or "))?"
  }
}

/// A moment in the past as the command line takes it: RFC 3339, with or without seconds, or a day,
/// which means its beginning in UTC.
struct MomentArgument {
  let instant: Instant

  /// Reads a moment; one of today that is yet to come somewhere on Earth means the present.
  ///
  /// - Throws: `ValidationError` that shows how a moment is written, and for the future.
  init(_ text: String) throws {
    let withSeconds = text.prefix(16) + ":00" + text.dropFirst(16)
    guard
      let instant = Instant(text) ?? Instant(withSeconds) ?? Instant("\(text)T00:00:00Z")
    else {
      throw ValidationError(
        "a time is written 2026-11-19T02:48:00+01:00, 2026-11-19T01:48Z or 2026-11-19: "
          + "with its offset from UTC, or a day"
      )
    }
    let now = Environment.now()
    guard instant.milliseconds < now.milliseconds + 86_400_000 else {
      throw ValidationError("that is in the future; it is \(now) now")
    }
    self.instant = min(instant, now)
  }
}

/// A label as the command line takes it: `key=value`.
struct LabelArgument: ExpressibleByArgument {
  let key: String
  let value: String

  init?(argument: String) {
    guard let label = Label(argument) else { return nil }
    key = label.key
    value = label.value
  }
}
