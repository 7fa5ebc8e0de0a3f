import LeakAnalysis
import LeakModel

/// A text that cannot be read, and the place in it.
struct TextError: Error, Equatable {
  /// Unicode scalars before the place.
  let offset: Int
  let message: String
}

/// Reads values as playbooks write them: `40 MiB`, `30%`, `5 per min`, `chan_send`, `true`.
enum Literal {
  /// Reads a literal as a value of a fact, in the fact's own unit.
  ///
  /// - Throws: `TextError` when the unit, the word or the kind of value does not suit the fact.
  static func value(_ text: Substring, of fact: FactID) throws(TextError) -> FactValue {
    switch fact.definition.type {
    case .flag:
      switch text {
      case "true": return .flag(true)
      case "false": return .flag(false)
      default:
        throw TextError(offset: 0, message: "\(fact.rawValue) is true or false, found '\(text)'")
      }
    case .word(let vocabulary):
      guard vocabulary.contains(String(text)) else {
        let hint = NearestName.hint(text, among: vocabulary)
        throw TextError(offset: 0, message: "\(fact.rawValue) is never '\(text)'\(hint)")
      }
      return .word(String(text))
    case .number(let unit):
      return .number(try number(text, unit, of: fact))
    }
  }

  private static func number(
    _ text: Substring,
    _ unit: FactUnit,
    of fact: FactID
  ) throws(TextError) -> Double {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    guard let number = Double(digits) else {
      throw TextError(offset: 0, message: "\(fact.rawValue) is a number, found '\(text)'")
    }
    let suffix = text[digits.endIndex...].drop { $0 == " " }
    guard let spelling = unit.spellings.first(where: { $0.suffix == suffix }) else {
      let known = unit.spellings.map { $0.suffix.isEmpty ? "no unit" : $0.suffix }
      let found = suffix.isEmpty ? "no unit" : "'\(suffix)'"
      throw TextError(
        offset: text.unicodeScalars.count - suffix.unicodeScalars.count,
        message: "\(fact.rawValue) takes \(known.joined(separator: ", ")), found \(found)"
      )
    }
    return number * spelling.factor / spelling.divisor
  }
}

extension FactUnit {
  /// One way to write the unit: a number with it, times factor, divided by divisor, is in `self`.
  fileprivate struct Spelling {
    let suffix: String
    var factor = 1.0
    var divisor = 1.0
  }

  /// The ways to write the unit after a number.
  fileprivate var spellings: [Spelling] {
    switch self {
    case .count: [Spelling(suffix: "")]
    case .ratio: [Spelling(suffix: ""), Spelling(suffix: "%", divisor: 100)]
    case .bytes: Self.byteSpellings(suffix: "")
    case .bytesPerSecond: Self.byteSpellings(suffix: "/s")
    case .perSecond:
      [
        Spelling(suffix: "per s"), Spelling(suffix: "per min", divisor: 60),
        Spelling(suffix: "per h", divisor: 3_600),
      ]
    case .perMinute:
      [
        Spelling(suffix: "per s", factor: 60), Spelling(suffix: "per min"),
        Spelling(suffix: "per h", divisor: 60),
      ]
    case .seconds:
      [
        Spelling(suffix: "s"), Spelling(suffix: "min", factor: 60),
        Spelling(suffix: "h", factor: 3_600),
      ]
    case .minutes: [Spelling(suffix: "min"), Spelling(suffix: "h", factor: 60)]
    }
  }

  private static func byteSpellings(suffix: String) -> [Spelling] {
    ["B", "KiB", "MiB", "GiB"].enumerated().map { power, name in
      Spelling(suffix: name + suffix, factor: Double(1 << (10 * power)))
    }
  }
}

extension FactID {
  /// The fact of a name.
  ///
  /// - Throws: `TextError` with the nearest name when there is none.
  static func named(_ name: some StringProtocol) throws(TextError) -> FactID {
    if let fact = FactID(rawValue: String(name)) { return fact }
    let hint = NearestName.hint(name, among: FactID.allCases.map(\.rawValue))
    throw TextError(offset: 0, message: "unknown fact '\(name)'\(hint)")
  }
}
