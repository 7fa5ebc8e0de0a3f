import ArgumentParser
import LeakModel

extension IncidentID: ExpressibleByArgument {
  /// Reads `INC-12`, `inc-12` or `12`.
  init?(argument: String) {
    self.init(argument)
  }
}

extension Cause {
  /// Reads a cause as typed; `unknown` is none that a person settles on.
  ///
  /// - Throws: `ValidationError` that names the nearest cause.
  static func named(_ text: String) throws -> Cause {
    if let cause = Cause(rawValue: text), cause != .unknown { return cause }
    let ids = Cause.allCases.filter { $0 != .unknown }.map(\.rawValue)
    let hint = EditDistance.nearest(to: text, among: ids).map { "; did you mean \($0)?" }
    throw ValidationError(
      "there is no cause \(text)\(hint ?? "; `leakbook playbook list` shows those there are")"
    )
  }
}

/// A moment as the command line takes it: RFC 3339, or a day, which means its beginning in UTC.
struct MomentArgument: ExpressibleByArgument {
  let instant: Instant

  init?(argument: String) {
    guard let instant = Instant(argument) ?? Instant("\(argument)T00:00:00Z") else { return nil }
    self.instant = instant
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
