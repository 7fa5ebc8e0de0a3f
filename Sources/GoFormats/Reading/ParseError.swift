/// What a capture lacks to be what it seems, and where.
package struct ParseError: Error, Equatable, Sendable {
  /// Where the capture departs from its format.
  package enum Place: Equatable, Sendable {
    /// An offset from the start, in bytes (of the inflated data, for gzip).
    case byte(Int)
    /// A line, counted from 1.
    case line(Int)
  }

  /// The format being read, for example `pprof`.
  package let format: String
  package let place: Place
  /// What was found and what was expected: lower case, no full stop.
  package let reason: String

  package init(format: String, place: Place, reason: String) {
    self.format = format
    self.place = place
    self.reason = reason
  }
}

extension ParseError: CustomStringConvertible {
  package var description: String {
    switch place {
    case .byte(let offset): "\(format), byte \(offset): \(reason)"
    case .line(let line): "\(format), line \(line): \(reason)"
    }
  }
}
