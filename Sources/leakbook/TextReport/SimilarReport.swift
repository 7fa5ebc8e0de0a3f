import LeakAnalysis
import LeakCasebook
import LeakModel

/// Past incidents that are like the one at hand; a repair comes first where they are like enough.
struct SimilarReport {
  let hits: [SimilarIncident]
  let now: Instant

  /// How many facts of those in common are told.
  private static let shownFacts = 3

  func lines(width: Int) -> [String] {
    guard !hits.isEmpty else { return ["nothing similar"] }
    var layout = ReportLayout(width: width, indent: 8)
    let lead = hits.first(where: \.isLead)
    if let lead, let repair = lead.repair {
      let text = "\(told(repair, in: lead.incident.id)): \(PrintableText.clean(repair.fix))"
      for line in text.wrapped(to: width) { layout.add(line) }
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
      for trait in hit.why {
        if let detail = Self.detail(of: trait) { layout.add("", "\(trait.kind): \(detail)") }
      }
      for trait in hit.differences { layout.add("", "differs in \(trait.kind): \(trait.detail)") }
      if let repair = hit.repair, incident.id != lead?.incident.id {
        layout.add("", "\(told(repair)): \(repair.fix)")
      }
    }
    return layout.lines
  }

  /// Says what is known of a repair: whether it worked, whose it is and how old that knowledge is.
  private func told(_ repair: KnownRepair, in id: IncidentID? = nil) -> String {
    let days = repair.days(before: now)
    let facts = [
      days == 0 ? "today" : "\(Quantity.counted(days, "day")) ago",
      repair.author.map { "by \(PrintableText.clean($0))" },
      repair.goVersion.map { "on Go \(PrintableText.clean($0))" },
      repair.isVerified ? "verified" : "not verified",
    ]
    let start = (repair.isVerified ? "worked" : "tried") + (id.map { " in \($0)" } ?? "")
    return "\(start) (\(facts.compactMap { $0 }.joined(separator: ", ")))"
  }

  /// What is in common, in words; nil for conditions of rules on no fact of the catalogue.
  private static func detail(of trait: SharedTrait) -> String? {
    guard trait.kind == "facts" else { return trait.detail }
    var meanings: [String] = []
    for word in trait.detail.split(whereSeparator: { " ,()".contains($0) }) {
      // That somebody pasted a part only says nothing of the trouble.
      guard let fact = FactID(rawValue: String(word)), fact != .goroutineExcerpt else { continue }
      let meaning = fact.definition.meaning
      if !meanings.contains(meaning) { meanings.append(meaning) }
    }
    guard !meanings.isEmpty else { return nil }
    return meanings.prefix(shownFacts).joined(separator: "; ")
  }
}
