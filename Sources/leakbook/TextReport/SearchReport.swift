import LeakModel
import LeakStore

/// The incidents that a search found, each with the places where.
struct SearchReport {
  let hits: [SearchHit]
  var facets: SearchFacets?

  func lines(width: Int) -> [String] {
    guard !hits.isEmpty else { return ["nothing found"] }
    var layout = ReportLayout(width: width, indent: 8)
    var isPartial = false
    for hit in hits {
      if !hit.matchesAll, !isPartial {
        isPartial = true
        layout.add("with some of the words only:")
      }
      let incident = hit.incident
      let cause = hit.cause?.rawValue ?? "cause unknown"
      layout.add(
        incident.id.description,
        incident.title,
        aside: "\(incident.status.rawValue) \(incident.openedAt.description.prefix(10))"
      )
      layout.add("", "\(cause)  \(incident.service)")
      for snippet in hit.snippets where snippet.field != .title {
        layout.add("", "\(snippet.field.rawValue): \(snippet.text)")
      }
    }
    if let facets, facets.counted > 0 { add(facets, to: &layout) }
    return layout.lines
  }

  private func add(_ facets: SearchFacets, to layout: inout ReportLayout) {
    layout.add("")
    layout.add(facets.isComplete ? "all \(facets.counted):" : "of the best \(facets.counted):")
    for (name, counts) in [
      ("service", facets.services), ("cause", facets.causes), ("status", facets.statuses),
      ("month", facets.months),
    ] where !counts.isEmpty {
      layout.add(name, counts.map { "\($0.value) \($0.incidents)" }.joined(separator: ", "))
    }
  }
}

extension Snippet {
  /// The text as it is, so that a function's name can be copied: marks would be read as Go's own.
  fileprivate var text: String { runs.map(\.text).joined() }
}
