import LeakAnalysis
import LeakCasebook
import LeakModel
import LeakRules
import LeakStore

/// One incident: head, verdict, evidence, timeline.
struct IncidentText {
  let report: IncidentReport
  let rulebook: Rulebook
  let language: Language
  /// Whether to show every file and reason.
  let isWhole: Bool

  /// The captures shown when not all are.
  private static let shownEvidence = 8

  func lines(width: Int) -> [String] {
    let incident = report.incident
    var layout = ReportLayout(width: width, indent: 10)
    layout.addHead(
      incident.id.description,
      "\(incident.severity.rawValue)  \(incident.title)",
      aside: incident.status.rawValue
    )
    addFacts(of: incident, to: &layout)
    var lines = layout.lines
    if let diagnosis = report.diagnosis {
      lines.append("")
      lines += DiagnosisReport(
        diagnosis,
        rulebook: rulebook,
        language: language,
        isWhole: isWhole
      ).lines(width: width)
    }
    return lines + evidenceLines(width: width) + timelineLines(width: width)
  }

  private func addFacts(of incident: Incident, to layout: inout ReportLayout) {
    layout.add("service", incident.service)
    layout.add("opened", Quantity.minute(incident.openedAt))
    if let cause = incident.cause { layout.add("cause", cause.rawValue) }
    if let fix = incident.fix {
      layout.add("fix", fix + (incident.fixCommit.map { " (\($0))" } ?? ""))
    }
    if let verification = report.verification {
      layout.add("checked", "\(verification.answer.rawValue): \(verification.reasons.first ?? "")")
    }
    for link in report.links { layout.add("linked", "\(link.kind) \(link.incident)") }
    if let name = incident.importedCase { layout.add("case", name) }
    let labels = incident.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    if !labels.isEmpty { layout.add("labels", labels.joined(separator: " ")) }
    for (index, line) in incident.story.split(whereSeparator: \.isNewline).enumerated() {
      layout.add(index == 0 ? "story" : "", String(line))
    }
  }

  private func evidenceLines(width: Int) -> [String] {
    guard !report.evidence.isEmpty else { return [] }
    var layout = ReportLayout(width: width)
    layout.add("")
    layout.add("evidence  \(Quantity.counted(report.evidence.count, "capture"))")
    let shown = isWhole ? report.evidence[...] : report.evidence.prefix(Self.shownEvidence)
    for evidence in shown {
      let format = evidence.format ?? "not recognised"
      layout.add(
        layout.split(
          "  \(evidence.source)\(evidence.mark)",
          "\(format)  \(Bytes(evidence.size))"
        )
      )
    }
    let hidden = report.evidence.count - shown.count
    if hidden > 0 { layout.add("  … \(hidden) more (--all)") }
    return layout.lines
  }

  private func timelineLines(width: Int) -> [String] {
    var layout = ReportLayout(width: width, indent: 21)
    layout.add("")
    layout.add("timeline")
    for entry in report.timeline {
      let detail = isWhole ? entry.detail : entry.shortDetail
      layout.add(
        "  " + Quantity.minute(entry.at),
        "\(entry.kind) by \(entry.author)\(detail.isEmpty ? "" : ": ")\(detail)"
      )
    }
    return layout.lines
  }
}

extension Evidence {
  /// What tells it from the first evidence of the trouble; empty for that.
  fileprivate var mark: String {
    switch (role, round) {
    case (.incident, 1): ""
    case (.incident, _): " (round \(round))"
    case (.verification, _): " (after fix \(round))"
    }
  }
}

extension TimelineEntry {
  /// The detail; of many captures only the first is named.
  fileprivate var shortDetail: String {
    let names = detail.split(separator: ", ")
    guard kind == TimelineEvent.Kind.evidence.rawValue, names.count > 3 else { return detail }
    return "\(names[0]) and \(names.count - 1) more"
  }
}
