/// The answer to "what is it?", with everything that led to it.
///
/// Its JSON form is the contract `leakbook.diagnosis/1`.
package struct Diagnosis: Sendable, Equatable, Codable {
  package static let schemaName = "leakbook.diagnosis/1"

  package var schema = Diagnosis.schemaName
  /// The captures that were read, in the order of their sources.
  package var evidence: [ReadCapture]
  /// The files that were not, each with its reason.
  package var ignored: [IgnoredFile]
  /// One to five explanations, the best first; never empty.
  package var verdicts: [Verdict]
  /// What to capture next, the most telling first.
  package var next: [NextCapture]
  /// Common beliefs that the evidence contradicts; the key is left out where there are none.
  package var misbeliefs: [Misbelief]
  package var severity: Severity
  package var quadrant: Quadrant?
  /// Where the resident memory is, by the latest snapshot; nil without one.
  package var breakdown: MemoryBreakdown?
  /// When memory runs out, by the longest series; nil without one long enough to tell.
  package var forecast: MemoryForecast?
  /// The rules that judged: a hash of 64 bits over the playbooks, so that a verdict can be made again.
  package var rules: String

  package init(
    evidence: [ReadCapture],
    ignored: [IgnoredFile],
    verdicts: [Verdict],
    next: [NextCapture],
    misbeliefs: [Misbelief] = [],
    severity: Severity,
    quadrant: Quadrant?,
    breakdown: MemoryBreakdown?,
    forecast: MemoryForecast? = nil,
    rules: String
  ) {
    self.evidence = evidence
    self.ignored = ignored
    self.verdicts = verdicts
    self.next = next
    self.misbeliefs = misbeliefs
    self.severity = severity
    self.quadrant = quadrant
    self.breakdown = breakdown
    self.forecast = forecast
    self.rules = rules
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(ignored, forKey: .ignored)
    try container.encode(verdicts, forKey: .verdicts)
    try container.encode(next, forKey: .next)
    if !misbeliefs.isEmpty { try container.encode(misbeliefs, forKey: .misbeliefs) }
    try container.encode(severity, forKey: .severity)
    try container.encode(quadrant, forKey: .quadrant)
    try container.encode(breakdown, forKey: .breakdown)
    try container.encode(forecast, forKey: .forecast)
    try container.encode(rules, forKey: .rules)
  }

  package enum CodingKeys: String, CodingKey {
    case schema
    case evidence
    case ignored
    case verdicts
    case next
    case misbeliefs
    case severity
    case quadrant
    case breakdown
    case forecast
    case rules
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    schema = try container.decode(String.self, forKey: .schema)
    evidence = try container.decode([ReadCapture].self, forKey: .evidence)
    ignored = try container.decode([IgnoredFile].self, forKey: .ignored)
    verdicts = try container.decode([Verdict].self, forKey: .verdicts)
    next = try container.decode([NextCapture].self, forKey: .next)
    // Diagnoses kept by earlier versions corrected nobody.
    misbeliefs = try container.decodeIfPresent([Misbelief].self, forKey: .misbeliefs) ?? []
    severity = try container.decode(Severity.self, forKey: .severity)
    quadrant = try container.decodeIfPresent(Quadrant.self, forKey: .quadrant)
    breakdown = try container.decodeIfPresent(MemoryBreakdown.self, forKey: .breakdown)
    forecast = try container.decodeIfPresent(MemoryForecast.self, forKey: .forecast)
    rules = try container.decode(String.self, forKey: .rules)
  }
}

/// A capture that took part in a diagnosis.
package struct ReadCapture: Sendable, Equatable, Codable {
  package var source: String
  package var format: String
  package var capturedAt: String?
  package var sha256: String

  package init(source: String, format: String, capturedAt: String?, sha256: String) {
    self.source = source
    self.format = format
    self.capturedAt = capturedAt
    self.sha256 = sha256
  }

  package enum CodingKeys: String, CodingKey {
    case source
    case format
    case capturedAt = "captured_at"
    case sha256
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(source, forKey: .source)
    try container.encode(format, forKey: .format)
    try container.encode(capturedAt, forKey: .capturedAt)
    try container.encode(sha256, forKey: .sha256)
  }
}

/// A file that could not be used.
package struct IgnoredFile: Sendable, Equatable, Codable {
  package var source: String
  package var reason: String

  package init(source: String, reason: String) {
    self.source = source
    self.reason = reason
  }
}

