import LeakCasebook
import LeakChat

/// Writes the items of a list in one of its forms, some at a time.
struct ListText: Sendable {
  let form: ListForm
  /// The fields that an item has, in the order of a table.
  let columns: [String]
  /// Those of them that were asked for; nil for all.
  let picked: [String]?

  /// The form with what a reader must know besides.
  var mediaType: String {
    form == .csv ? "\(form.rawValue); charset=utf-8; header=present" : form.rawValue
  }

  /// What stands before the first item.
  var begin: String {
    switch form {
    case .json: #"{"items":["#
    case .lines: ""
    case .csv: CSVText.header(picked ?? columns)
    }
  }

  /// Some items as they follow one another.
  func text<Item: Encodable & Sendable>(of items: [Item]) throws -> String {
    guard form != .csv else { return try CSVText.rows(picked ?? columns, try values(of: items)) }
    guard picked == nil else { return try joined(try values(of: items)) }
    return try joined(items)
  }

  /// What stands between two slices of items.
  var separator: String { form == .json ? "," : "" }

  /// What stands behind the last item.
  func end(next: String?) throws -> String {
    form == .json ? "],\"next\":\(try CanonicalJSON.text(next))}\n" : ""
  }

  /// A weak tag of a list that hangs on a state.
  ///
  /// States are hashed with a seed of this process: after a restart all is new to everybody.
  func tag(of state: some Hashable) -> String {
    var hasher = Hasher()
    hasher.combine(form)
    hasher.combine(picked)
    hasher.combine(state)
    return "W/\"\(String(UInt(bitPattern: hasher.finalize()), radix: 36))\""
  }

  private func joined(_ items: [some Encodable]) throws -> String {
    guard form == .json else { return try items.map { try CanonicalJSON.text($0) + "\n" }.joined() }
    // A list without the brackets around it.
    return String(try CanonicalJSON.text(items).dropFirst().dropLast())
  }

  /// The items with the fields that were asked for.
  private func values(of items: [some Encodable]) throws -> [JSONValue] {
    let values = try items.map { try JSONValue(encoding: $0) }
    guard let picked else { return values }
    return values.map { $0.picking(picked) }
  }
}
