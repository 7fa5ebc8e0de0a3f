/// A `Content-Disposition` header: a kind and parameters.
///
/// Shape: `form-data; name="file"; filename="heap.pb.gz"`. Source: RFC 6266; RFC 7578, section 4.2.
struct ContentDisposition: Sendable, Equatable {
  /// `form-data` or `attachment`, in lower case.
  let kind: String
  /// The values by names in lower case, quotes and escapes taken off.
  let parameters: [String: String]

  var filename: String? { parameters["filename"] }

  /// Reads a header's value; nil when it is malformed or a parameter stands twice.
  init?(_ value: String) {
    guard let header = HeaderValue(value) else { return nil }
    self.kind = header.word
    self.parameters = header.parameters
  }
}

/// A header's value of the form `word; name=value; name="quoted value"`.
struct HeaderValue: Sendable, Equatable {
  /// In lower case.
  let word: String
  /// The values by names in lower case.
  let parameters: [String: String]

  /// Reads a header's value; nil when it is malformed or a parameter stands twice.
  init?(_ value: String) {
    var rest = value[...]
    func trim() { rest = rest.drop { $0 == " " || $0 == "\t" } }
    func isToken(_ character: Character) -> Bool {
      character.isASCII && !character.isWhitespace && !"()<>@,;:\\\"[]?=".contains(character)
    }
    trim()
    // The slash of a media type is the one separator that a word may hold.
    let word = rest.prefix { isToken($0) }
    guard !word.isEmpty else { return nil }
    rest = rest.dropFirst(word.count)
    var parameters: [String: String] = [:]
    while true {
      trim()
      guard !rest.isEmpty else { break }
      guard rest.first == ";" else { return nil }
      rest = rest.dropFirst()
      trim()
      // A semicolon at the end is common and harmless.
      guard !rest.isEmpty else { break }
      let name = rest.prefix { isToken($0) }
      rest = rest.dropFirst(name.count)
      guard !name.isEmpty, rest.first == "=" else { return nil }
      rest = rest.dropFirst()
      let text: String
      if rest.first == "\"" {
        guard let quoted = Self.readQuoted(&rest) else { return nil }
        text = quoted
      } else {
        let token = rest.prefix { isToken($0) }
        guard !token.isEmpty else { return nil }
        rest = rest.dropFirst(token.count)
        text = String(token)
      }
      guard parameters.updateValue(text, forKey: name.lowercased()) == nil else { return nil }
    }
    self.word = word.lowercased()
    self.parameters = parameters
  }

  /// Reads a quoted string; nil when it does not end.
  ///
  /// A backslash is taken off before a quote and before another one only: some clients send the
  /// paths of Windows as they are.
  private static func readQuoted(_ rest: inout Substring) -> String? {
    var text = ""
    rest = rest.dropFirst()
    while let character = rest.popFirst() {
      if character == "\"" { return text }
      if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
        text.append(next)
        rest = rest.dropFirst()
      } else {
        text.append(character)
      }
    }
    return nil
  }
}
