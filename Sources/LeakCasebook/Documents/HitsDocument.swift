package import LeakModel
package import LeakStore

/// The incidents that a search or a look for the like found: `leakbook.hits/1`.
package struct HitsDocument: Sendable, Equatable, Encodable {
  package static let schemaName = "leakbook.hits/1"

  /// One incident found, and why.
  package struct Hit: Sendable, Equatable, Encodable {
    package let incident: String
    /// The folder it was imported from.
    package let importedCase: String?
    /// 0 to 1, in thousandths.
    package let score: Double
    package let cause: Cause?
    package let title: String
    package let why: [SharedTrait]
    /// What is not the same, as far as both sides tell; nil for a search.
    package let differences: [SharedTrait]?
    /// What repaired it; nil, and left out, where nobody did, and for a search.
    package let repair: KnownRepair?

    enum CodingKeys: String, CodingKey {
      case incident
      case importedCase = "case"
      case score
      case cause
      case title
      case why
      case differences
      case repair
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(incident, forKey: .incident)
      try container.encode(importedCase, forKey: .importedCase)
      try container.encode(score, forKey: .score)
      try container.encode(cause, forKey: .cause)
      try container.encode(title, forKey: .title)
      try container.encode(why, forKey: .why)
      try container.encodeIfPresent(differences, forKey: .differences)
      try container.encodeIfPresent(repair, forKey: .repair)
    }
  }

  package let schema = HitsDocument.schemaName
  /// The best first.
  package let hits: [Hit]
  package let nothingSimilar: Bool
  /// How what a search finds is spread; nil, and left out, where nobody asked.
  package let facets: FacetsDocument?

  enum CodingKeys: String, CodingKey {
    case schema
    case hits
    case nothingSimilar = "nothing_similar"
    case facets
  }

  private init(_ hits: [Hit], _ facets: SearchFacets? = nil) {
    self.hits = hits
    self.nothingSimilar = hits.isEmpty
    self.facets = facets.map(FacetsDocument.init)
  }

  /// The answer to "have we had this before?".
  package init(_ similar: SimilarIncidents) {
    self.init(similar.hits.map { Hit($0) })
  }

  /// The answer to a search.
  ///
  /// The rank of the text index has no upper end, so a score here is the part it is of the best;
  /// hits in which only some of the terms were found come last and at half that. Without terms
  /// every incident that the filters let through fits wholly.
  package init(_ found: [SearchHit], facets: SearchFacets? = nil) {
    let best = found.map(\.score).max() ?? 0
    var least = 1.0
    self.init(
      found.map { hit in
        let part = best > 0 ? hit.score / best : 1
        // The list stays in descending order where some terms rank above all.
        least = min(least, hit.matchesAll ? part : part / 2)
        return Hit(hit, score: least)
      },
      facets
    )
  }
}

extension HitsDocument.Hit {
  /// A past incident that is like the one asked about.
  package init(_ similar: SimilarIncident) {
    self.incident = similar.incident.id.description
    self.importedCase = similar.incident.importedCase
    self.score = similar.score
    self.cause = similar.cause
    self.title = similar.incident.title
    self.why = similar.why
    self.differences = similar.differences
    self.repair = similar.repair
  }

  /// An incident that a search found; the places where stand for the reasons.
  fileprivate init(_ hit: SearchHit, score: Double) {
    self.incident = hit.incident.id.description
    self.importedCase = hit.incident.importedCase
    self.score = (score * 1_000).rounded() / 1_000
    self.cause = hit.cause
    self.title = hit.incident.title
    self.differences = nil
    self.repair = nil
    self.why = hit.snippets.map { snippet in
      SharedTrait(
        kind: snippet.field.rawValue,
        detail: snippet.runs.map(\.text).joined()
      )
    }
  }
}
