import LeakAnalysis
package import LeakDiagnosis
package import LeakModel
import LeakStore

extension Casebook {
  /// How many incidents one trait, one cause and the words bring to be compared.
  ///
  /// The newest are taken: of the recurrences in one cloud 94 % came within twenty days
  /// (RCACopilot, arXiv 2305.15778).
  private static let (perTrait, perCause, perWords, mostCandidates) = (30, 30, 100, 240)
  /// The best by evidence whose stories are read, beside those found by words: the words of two
  /// stories told of different code rarely lift an incident by more places.
  private static let mostStories = 60
  /// From here on the own functions on the stacks are the same code.
  private static let sameCode = 0.5
  /// A cause less probable than this brings no candidates.
  private static let leastCause = 0.08

  /// The incidents most like one that is stored; itself never among them.
  package func similar(to id: IncidentID, limit: Int = 5) async throws -> SimilarIncidents {
    let incident = try await store.incident(id)
    var query = LikenessQuery()
    query.features = try await features(of: [id])[id] ?? IncidentFeatures()
    query.text = incident.told
    query.service = incident.service
    query.memoryLimit = try await store.service(named: incident.service)?.limit
    query.labels = incident.labels
    query.incident = id
    return try await similar(to: query, limit: limit)
  }

  /// The incidents most like evidence that is not stored, a description, or both.
  ///
  /// One incident may be left out, as if it had not been stored.
  package func similar(
    to files: [EvidenceFile],
    toldAs text: String = "",
    except id: IncidentID? = nil,
    limit: Int = 5
  ) async throws -> SimilarIncidents {
    var query = LikenessQuery()
    if !files.isEmpty { query.features = try await features(of: Examination(files)) }
    query.features.hints = await hintedCauses(of: text)
    query.text = text
    query.incident = id
    return try await similar(to: query, limit: limit)
  }

  /// The incidents most like a description.
  package func similar(toText text: String, limit: Int = 5) async throws -> SimilarIncidents {
    try await similar(to: [], toldAs: text, limit: limit)
  }

  private func similar(to query: LikenessQuery, limit: Int) async throws -> SimilarIncidents {
    let traits = query.features.traits
    let (counts, incidents) = try await store.traitCounts(traits.map(\.text))
    let all = Double(max(1, incidents - (query.incident == nil ? 0 : 1)))
    let own = query.incident == nil ? 0.0 : 1.0
    let comparison = IncidentComparison(query.features) { trait in
      max(0.5, Double(counts[trait.text] ?? 0) - own) / (all + 0.5)
    }
    var story = StoryLikeness(query.text)
    let byEvidence = try await candidates(query, counts)
    let matches = try await store.wordMatches(
      story.words,
      limit: Self.perWords,
      askedBy: query.incident
    )
    let rarity = try await store.wordRarity(story.words, askedBy: query.incident)
    var ids = byEvidence.union(matches)
    if let asked = query.incident { ids.remove(asked) }
    let known = try await store.incidents(ids)
    let features = try await features(of: ids)
    let judged = known.values.map { incident in
      let grounds = comparison.grounds(
        with: features[incident.id] ?? IncidentFeatures(),
        settledAs: incident.cause,
        isElsewhere: query.service.map { $0 != incident.service } ?? false
      )
      return ScoredIncident(incident: incident, grounds: grounds)
    }
    .sorted { ($1.score, $1.incident.id) < ($0.score, $0.incident.id) }
    let scored = judged.enumerated().map { place, entry in
      guard place < Self.mostStories || matches.contains(entry.incident.id) else { return entry }
      return entry.told(story.compare(with: entry.incident, rarity: rarity))
    }
    var hits: [SimilarIncident] = []
    for entry in ScoredIncident.best(of: scored, limit: limit) {
      let shared = comparison.shared(with: features[entry.incident.id] ?? IncidentFeatures())
      let cause = try await cause(of: entry.incident)
      hits.append(
        SimilarIncident(
          incident: entry.incident,
          cause: cause,
          score: (entry.score * 1_000).rounded() / 1_000,
          isSameCode: entry.grounds.ownFrames ?? 0 >= Self.sameCode,
          why: entry.reasons(shared, cause: cause),
          differences: try await differences(between: query, and: entry.incident),
          repair: try await repair(of: entry.incident)
        )
      )
    }
    return SimilarIncidents(hits: hits)
  }

  /// The incidents that share evidence or probable causes with a query.
  private func candidates(
    _ query: LikenessQuery,
    _ counts: [String: Int]
  ) async throws -> Set<IncidentID> {
    let rarest = counts.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    var found = try await store.incidents(
      withTraits: rarest,
      each: Self.perTrait,
      limit: Self.mostCandidates
    )
    for (cause, probability) in query.features.probableCauses where probability >= Self.leastCause {
      found.formUnion(try await store.incidents(settledAs: cause, limit: Self.perCause))
    }
    return found
  }

  private func cause(of incident: Incident) async throws -> Cause? {
    if let cause = incident.cause { return cause }
    return try await store.latestVerdict(of: incident.id)?.cause
  }

  /// What repaired an incident, by whom and when; nil where nobody did.
  private func repair(of incident: Incident) async throws -> KnownRepair? {
    guard [.resolved, .verified].contains(incident.status), let fix = incident.fix else {
      return nil
    }
    let resolved = try await store.timeline(of: incident.id)
      .last { $0.kind == .resolved || $0.kind == .opened }
    return KnownRepair(
      fix: fix,
      author: resolved?.author,
      at: resolved?.at ?? incident.updatedAt,
      goVersion: incident.labels["go"],
      isVerified: incident.status == .verified
    )
  }

  /// What is not the same, as far as both sides tell: service, its version, Go version, limit.
  private func differences(
    between query: LikenessQuery,
    and incident: Incident
  ) async throws -> [SharedTrait] {
    var differences: [SharedTrait] = []
    func add(_ kind: String, _ here: String?, _ there: String?) {
      guard let here, let there, here != there else { return }
      differences.append(SharedTrait(kind: kind, detail: "\(there) there, \(here) here"))
    }
    add("service", query.service, incident.service)
    add("version", query.labels["version"], incident.labels["version"])
    add("go", query.labels["go"], incident.labels["go"])
    if let service = query.service, service != incident.service {
      let there = try await store.service(named: incident.service)?.limit
      add("limit", query.memoryLimit?.description, there?.description)
    }
    return differences
  }
}

extension Incident {
  /// The title and story, as told when it began: the fix would give the cause away.
  var told: String { story.hasPrefix(title) ? story : title + "\n" + story }
}
