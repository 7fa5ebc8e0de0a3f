package import GoFormats

/// Some functions of a program, each with its closures.
///
/// `main.main` is never one of them, as everything runs under it; a closure of it stands for itself.
package struct OwnFunctions: Sendable, Equatable {
  private var names: Set<String> = []

  /// The program's functions on the stacks of what piled up beside one of its functions, and those
  /// that started it.
  ///
  /// - Parameters:
  ///   - culprit: The full name of the function that stands for the pile.
  ///   - evidence: The captures that show it.
  package init(around culprit: String, in evidence: EvidenceBundle) {
    insert(culprit)
    for group in evidence.goroutineGrowth?.groups ?? [] where contains(any: group.frames) {
      for frame in group.frames + [group.createdBy].compactMap(\.self)
      where evidence.ownCode.isOwn(frame) {
        insert(frame.function)
      }
    }
  }

  private mutating func insert(_ function: String) {
    if let key = Self.key(function) { names.insert(key) }
  }

  /// Whether a function, or the one it is a closure of, is among them.
  package func contains(_ function: String) -> Bool {
    Self.key(function).map(names.contains) ?? false
  }

  /// Whether one of the frames is among them.
  package func contains(any frames: [Frame]) -> Bool {
    frames.contains { contains($0.function) }
  }

  private static func key(_ function: String) -> String? {
    let name = FunctionName(function).normalized
    return name == "main.main" ? (function == name ? nil : function) : name
  }
}
