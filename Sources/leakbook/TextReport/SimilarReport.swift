import LeakCasebook
import LeakModel

/// Past incidents that are like the one at hand; what repaired one of them comes first.
struct SimilarReport {
  let hits: [SimilarIncident]

  func lines(width: Int) -> [String] {
    var layout = ReportLayout(width: width, indent: 8)
    guard !hits.isEmpty else { return ["nothing similar"] }
    if let repaired = hits.first(where: \.isRepaired), let fix = repaired.incident.fix {
      layout.add(Self.lead(of: repaired.incident) + " " + PrintableText.clean(fix))
      let wrapped = layout.lines.flatMap { $0.wrapped(to: width) }
      layout = ReportLayout(width: width, indent: 8)
      for line in wrapped { layout.add(line) }
    }
    for hit in hits {
      let cause = hit.cause?.rawValue ?? "cause unknown"
      let incident = hit.incident
      layout.add(
        incident.id.description,
        "\(Quantity.percent(hit.score)) alike  \(cause)  \(incident.service)",
        aside: "\(incident.status.rawValue) \(Quantity.minute(incident.openedAt).prefix(10))"
      )
      layout.add("", incident.title)
      for trait in hit.why { layout.add("", "\(trait.kind): \(trait.detail)") }
    }
    return layout.lines
  }

  /// Says which incident's fix follows, and how old that knowledge is.
  private static func lead(of incident: Incident) -> String {
    "what worked (\(incident.id), \(Quantity.minute(incident.updatedAt).prefix(10))):"
  }
}

extension SimilarIncident {
  /// Whether it was a leak, and one that somebody repaired.
  fileprivate var isRepaired: Bool {
    [.resolved, .verified].contains(incident.status) && incident.fix != nil
  }
}
