package import LeakModel

/// What `go tool pprof` printed of a profile: `-top`, `-list`, `-traces` or `-peek` in text.
///
/// Values are in the base unit: bytes, nanoseconds or a plain count. They are as exact as the three
/// digits that pprof prints.
package struct ProfileReport: Sendable, Equatable {
  /// The command whose output it is.
  package enum Kind: String, Sendable {
    case top
    case list
    case traces
    case peek
  }

  /// What the values are: bytes, nanoseconds, or a plain count.
  package enum Unit: String, Sendable {
    case bytes
    case nanoseconds
    case count
  }

  /// A function's share.
  package struct Row: Sendable, Equatable {
    /// As printed, without the remark `(inline)`.
    package let function: String
    /// What it holds itself.
    package let flat: Double
    /// What it and all it calls hold.
    package let cumulative: Double

    package init(function: String, flat: Double, cumulative: Double) {
      self.function = function
      self.flat = flat
      self.cumulative = cumulative
    }
  }

  /// A source line of `-list`.
  package struct Line: Sendable, Equatable {
    package let function: String
    /// As the routine's header spells it; may lack its folders.
    package let file: String
    package let line: Int
    package let flat: Double
    package let cumulative: Double
  }

  /// A call of `-peek` between a function and one of its neighbours.
  package struct Call: Sendable, Equatable {
    package let caller: String
    package let callee: String
    package let value: Double
  }

  /// A stack of `-traces`, leaf first.
  package struct Trace: Sendable, Equatable {
    package let value: Double
    package let functions: [String]
  }

  package var kind: Kind
  /// `inuse_space`, `alloc_objects`, `cpu` …, from the line `Type:`; nil where that was not pasted.
  package var sampleType: String?
  package var unit = Unit.count
  /// What the whole profile holds; nil where no header was pasted.
  package var total: Double?
  /// The same by the percentages of the rows; nil where there are none.
  package var impliedTotal: Double?
  /// When the profile was taken, from the line `Time:`; nil where its zone is not UTC.
  package var time: Instant?
  /// In the order of the text; the rows below pprof's threshold are missing, and perhaps more.
  package var rows: [Row] = []
  package var lines: [Line] = []
  package var calls: [Call] = []
  package var traces: [Trace] = []

  package init(kind: Kind) {
    self.kind = kind
  }
}
