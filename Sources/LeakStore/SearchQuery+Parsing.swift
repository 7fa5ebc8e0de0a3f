package import LeakModel

/// Why a text is not a search query; the description is for the person who typed it.
package enum SearchQueryError: Error, Equatable {
  /// There is no filter of the name.
  case unknownFilter(name: String)
  /// A filter's value cannot be read; `expected` says what could.
  case badValue(filter: String, value: String, expected: String)
}

extension SearchQueryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownFilter(let name):
      "there is no filter \(name):, only \(SearchQuery.filterNames.joined(separator: ", ")); "
        + "put quotes around words with a colon"
    case .badValue(let filter, let value, let expected):
      "filter \(filter): needs \(expected), found \"\(value)\""
    }
  }
}

extension SearchQuery {
  /// The filters, as they are written.
  package static let filterNames = [
    "service:", "cause:", "status:", "severity:", "since:", "until:", "frame:", "label:",
  ]

  /// Reads a query such as `body cause:http-body-unclosed since:7d "connection pool" persist*`.
  ///
  /// Words and quoted phrases are terms, a star at the end makes a term a prefix. `name:value` is
  /// a filter, its value in quotes where it holds blanks; `label:` takes `key=value`. Times are
  /// RFC 3339, a day (its beginning in UTC), or an age such as `30m`, `24h`, `7d`, `2w`. A filter
  /// without a value, as in `panic: out of memory`, is a word.
  ///
  /// - Parameters:
  ///   - text: The query as typed.
  ///   - now: The present, from which ages are counted.
  /// - Returns: The terms in the order typed, and the filters.
  /// - Throws: `SearchQueryError`.
  package static func parse(_ text: String, now: Instant) throws(SearchQueryError) -> SearchQuery {
    var query = SearchQuery()
    for piece in pieces(of: text) {
      if let name = piece.filterName, !piece.value.isEmpty {
        try query.filter.set(name, to: piece.value, now: now)
      } else if piece.isPrefix {
        query.terms.append(SearchTerm(text: String(piece.text.dropLast()), kind: .prefix))
      } else {
        query.terms.append(SearchTerm(text: piece.text, kind: .words))
      }
    }
    return query
  }

  /// Cuts a query at its blanks, those between quotes excepted; a missing last quote is forgiven.
  private static func pieces(of text: String) -> [QueryPiece] {
    var pieces: [QueryPiece] = []
    var piece = QueryPiece()
    var isQuoted = false
    for character in text {
      if character == "\"" {
        if !isQuoted, piece.quote == nil { piece.quote = piece.text.count }
        isQuoted.toggle()
      } else if character.isWhitespace, !isQuoted {
        if !piece.text.isEmpty { pieces.append(piece) }
        piece = QueryPiece()
      } else {
        piece.text.append(character)
      }
    }
    if !piece.text.isEmpty { pieces.append(piece) }
    return pieces
  }
}

/// A word, phrase or filter of a query.
private struct QueryPiece {
  /// What was typed, without the quotes.
  var text = ""
  /// Where in the text the first quote stood; nil without one.
  var quote: Int?

  /// The filter's name, where small letters and a colon come first and not the `://` of a URL.
  var filterName: String? {
    let name = text.prefix { $0.isASCII && $0.isLowercase }
    let rest = text.dropFirst(name.count)
    guard !name.isEmpty, rest.first == ":", !rest.hasPrefix("://"),
      quote.map({ $0 > name.count }) ?? true
    else { return nil }
    return String(name)
  }

  /// The filter's value.
  var value: String { String(text.drop { $0 != ":" }.dropFirst()) }

  var isPrefix: Bool { quote == nil && text.hasSuffix("*") }
}

extension IncidentFilter {
  /// Sets the filter of a name from its value as typed.
  fileprivate mutating func set(
    _ name: String,
    to value: String,
    now: Instant
  ) throws(SearchQueryError) {
    func bad(_ expected: String) -> SearchQueryError {
      .badValue(filter: name, value: value, expected: expected)
    }
    switch name {
    case "service": service = value
    case "frame": frame = value
    case "cause":
      guard let known = Cause(rawValue: value) else {
        throw bad("the name of a cause, such as \(Cause.httpBodyUnclosed.rawValue)")
      }
      cause = known
    case "status":
      guard let known = IncidentStatus(rawValue: value) else {
        throw bad("one of \(IncidentStatus.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      status = known
    case "severity":
      guard let known = Severity(rawValue: value.uppercased()) else {
        throw bad("one of \(Severity.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      severity = known
    case "since", "until":
      guard let time = Instant(asked: value, now: now) else {
        throw bad("a time such as 2026-11-20T03:00:00Z, 2026-11-20, 24h or 7d")
      }
      if name == "since" { since = time } else { until = time }
    case "label":
      guard let label = Label(value) else { throw bad("key=value") }
      labels[label.key] = label.value
    default:
      throw .unknownFilter(name: name)
    }
  }
}

extension Instant {
  /// Reads RFC 3339, a day of the calendar in UTC, or an age before `now`.
  fileprivate init?(asked text: String, now: Instant) {
    if let time = Instant(text) ?? Instant("\(text)T00:00:00Z") {
      self = time
      return
    }
    let units: [Character: Int64] = [
      "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
    ]
    guard let unit = text.last.flatMap({ units[$0] }),
      let count = Int64(text.dropLast()), count >= 0
    else { return nil }
    let (age, isTooLong) = count.multipliedReportingOverflow(by: unit)
    guard !isTooLong else { return nil }
    self.init(milliseconds: max(0, now.milliseconds - age))
  }
}
