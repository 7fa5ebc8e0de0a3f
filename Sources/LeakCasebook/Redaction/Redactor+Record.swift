import LeakModel
import LeakStore

extension Redactor {
  /// A record without its secrets; the captures are for the caller, who has their bytes.
  mutating func redact(_ record: IncidentRecord) -> IncidentRecord {
    var clean = record
    clean.incident.title = redact(record.incident.title, place: "title")
    clean.incident.story = redact(record.incident.story, place: "story")
    clean.incident.fix = record.incident.fix.map { redact($0, place: "fix") }
    for (name, value) in record.incident.labels.sorted(by: { $0.key < $1.key }) {
      clean.incident.labels[name] = redact(value, place: "label \(name)")
    }
    clean.timeline = record.timeline.map { event in
      TimelineEvent(
        at: event.at,
        author: redact(event.author, place: "author"),
        kind: event.kind,
        detail: redact(event.detail, place: event.kind.rawValue)
      )
    }
    clean.repairs = record.repairs.map { repair in
      Repair(
        cause: repair.cause,
        fix: redact(repair.fix, place: "fix"),
        commit: repair.commit,
        at: repair.at,
        author: redact(repair.author, place: "author"),
        verifiedAt: repair.verifiedAt,
        failedAt: repair.failedAt
      )
    }
    clean.verdicts = record.verdicts.map { verdict in
      StoredVerdict(
        at: verdict.at,
        cause: verdict.cause,
        confidence: verdict.confidence,
        culprit: verdict.culprit,
        rules: verdict.rules,
        evidence: verdict.evidence.map { input in
          VerdictInput(sha256: input.sha256, source: redact(input.source, place: "source"))
        },
        json: redact(verdict.json, place: "diagnosis")
      )
    }
    clean.verifications = record.verifications.map { verification in
      StoredVerification(
        at: verification.at,
        author: redact(verification.author, place: "author"),
        answer: verification.answer,
        json: redact(verification.json, place: "verification")
      )
    }
    return clean
  }
}
