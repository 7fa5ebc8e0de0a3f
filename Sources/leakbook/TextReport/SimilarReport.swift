import LeakCasebook
import LeakModel

/// Past incidents that are like the one at hand; what repaired one of them comes first.
struct SimilarReport {
  let hits: [SimilarIncident]
  let now: Instant

  func lines(width: Int) -> [String] {
    var layout = ReportLayout(width: width, indent: 8)
    guard !hits.isEmpty else { return ["nothing similar"] }
    if let repaired = hits.first(where: { $0.repair != nil }), let repair = repaired.repair {
      layout.add(lead(of: repaired.incident, repair) + " " + PrintableText.clean(repair.fix))
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
      for trait in hit.differences { layout.add("", "differs in \(trait.kind): \(trait.detail)") }
    }
    return layout.lines
  }

  /// Says which incident's fix follows, whose it is and how old that knowledge is.
  private func lead(of incident: Incident, _ repair: KnownRepair) -> String {
    let days = max(0, now.milliseconds - repair.at.milliseconds) / 86_400_000
    let facts = [
      incident.id.description,
      days == 0 ? "today" : "\(Quantity.counted(days, "day")) ago",
      repair.author.map { "by \(PrintableText.clean($0))" },
      repair.goVersion.map { "on Go \(PrintableText.clean($0))" },
      repair.isVerified ? "verified" : "not verified",
    ]
    return "what worked (\(facts.compactMap { $0 }.joined(separator: ", "))):"
  }
}
