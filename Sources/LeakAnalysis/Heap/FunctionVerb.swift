/// What a function does, as its name says.
///
/// Go names functions for what they do (Effective Go, "Names"); the words are those of the standard
/// library's own containers and look-ups: `sync.Map.Load`, `net.LookupHost`, `os.ReadFile`,
/// `template.ParseFiles` give an answer, `list.PushBack`, `http.Header.Add`, `gob.Register`,
/// `signal.Notify` add something. A name is a hint, no proof.
package enum FunctionVerb: String, Sendable, CaseIterable {
  /// Answers a question, so that the answer may be kept for the next time.
  case answers
  /// Adds something to what is there.
  case adds
  case other

  /// Reads the first word of the name that is known; closures take the function around them.
  package init(_ function: String) {
    let name = FunctionName(function).normalized.split(separator: ".").last ?? ""
    for word in Self.words(of: name) {
      if Self.answering.contains(word) {
        self = .answers
        return
      }
      if Self.adding.contains(word) {
        self = .adds
        return
      }
    }
    self = .other
  }

  /// What such a function does, to be read after "a function that".
  var phrase: String {
    switch self {
    case .answers: "gives an answer: get, load, parse"
    case .adds: "adds something: push, record, register"
    case .other: "does something else"
    }
  }

  /// The words of a name in camel case, in lower case.
  private static func words(of name: Substring) -> [String] {
    var words: [String] = []
    for character in name {
      if character.isUppercase || words.isEmpty {
        words.append(character.lowercased())
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words
  }

  private static let answering: Set<String> = [
    "get", "load", "lookup", "look", "find", "fetch", "resolve", "parse", "compile", "decode",
    "compute", "query", "search", "read", "intern", "memoize", "cache", "cached",
  ]
  private static let adding: Set<String> = [
    "add", "append", "push", "insert", "put", "set", "store", "record", "register", "subscribe",
    "on", "notify", "log", "note", "report", "track", "observe", "remember", "seen", "enqueue",
    "publish", "join", "mark", "save", "collect",
  ]
}
