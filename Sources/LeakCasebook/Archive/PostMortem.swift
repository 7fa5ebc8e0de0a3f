import LeakAnalysis
import LeakModel
import LeakStore

/// An incident written up for people, in Markdown: what the base knows, and nothing made up.
struct PostMortem {
  private let record: IncidentRecord
  private let links: [LinkEntry]

  init(_ record: IncidentRecord, links: [LinkEntry]) {
    self.record = record
    self.links = links
  }

  /// The whole text, which ends with a line end.
  var text: String {
    let sections = [head, story, cause, resolution, proof, timeline, evidence]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private var diagnosis: Diagnosis? {
    record.verdicts.last.flatMap { try? CanonicalJSON.read(Diagnosis.self, from: $0.json) }
  }

  private var verification: VerificationDocument? {
    record.verifications.last.flatMap {
      try? CanonicalJSON.read(VerificationDocument.self, from: $0.json)
    }
  }

  private var head: [String] {
    let incident = record.incident
    var rows = [
      ["Service", incident.service], ["Severity", incident.severity.rawValue],
      ["Status", incident.status.rawValue], ["Began", incident.openedAt.description],
    ]
    for (kind, words) in [(TimelineEvent.Kind.mitigated, "Mitigated"), (.resolved, "Resolved")] {
      if let event = record.timeline.first(where: { $0.kind == kind }) {
        rows.append([words, event.at.description])
      }
    }
    if let proven = record.repairs.last?.verifiedAt {
      rows.append(["Verified", proven.description])
    }
    for link in links { rows.append([link.kind, link.incident]) }
    for (name, value) in incident.labels.sorted(by: { $0.key < $1.key }) {
      rows.append(["Label \(name)", value])
    }
    return ["# \(incident.id): \(escaped(incident.title))", ""] + table(["", ""], rows)
  }

  private var story: [String] {
    guard !record.incident.story.isEmpty else { return [] }
    return ["## What was seen", ""] + quoted(record.incident.story)
  }

  private var cause: [String] {
    var lines = ["## Cause", ""]
    if let cause = record.incident.cause {
      lines.append("`\(cause.rawValue)`, settled by a person.")
    } else {
      lines.append("Not settled by a person yet.")
    }
    guard let diagnosis, let verdict = diagnosis.verdicts.first else { return lines }
    let percent = "\(Int((verdict.confidence * 100).rounded())) %"
    lines += ["", "The evidence is diagnosed as `\(verdict.cause.rawValue)` (\(percent))."]
    if let culprit = verdict.culprit {
      let place = culprit.file.map { file in
        " (`\(file)\(culprit.line.map { ":\($0)" } ?? "")`)"
      }
      lines.append("Look at `\(culprit.function)`\(place ?? "") first.")
    }
    lines += list("Speaks for it:", verdict.reasonsFor.prefix(5).map(\.statement))
    lines += list("Speaks against it:", verdict.reasonsAgainst.map(\.statement))
    lines += list("Not known:", verdict.unknown.map(\.statement))
    lines += list("Wrong as well:", diagnosis.verdicts.filter(\.isAlso).map(brief))
    lines += list(
      "Not so:",
      diagnosis.misbeliefs.map { "\"\($0.belief)\": \($0.correction)" }
    )
    let others = diagnosis.verdicts.dropFirst().filter { !$0.isAlso }.map { other in
      "`\(other.cause.rawValue)` (\(Int((other.confidence * 100).rounded())) %)"
    }
    if !others.isEmpty {
      lines += ["", "Also considered: " + others.joined(separator: ", ") + "."]
    }
    if let playbook = verdict.playbook {
      lines += ["", "Procedure and prevention: `leakbook playbook show \(playbook)`."]
    }
    return lines
  }

  private var resolution: [String] {
    guard !record.repairs.isEmpty else { return [] }
    let rows = record.repairs.map { repair in
      let outcome =
        repair.failedAt.map { "came back \($0)" } ?? repair.verifiedAt.map { "verified \($0)" }
        ?? "not verified"
      return [
        repair.at.description, repair.fix, repair.commit ?? "", repair.author, outcome,
      ]
    }
    return ["## Fixes", ""] + table(["At", "Fix", "Commit", "By", "Outcome"], rows)
  }

  private var proof: [String] {
    guard let verification else { return [] }
    var lines = ["## Before and after", "", "The answer: **\(verification.answer.rawValue)**."]
    lines += list("", verification.reasons)
    lines += [""] + Self.numbers(verification.table)
    if let since = verification.sinceVerified {
      lines += ["", "Against the evidence that had proved the fix:"]
      lines += list("", since.reasons)
      lines += [""] + Self.numbers(since.table)
    }
    return lines
  }

  private var timeline: [String] {
    let rows = record.timeline.map {
      [$0.at.description, $0.author, $0.kind.rawValue, $0.detail]
    }
    return ["## Timeline", ""] + table(["At", "Who", "What", ""], rows)
  }

  private var evidence: [String] {
    guard !record.evidence.isEmpty else { return [] }
    let rows = record.evidence.map { evidence in
      [
        evidence.source, evidence.format ?? "not recognised", Bytes(evidence.size).description,
        evidence.role.rawValue, String(evidence.round), "`\(evidence.sha256.prefix(12))`",
      ]
    }
    return ["## Evidence", ""]
      + table(["Capture", "Format", "Size", "For", "Round", "SHA-256"], rows)
  }

  private static func numbers(_ rows: [FixTableRow]) -> [String] {
    ["| | unit | before | after |", "|---|---|---|---|"]
      + rows.map { row in
        let cells = [row.before, row.after].map { $0?.shortText ?? "-" }
        return "| \(row.name) | \(row.unit) | \(cells[0]) | \(cells[1]) |"
      }
  }

  private func table(_ head: [String], _ rows: [[String]]) -> [String] {
    let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
    return [line(head), "|" + head.map { _ in "---|" }.joined()]
      + rows.map { line($0.map(escaped)) }
  }

  private func brief(_ verdict: Verdict) -> String {
    let place = verdict.culprit.map { ", see \($0.function)" } ?? ""
    return "\(verdict.cause.rawValue) (\(Int((verdict.confidence * 100).rounded())) %)\(place)"
  }

  private func list(_ title: String, _ items: [String]) -> [String] {
    guard !items.isEmpty else { return [] }
    return (title.isEmpty ? [""] : ["", title, ""]) + items.map { "- \(escaped($0))" }
  }

  private func quoted(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "> \(escaped(String($0)))" }
  }

  /// Text that Markdown shows as it is, on one line.
  private func escaped(_ text: String) -> String {
    var output = ""
    for character in text {
      switch character {
      case "\\", "*", "_", "<", ">", "|", "[", "]", "#": output += "\\\(character)"
      case _ where character.isNewline: output += " "
      default: output.append(character)
      }
    }
    return output
  }
}
