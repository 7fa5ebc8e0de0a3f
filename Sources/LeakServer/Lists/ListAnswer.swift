import HTTPTypes
import LeakCasebook
import LeakChat

/// The forms in which a list is answered; the raw values are media types.
enum ListForm: String, CaseIterable {
  case json = "application/json"
  case lines = "application/x-ndjson"
  case csv = "text/csv"

  /// The form that a client likes best, by its `Accept` header; the first of equals, JSON for none.
  ///
  /// Source: RFC 9110, section 12.5.1.
  init?(accept: String?) {
    guard let accept, accept.contains(where: { $0 != " " }) else {
      self = .json
      return
    }
    let choices = Preference.list(accept)
    let weighed = Self.allCases.map { form in (form: form, weight: form.weight(in: choices)) }
    guard let best = weighed.map(\.weight).max(), best > 0,
      let form = weighed.first(where: { $0.weight == best })?.form
    else { return nil }
    self = form
  }

  /// The weight of the most specific choice that covers the form.
  private func weight(in choices: [Preference]) -> Double {
    let kind = rawValue.prefix { $0 != "/" }
    for name in [rawValue, "\(kind)/*", "*/*"] {
      if let choice = choices.first(where: { $0.name == name }) { return choice.weight }
    }
    return 0
  }
}

extension Call {
  /// The columns that `?fields=id,title` picks of those that a list has; all without it.
  ///
  /// - Throws: `Problem` that names the unknown field and the known ones.
  func fields(of columns: [String]) throws(Problem) -> [String]? {
    guard let text = query["fields"] else { return nil }
    let names = text.split(separator: ",").map(String.init)
    if let unknown = names.first(where: { !columns.contains($0) }) {
      throw Problem(
        .unknownField,
        "there is no field \"\(unknown)\", only \(columns.joined(separator: ", "))"
      )
    }
    guard !names.isEmpty else { throw Problem(.badRequest, "parameter \"fields\" is empty") }
    return names
  }

  /// Answers with a list in the form that the client likes best.
  ///
  /// - Parameters:
  ///   - items: The items of this page.
  ///   - columns: The fields that an item has, in the order of a table.
  ///   - next: The cursor of the next page; the `Link` header has it for forms without room.
  ///   - document: The JSON document when it is not `{"items": …, "next": …}`, and the name that the
  ///     items have in it.
  /// - Returns: The answer, which differs by `Accept`.
  /// - Throws: `Problem` of kind notAcceptable for a client that takes none of the forms.
  func list<Item: Encodable & Sendable>(
    _ items: [Item],
    columns: [String],
    next: String? = nil,
    in document: (whole: any Encodable, name: String)? = nil
  ) throws -> Answer {
    let text = try listText(columns)
    let document = document ?? (ListDocument(items, next: next), "items")
    var answer: Answer
    if text.form != .json {
      let body = try text.begin + text.text(of: items) + text.end(next: next)
      answer = Answer.text(body, mediaType: text.mediaType)
    } else if let picked = text.picked {
      let values = try items.map { try JSONValue(encoding: $0).picking(picked) }
      answer = try Answer.json(
        try JSONValue(encoding: document.whole).setting(document.name, to: .list(values))
      )
    } else {
      answer = try Answer.json(document.whole)
    }
    setLinks(of: &answer, next: next)
    return answer
  }

  /// Answers with a list that is made as the client fetches it, for lists of many items.
  ///
  /// - Parameters:
  ///   - slices: The items of this page, some at a time.
  ///   - columns: The fields that an item has, in the order of a table.
  ///   - next: The cursor of the next page.
  ///   - state: What the items hang on, which becomes the answer's tag.
  /// - Returns: The answer, which differs by `Accept`.
  /// - Throws: `Problem` of kind notAcceptable for a client that takes none of the forms.
  func list<Item: Encodable & Sendable>(
    slices: some AsyncSequence<[Item], any Error> & Sendable,
    columns: [String],
    next: String?,
    state: some Hashable
  ) throws -> Answer {
    let text = try listText(columns)
    var answer = Answer.text("", mediaType: text.mediaType)
    answer.headers[.eTag] = text.tag(of: state)
    answer.pieces = ListPieces(text: text, slices: slices, cursor: next)
    setLinks(of: &answer, next: next)
    return answer
  }

  private func listText(_ columns: [String]) throws(Problem) -> ListText {
    guard let form = ListForm(accept: header(.accept)) else {
      let known = ListForm.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(.notAcceptable, "lists are answered as \(known)")
    }
    return ListText(form: form, columns: columns, picked: try fields(of: columns))
  }

  private func setLinks(of answer: inout Answer, next: String?) {
    if let next { answer.headers[.link] = "<\(linkPath(after: next))>; rel=\"next\"" }
    answer.headers[.vary] = "Accept"
  }

  /// The path and query asked for, with another `after`.
  private func linkPath(after cursor: String) -> String {
    let parts = (head.path ?? "").split(separator: "?", maxSplits: 1)
    let others = (parts.count > 1 ? parts[1] : "").split(separator: "&")
      .filter { !$0.hasPrefix("after=") }
    return "\(parts.first ?? "")?" + (others + ["after=\(cursor)"]).joined(separator: "&")
  }
}
