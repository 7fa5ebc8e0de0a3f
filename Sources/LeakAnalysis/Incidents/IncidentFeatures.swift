package import LeakModel

/// What makes an incident like another: the stacks that grow, the symptoms, the probable causes.
package struct IncidentFeatures: Sendable, Equatable {
  /// The version of the names and symptoms: features of another version are not compared.
  ///
  /// It rises with every change to `FunctionName.normalized` or to what is taken from evidence.
  package static let version = 1

  /// The stacks, the weightiest first.
  package var stacks: [GrowingStack] = []
  /// The conditions of playbooks that hold, in the order of their text.
  package var symptoms: [String] = []
  /// The causes by the evidence, with their probabilities.
  package var causes: [Cause: Double] = [:]
  /// The causes that the names on the stacks point to, with their probabilities.
  package var names: [Cause: Double] = [:]
  /// The causes that the story's words point to, with their probabilities.
  package var hints: [Cause: Double] = [:]

  package init(
    stacks: [GrowingStack] = [],
    symptoms: [String] = [],
    causes: [Cause: Double] = [:],
    names: [Cause: Double] = [:],
    hints: [Cause: Double] = [:]
  ) {
    self.stacks = stacks
    self.symptoms = symptoms
    self.causes = causes
    self.names = names
    self.hints = hints
  }

  /// Takes the features from evidence, with the conditions that hold on it and what they point to.
  package init(evidence: EvidenceBundle, symptoms: [String], causes: [Cause: Double]) {
    self.init(
      stacks: GrowingStack.all(in: evidence),
      symptoms: Set(symptoms).sorted(),
      causes: causes
    )
  }

  /// Whether there is anything but the story's words to go by.
  package var hasEvidence: Bool { !stacks.isEmpty || !symptoms.isEmpty || !causes.isEmpty }

  /// The states and functions on the stacks as a text.
  package var namesOnStacks: String {
    stacks.flatMap { [$0.state] + $0.calls.map(\.function) }.joined(separator: " ")
  }

  /// The functions on the stacks, libraries' included, for the text index.
  package var functions: Set<String> { Set(stacks.flatMap { $0.calls.map(\.function) }) }
}

/// Something that incidents are found by, and whose frequency says how much it means.
package enum IncidentTrait: Sendable, Hashable {
  case ownFunction(String)
  case libraryFunction(String)
  case symptom(String)
  case cause(Cause)

  /// The trait as the store keeps it.
  package var text: String {
    switch self {
    case .ownFunction(let name): "own \(name)"
    case .libraryFunction(let name): "library \(name)"
    case .symptom(let condition): "symptom \(condition)"
    case .cause(let cause): "cause \(cause.rawValue)"
    }
  }
}

extension IncidentFeatures {
  /// A cause less probable than this is not one the incident is found by.
  private static let leastCause = 0.1

  /// What the incident is found by.
  package var traits: Set<IncidentTrait> { Set(orderedTraits) }

  /// The same, each once: the functions of the weightiest stack first, then symptoms and causes.
  var orderedTraits: [IncidentTrait] {
    var known: Set<IncidentTrait> = []
    let functions = stacks.lazy.flatMap(\.calls).map { call in
      call.isOwn ? IncidentTrait.ownFunction(call.function) : .libraryFunction(call.function)
    }
    let causes = causes.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
    return
      (Array(functions) + symptoms.map { .symptom($0) }
      + causes.filter { $0.value >= Self.leastCause }.map { .cause($0.key) })
      .filter { known.insert($0).inserted }
  }
}