/// One explanation of what the evidence shows.
package struct Verdict: Sendable, Equatable, Codable {
  package var cause: Cause
  package var family: Cause.Family
  /// The probability that this is the cause, 0 to 1.
  package var confidence: Double
  package var title: String
  /// The code to open first; nil when no function is at fault or none is visible.
  package var culprit: Culprit?
  /// The facts that speak for the cause: what must hold, then the strongest.
  package var reasonsFor: [Reason]
  /// The facts that speak against it.
  package var reasonsAgainst: [Reason]
  /// What would have been asked, had the evidence held it.
  package var unknown: [Reason]
  /// The independent tools that agree: profile, goroutines, trace, debugger, samples, system, log.
  package var agree: [String]
  /// The playbook to follow; nil for `unknown`.
  package var playbook: String?
  /// Whether this is wrong as well, beside the first verdict, and not in its place.
  package var isAlso: Bool

  package init(
    cause: Cause,
    confidence: Double,
    title: String,
    culprit: Culprit? = nil,
    reasonsFor: [Reason] = [],
    reasonsAgainst: [Reason] = [],
    unknown: [Reason] = [],
    agree: [String] = [],
    playbook: String? = nil,
    isAlso: Bool = false
  ) {
    self.cause = cause
    self.family = cause.family
    self.confidence = confidence
    self.title = title
    self.culprit = culprit
    self.reasonsFor = reasonsFor
    self.reasonsAgainst = reasonsAgainst
    self.unknown = unknown
    self.agree = agree
    self.playbook = playbook
    self.isAlso = isAlso
  }

  package enum CodingKeys: String, CodingKey {
    case cause
    case family
    case confidence
    case title
    case culprit
    case reasonsFor = "for"
    case reasonsAgainst = "against"
    case unknown
    case agree
    case playbook
    case isAlso = "also"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    cause = try container.decode(Cause.self, forKey: .cause)
    family = try container.decode(Cause.Family.self, forKey: .family)
    confidence = try container.decode(Double.self, forKey: .confidence)
    title = try container.decode(String.self, forKey: .title)
    culprit = try container.decodeIfPresent(Culprit.self, forKey: .culprit)
    reasonsFor = try container.decode([Reason].self, forKey: .reasonsFor)
    reasonsAgainst = try container.decode([Reason].self, forKey: .reasonsAgainst)
    unknown = try container.decode([Reason].self, forKey: .unknown)
    agree = try container.decode([String].self, forKey: .agree)
    playbook = try container.decodeIfPresent(String.self, forKey: .playbook)
    // Verdicts kept by earlier versions were of one cause.
    isAlso = try container.decodeIfPresent(Bool.self, forKey: .isAlso) ?? false
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cause, forKey: .cause)
    try container.encode(family, forKey: .family)
    try container.encode(confidence, forKey: .confidence)
    try container.encode(title, forKey: .title)
    try container.encode(culprit, forKey: .culprit)
    try container.encode(reasonsFor, forKey: .reasonsFor)
    try container.encode(reasonsAgainst, forKey: .reasonsAgainst)
    try container.encode(unknown, forKey: .unknown)
    try container.encode(agree, forKey: .agree)
    try container.encode(playbook, forKey: .playbook)
    // The contract's verdict is of one cause: the key is there where there are two.
    if isAlso { try container.encode(isAlso, forKey: .isAlso) }
  }
}

/// A function of the program to look at, and where it shows.
package struct Culprit: Sendable, Equatable, Codable {
  /// Where a culprit shows: an allocation site, a goroutine's stack, a call out of Go, a setting.
  package enum Kind: String, Sendable, Codable {
    case alloc
    case goroutine
    case native
    case config
  }

  /// The function's full name as Go writes it, for example `main.(*rates).fetch`.
  package var function: String
  package var file: String?
  package var line: Int?
  package var kind: Kind

  package init(function: String, file: String?, line: Int?, kind: Kind) {
    self.function = function
    self.file = file
    self.line = line
    self.kind = kind
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(function, forKey: .function)
    try container.encode(file, forKey: .file)
    try container.encode(line, forKey: .line)
    try container.encode(kind, forKey: .kind)
  }
}

/// A fact and what it says about a cause.
package struct Reason: Sendable, Equatable, Codable {
  package var fact: String
  /// The value measured; nil when it is unknown.
  package var value: FactValue?
  package var unit: String?
  /// The fact as a sentence for people.
  package var statement: String
  /// The captures it was measured on.
  package var from: [String]
  /// What it adds to the cause's log-odds (negative when it speaks against it).
  package var weight: Double

  package init(
    fact: String,
    value: FactValue?,
    unit: String?,
    statement: String,
    from: [String],
    weight: Double
  ) {
    self.fact = fact
    self.value = value
    self.unit = unit
    self.statement = statement
    self.from = from
    self.weight = weight
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(fact, forKey: .fact)
    try container.encode(value, forKey: .value)
    try container.encode(unit, forKey: .unit)
    try container.encode(statement, forKey: .statement)
    try container.encode(from, forKey: .from)
    try container.encode(weight, forKey: .weight)
  }
}

/// A capture that would settle what is still open.
package struct NextCapture: Sendable, Equatable, Codable {
  package var capture: String
  package var command: String
  package var why: String

  package init(capture: String, command: String, why: String) {
    self.capture = capture
    self.command = command
    self.why = why
  }
}

/// Where a process's resident memory is, by one snapshot; the parts add up to `rss`.
package struct MemoryBreakdown: Sendable, Equatable, Codable {
  package var rss: Int64
  package var heapInuse: Int64
  /// Heap spans without objects that the kernel has not got back: HeapIdle − HeapReleased.
  package var heapIdleHeld: Int64
  package var stacks: Int64
  /// The runtime's own structures: MSpan, MCache, GC, profiling buckets and others.
  package var runtime: Int64
  /// File-backed and shared pages: RssFile + RssShmem.
  package var file: Int64
  /// What is left: C memory, anonymous mappings, pages not yet touched (negative).
  package var unexplained: Int64

  package init(
    rss: Int64,
    heapInuse: Int64,
    heapIdleHeld: Int64,
    stacks: Int64,
    runtime: Int64,
    file: Int64,
    unexplained: Int64
  ) {
    self.rss = rss
    self.heapInuse = heapInuse
    self.heapIdleHeld = heapIdleHeld
    self.stacks = stacks
    self.runtime = runtime
    self.file = file
    self.unexplained = unexplained
  }

  package enum CodingKeys: String, CodingKey {
    case rss = "rss_bytes"
    case heapInuse = "heap_inuse_bytes"
    case heapIdleHeld = "heap_idle_held_bytes"
    case stacks = "stacks_bytes"
    case runtime = "runtime_bytes"
    case file = "file_bytes"
    case unexplained = "unexplained_bytes"
  }
}
