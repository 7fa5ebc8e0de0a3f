/// A name that sorts as people count: `heap.2` before `heap.10`.
package struct NaturalOrder: Sendable, Comparable {
  private enum Part: Sendable, Comparable {
    case number(Int)
    case text(String)
  }

  private let parts: [Part]

  package init(_ name: String) {
    var parts: [Part] = []
    var rest = name[...]
    while let first = rest.first {
      let isDigit = first.isASCII && first.isNumber
      let run = rest.prefix { ($0.isASCII && $0.isNumber) == isDigit }
      parts.append(isDigit ? Int(run).map(Part.number) ?? .text(String(run)) : .text(String(run)))
      rest = rest.dropFirst(run.count)
    }
    self.parts = parts
  }

  package static func < (one: NaturalOrder, other: NaturalOrder) -> Bool {
    one.parts.lexicographicallyPrecedes(other.parts)
  }
}
