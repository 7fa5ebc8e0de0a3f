import LeakChat

extension JSONValue {
  /// An object with some of its fields only; anything else as it is.
  func picking(_ names: [String]) -> JSONValue {
    guard case .object(let fields) = self else { return self }
    return .object(fields.filter { names.contains($0.key) })
  }

  /// An object with a field set; anything else as it is.
  func setting(_ name: String, to value: JSONValue) -> JSONValue {
    guard case .object(let fields) = self else { return self }
    return .object(fields.merging([name: value]) { $1 })
  }
}
