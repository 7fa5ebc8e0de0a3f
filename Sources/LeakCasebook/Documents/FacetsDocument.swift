package import LeakStore

/// How the incidents that a search finds are spread, within `leakbook.hits/1`.
package struct FacetsDocument: Sendable, Equatable, Encodable {
  /// A value and how many incidents have it.
  package struct Count: Sendable, Equatable, Encodable {
    package let value: String
    package let incidents: Int
  }

  package let service: [Count]
  package let cause: [Count]
  package let status: [Count]
  /// The latest first.
  package let month: [Count]
  /// How many incidents were counted: of many only the best.
  package let counted: Int
  /// Whether these are all that the search finds.
  package let complete: Bool

  package init(_ facets: SearchFacets) {
    func counts(_ counts: [SearchFacets.Count]) -> [Count] {
      counts.map { Count(value: $0.value, incidents: $0.incidents) }
    }
    service = counts(facets.services)
    cause = counts(facets.causes)
    status = counts(facets.statuses)
    month = counts(facets.months)
    counted = facets.counted
    complete = facets.isComplete
  }
}
