/// The value of a fact: a number with the unit its catalogue entry gives, a word, or yes and no.
package enum FactValue: Sendable, Equatable {
  case number(Double)
  case word(String)
  case flag(Bool)
}

extension FactValue: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .word(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .word(let word): try container.encode(word)
    case .flag(let flag): try container.encode(flag)
    }
  }
}
