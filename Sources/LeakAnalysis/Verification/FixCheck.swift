/// Whether a fix is proven by later evidence.
package enum FixAnswer: String, Sendable, CaseIterable, Codable {
  case verified
  case notYet = "not-yet"
  case worse
}

/// One comparison between the evidence of the trouble and that from after the fix.
package struct FixCheck: Sendable, Equatable, Codable {
  /// What is compared.
  package enum Kind: String, Sendable, Codable {
    /// How fast a series grows.
    case slope
    /// A place where goroutines piled up.
    case goroutines
    /// A place whose live bytes grew.
    case heap
    /// The kernel killed the process for want of memory.
    case kill
    /// The process crashed.
    case crash
    /// What the evidence is diagnosed as.
    case cause
    /// Whether there was as much work to do.
    case load
    /// Whether it was watched for as long.
    case duration
    /// Whether it is later evidence at all.
    case order
    /// Whether it is evidence of the same program.
    case program
  }

  /// What the comparison says; the raw values are a contract.
  package enum Outcome: String, Sendable, Codable {
    /// The symptom is gone; the load or the time is comparable.
    case pass
    /// The symptom is still there, maybe weaker; the load is too small or the time too short.
    case fail
    /// The symptom is stronger than before, or new.
    case worse
    /// The later evidence does not tell.
    case unclear
  }

  /// A number, with the interval that holds it 95 times of 100 where one is known.
  package struct Measured: Sendable, Equatable, Codable {
    package let value: Double
    package let low: Double?
    package let high: Double?

    package init(_ value: Double, low: Double? = nil, high: Double? = nil) {
      self.value = value
      self.low = low
      self.high = high
    }

    private enum CodingKeys: String, CodingKey {
      case value
      case low = "low_95"
      case high = "high_95"
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(value, forKey: .value)
      try container.encode(low, forKey: .low)
      try container.encode(high, forKey: .high)
    }
  }

  package let kind: Kind
  /// The metric by its source's name, or the function.
  package let name: String
  /// The unit of both numbers, such as `bytes/h`.
  package let unit: String
  package let before: Measured?
  package let after: Measured?
  package let outcome: Outcome
  /// The comparison as a sentence for people.
  package let statement: String

  package init(
    _ kind: Kind,
    _ name: String,
    unit: String,
    before: Measured?,
    after: Measured?,
    _ outcome: Outcome,
    _ statement: String
  ) {
    self.kind = kind
    self.name = name
    self.unit = unit
    self.before = before
    self.after = after
    self.outcome = outcome
    self.statement = statement
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(name, forKey: .name)
    try container.encode(unit, forKey: .unit)
    try container.encode(before, forKey: .before)
    try container.encode(after, forKey: .after)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(statement, forKey: .statement)
  }

  /// Whether it looks at something that piles up.
  package var isGrowth: Bool { [.slope, .goroutines, .heap].contains(kind) }

  /// Whether it looks at the trouble itself, and not at the conditions of the comparison.
  package var isSymptom: Bool { ![.load, .duration, .order, .program].contains(kind) }
}

/// A line of the before-and-after table that closes an incident.
package struct FixTableRow: Sendable, Equatable, Codable {
  package let name: String
  package let unit: String
  package let before: Double?
  package let after: Double?

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(unit, forKey: .unit)
    try container.encode(before, forKey: .before)
    try container.encode(after, forKey: .after)
  }
}
