/// A stack that the evidence accuses: goroutines that pile up, memory that grows, a crash.
///
/// Names are normalised, so that the same code matches across builds.
package struct GrowingStack: Sendable, Equatable {
  /// What piles up at the stack.
  package enum Kind: String, Sendable, CaseIterable {
    case goroutine
    /// Bytes in use.
    case heap
    /// Bytes allocated, in use or not.
    case allocated
    case crash
  }

  /// A function on the stack.
  package struct Call: Sendable, Equatable {
    package let function: String
    /// Whether the function is the program's own.
    package let isOwn: Bool

    package init(function: String, isOwn: Bool) {
      self.function = function
      self.isOwn = isOwn
    }
  }

  package let kind: Kind
  /// The wait of goroutines, the kind of a crash; empty for memory.
  package let state: String
  /// How much of the trouble the stack stands for, 0 to 1.
  package let weight: Double
  /// The calls, leaf first.
  package let calls: [Call]

  package init(kind: Kind, state: String, weight: Double, calls: [Call]) {
    self.kind = kind
    self.state = state
    self.weight = weight
    self.calls = calls
  }
}

extension GrowingStack {
  /// What stands for all of the program's own functions where only the libraries' are compared.
  package static let ownMark = "·"

  /// The program's own functions, leaf first: they find the same code.
  package var ownKeys: [String] { calls.filter(\.isOwn).map(\.function) }

  /// All functions, leaf first, where each run of own ones is one mark: they find the same kind of
  /// trouble in another program.
  package var allKeys: [String] {
    var keys: [String] = []
    for call in calls {
      if !call.isOwn {
        keys.append(call.function)
      } else if keys.last != Self.ownMark {
        keys.append(Self.ownMark)
      }
    }
    return keys
  }
}
