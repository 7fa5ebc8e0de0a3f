import LeakModel

extension Verb {
  /// Reads what stands behind the verb; nil when it is no argument of it at all.
  func command(_ rest: Substring, hasAttachment: Bool) -> ChatCommand? {
    switch self {
    case .help: return .help
    case .search: return rest.isEmpty ? .usage(self) : .search(String(rest))
    case .similar:
      if let id = IncidentID(prefixed: rest) { return .similarTo(id) }
      return rest.isEmpty ? .usage(self) : .similarToText(String(rest))
    case .show: return IncidentID(prefixed: rest).map { .show($0) } ?? .usage(self)
    case .diagnose: return diagnosis(of: rest, hasAttachment: hasAttachment)
    case .forecast: return rest.isEmpty ? .usage(self) : .forecast(service: String(rest))
    case .playbook: return .playbook(rest.isEmpty ? nil : String(rest.lowercased()))
    case .open: return opening(rest)
    case .note:
      let (id, text) = rest.firstWord
      guard let id = IncidentID(prefixed: id), !text.isEmpty else { return .usage(self) }
      return .note(id, String(text))
    case .resolve:
      let (id, repair) = rest.firstWord
      let (cause, fix) = repair.firstWord
      guard let id = IncidentID(prefixed: id), let cause = Cause(rawValue: cause.lowercased()),
        cause != .unknown, !fix.isEmpty
      else { return .usage(self) }
      return .resolve(id, cause, fix: String(fix))
    }
  }

  /// Whether what follows shows that the verb was meant, though its arguments are not complete.
  func isMeant(by rest: Substring) -> Bool {
    switch self {
    case .show, .note, .resolve: rest.isEmpty || IncidentID(prefixed: rest.firstWord.0) != nil
    case .search, .similar, .diagnose, .forecast, .playbook, .open, .help: true
    }
  }

  private func diagnosis(of rest: Substring, hasAttachment: Bool) -> ChatCommand {
    if rest.isEmpty { return hasAttachment ? .diagnoseAttached : .usage(self) }
    let (first, more) = rest.firstWord
    // Slack writes a link as <https://host/path|label>.
    let link = first.trimmingPrefix("<").prefix { $0 != "|" && $0 != ">" }
    let isLink = ["http://", "https://"].contains { link.lowercased().hasPrefix($0) }
    if isLink, more.isEmpty { return .diagnoseLink(String(link)) }
    return .diagnosePaste(String(rest))
  }

  /// Reads `cart: heap grows since noon`, with `service:cart` and `severity:P1` anywhere.
  private func opening(_ rest: Substring) -> ChatCommand {
    var service: String?
    var severity: Severity?
    var words: [Substring] = []
    for word in rest.split(whereSeparator: \.isWhitespace) {
      let lower = word.lowercased()
      if lower.hasPrefix("service:"), word.count > 8 {
        service = String(word.dropFirst(8))
      } else if lower.hasPrefix("severity:"),
        let read = Severity(rawValue: word.dropFirst(9).uppercased())
      {
        severity = read
      } else {
        words.append(word)
      }
    }
    if service == nil, let first = words.first, let last = first.last, ":：".contains(last) {
      service = String(first.dropLast())
      words.removeFirst()
    } else if service == nil, let first = words.first,
      let colon = first.firstIndex(of: "：")
    {
      // Nobody sets a blank behind a wide colon.
      service = String(first[..<colon])
      words[0] = first[first.index(after: colon)...]
    }
    guard let service, !service.isEmpty, !words.isEmpty else { return .usage(self) }
    return .open(title: words.joined(separator: " "), service: service, severity: severity)
  }
}

extension Substring {
  /// The first word, and what follows the blanks behind it.
  var firstWord: (Substring, Substring) {
    let word = prefix { !$0.isWhitespace }
    return (word, self[word.endIndex...].trimmed)
  }
}
