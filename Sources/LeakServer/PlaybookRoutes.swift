import HTTPTypes
import Hummingbird
import LeakCasebook
package import LeakModel
package import LeakRules

/// The playbooks, and the causes they are about.
struct PlaybookRoutes: Sendable {
  let rulebook: Rulebook

  var routes: [Route] {
    [
      .get("/api/v1/playbooks", .token(.read)) { try list($0) },
      .get("/api/v1/playbooks/{id}", .token(.read)) { try show($0) },
      .get("/api/v1/causes", .token(.read)) { try causes($0) },
    ]
  }

  private func list(_ call: Call) throws -> Answer {
    try call.query.allow("lang", "fields")
    let language = try call.language()
    let playbooks = rulebook.playbooks.compactMap { playbook in
      rulebook.playbook(for: playbook.id, language: language).map { PlaybookSummary($0) }
    }
    return try call.list(playbooks, columns: ["id", "family", "title", "severity", "summary"])
      .inLanguage(language)
  }

  /// A playbook as JSON, or as the Markdown alone to those who ask for it.
  private func show(_ call: Call) throws -> Answer {
    try call.query.allow("lang")
    let language = try call.language()
    let id = call.parameters.get("id") ?? ""
    guard let cause = Cause(rawValue: id),
      let playbook = rulebook.playbook(for: cause, language: language)
    else { throw Problem(.noSuchPlaybook, "there is no playbook \"\(id)\"") }
    let markdown = playbook.rendered(filling: [:]) ?? ""
    let answer =
      call.header(.accept)?.contains("text/markdown") == true
      ? Answer.text(markdown, mediaType: "text/markdown; charset=utf-8")
      : try Answer.json(PlaybookDocument(playbook, markdown: markdown, language: language))
    return answer.inLanguage(language)
  }

  private struct CauseItem: Encodable {
    let id: Cause
    let family: Cause.Family
    let title: String
  }

  private func causes(_ call: Call) throws -> Answer {
    try call.query.allow("lang", "fields")
    let language = try call.language()
    let causes = rulebook.playbooks.compactMap { playbook in
      rulebook.playbook(for: playbook.id, language: language).map {
        CauseItem(id: $0.id, family: $0.family, title: $0.title)
      }
    }
    return try call.list(causes, columns: ["id", "family", "title"]).inLanguage(language)
  }
}

/// The head of a playbook as command line and server print it.
package struct PlaybookSummary: Sendable, Equatable, Encodable {
  package let id: Cause
  package let family: Cause.Family
  package let title: String
  package let severity: Severity
  package let summary: String

  package init(_ playbook: Playbook) {
    self.id = playbook.id
    self.family = playbook.family
    self.title = playbook.title
    self.severity = playbook.severity
    self.summary = playbook.summary
  }
}

/// A playbook with its procedure.
package struct PlaybookDocument: Sendable, Encodable {
  package let summary: PlaybookSummary
  /// The procedure, its placeholders filled as far as they are known.
  package let markdown: String
  package let language: Language
  package let references: [String]

  package init(_ playbook: Playbook, markdown: String, language: Language) {
    self.summary = PlaybookSummary(playbook)
    self.markdown = markdown
    self.language = language
    self.references = playbook.references
  }

  private enum CodingKeys: String, CodingKey {
    case markdown
    case language = "lang"
    case references
  }

  package func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(markdown, forKey: .markdown)
    try container.encode(language.rawValue, forKey: .language)
    try container.encode(references, forKey: .references)
  }
}
