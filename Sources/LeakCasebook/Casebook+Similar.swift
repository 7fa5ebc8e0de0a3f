import LeakAnalysis
package import LeakDiagnosis
package import LeakModel
import LeakStore

/// A past incident that is like the one asked about, and why.
package struct SimilarIncident: Sendable {
  package let incident: Incident
  /// The cause a person settled, else that of the latest verdict.
  package let cause: Cause?
  /// 0 to 1.
  package let score: Double
  package let why: [SharedTrait]
}

/// Something two incidents share.
package struct SharedTrait: Sendable, Equatable, Codable {
  /// `cause`, `frames`, `facts` or `words`.
  package let kind: String
  package let detail: String

  package init(kind: String, detail: String) {
    self.kind = kind
    self.detail = detail
  }
}

/// The answer to "have we had this before?".
package struct SimilarIncidents: Sendable {
  /// The most alike first.
  package let hits: [SimilarIncident]
  package var nothingSimilar: Bool { hits.isEmpty }
}

extension Casebook {
  /// Up to this an incident is not shown: sharing an ordinary fact or a common word is no likeness.
  private static let leastScore = 0.25
  /// How much the story's words count beside the evidence, when both are there.
  private static let wordWeight = 0.2

  /// Words that every story holds.
  private static let functionWords: Set<String> = [
    "a", "about", "after", "all", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can",
    "do", "does", "down", "for", "from", "goes", "has", "have", "if", "in", "into", "is", "it",
    "its", "more", "no", "not", "of", "on", "one", "only", "or", "our", "out", "over", "so", "than",
    "that", "the", "their", "them", "then", "there", "they", "this", "to", "up", "was", "we",
    "when",
    "which", "with",
  ]

  /// The incidents most like one that is stored; itself never among them.
  package func similar(to id: IncidentID, limit: Int = 5) async throws -> SimilarIncidents {
    let incident = try await store.incident(id)
    let features = IncidentFeatures(stored: try await store.features(of: id))
    return try await similar(
      to: features,
      words: [incident.title, incident.story].joined(separator: " "),
      except: id,
      limit: limit
    )
  }

  /// The incidents most like evidence that is not stored.
  package func similar(to files: [EvidenceFile], limit: Int = 5) async throws -> SimilarIncidents {
    let examination = Examination(files)
    let diagnosis = try diagnoser.diagnose(examination)
    let features = IncidentFeatures(evidence: examination.bundle, verdicts: diagnosis.verdicts)
    return try await similar(to: features, words: "", except: nil, limit: limit)
  }

  /// The incidents most like a description.
  package func similar(toText text: String, limit: Int = 5) async throws -> SimilarIncidents {
    try await similar(to: IncidentFeatures(), words: text, except: nil, limit: limit)
  }

  private func similar(
    to features: IncidentFeatures,
    words: String,
    except id: IncidentID?,
    limit: Int
  ) async throws -> SimilarIncidents {
    var candidates:
      [IncidentID: (similarity: IncidentSimilarity?, words: Double, matched: [String])] = [:]
    let total = Double(
      max(1, try await store.statistics().incidents.values.reduce(0, +))
    )
    let frequencies = try await store.documentFrequencies(of: features.stored.keys)
    let rarity = { (kind: IncidentFeatures.Kind, text: String) -> Double in
      let count = Double(frequencies[Feature(kind: kind.rawValue, text: text)] ?? 0)
      return 0.2 + 0.8 * Portable.log((total + 1) / (count + 1)) / Portable.log(total + 1)
    }
    for shared in try await store.incidentsSharing(features.stored) where shared.incident != id {
      let other = IncidentFeatures(stored: try await store.features(of: shared.incident))
      candidates[shared.incident] = (
        IncidentSimilarity(features, other, rarity: rarity), 0, []
      )
    }
    for (hit, score, matched) in try await wordHits(words) where hit != id {
      var candidate = candidates[hit] ?? (nil, 0, [])
      candidate.words = score
      candidate.matched = matched
      candidates[hit] = candidate
    }
    let hasFeatures = !features.weights.isEmpty
    let scored = candidates.map { id, candidate in
      let alike = candidate.similarity?.score ?? 0
      let score =
        hasFeatures ? alike + Self.wordWeight * candidate.words * (1 - alike) : candidate.words
      return (id: id, score: score, candidate: candidate)
    }
    .filter { $0.score > Self.leastScore }
    .sorted { ($1.score, $0.id) < ($0.score, $1.id) }
    var hits: [SimilarIncident] = []
    for entry in scored.prefix(limit * 2) {
      let incident = try await store.incident(entry.id)
      hits.append(
        SimilarIncident(
          incident: incident,
          cause: try await cause(of: incident),
          score: (entry.score * 1_000).rounded() / 1_000,
          why: traits(entry.candidate.similarity, entry.candidate.matched)
        )
      )
    }
    return SimilarIncidents(hits: Array(hits.sorted(by: Self.isBetter).prefix(limit)))
  }

  /// Equal likeness: what was fixed, and proven, helps more than what is open.
  private static func isBetter(_ one: SimilarIncident, _ other: SimilarIncident) -> Bool {
    func rank(_ status: IncidentStatus) -> Int {
      switch status {
      case .verified: 0
      case .resolved, .notALeak: 1
      case .mitigated: 2
      case .open, .reopened, .duplicate: 3
      }
    }
    if one.score != other.score { return one.score > other.score }
    if rank(one.incident.status) != rank(other.incident.status) {
      return rank(one.incident.status) < rank(other.incident.status)
    }
    return one.incident.id > other.incident.id
  }

  /// The incidents whose text shares words, with a score of 0 to 1 and the words.
  private func wordHits(_ text: String) async throws -> [(IncidentID, Double, [String])] {
    let words = Set(TextSegmenter.words(of: text)).subtracting(Self.functionWords)
    guard !words.isEmpty else { return [] }
    let terms = words.sorted().prefix(60).map { SearchTerm(text: $0, kind: .words) }
    let hits = try await store.search(SearchQuery(terms: Array(terms)), limit: 50)
    guard let best = hits.map(\.score).max(), best > 0 else { return [] }
    return hits.map { hit in
      let found = Set(
        hit.snippets.flatMap { $0.runs.filter(\.isMatch).map { $0.text.lowercased() } }
      )
      // Sharing one word of many is no likeness, however well it ranks.
      let coverage = min(1, Double(found.count) / Double(min(4, words.count)))
      return (hit.incident.id, hit.score / best * coverage, found.sorted())
    }
  }

  private func cause(of incident: Incident) async throws -> Cause? {
    if let cause = incident.cause { return cause }
    return try await store.latestVerdict(of: incident.id)?.cause
  }

  private func traits(_ similarity: IncidentSimilarity?, _ words: [String]) -> [SharedTrait] {
    var traits = (similarity?.shared ?? []).map { kind, features in
      let shown = features.prefix(3).joined(separator: ", ")
      return switch kind {
      case .cause: SharedTrait(kind: "cause", detail: shown)
      case .ownFrame: SharedTrait(kind: "frames", detail: "own code: \(shown)")
      case .anyFrame: SharedTrait(kind: "frames", detail: shown)
      case .fact: SharedTrait(kind: "facts", detail: shown)
      }
    }
    if !words.isEmpty {
      traits.append(SharedTrait(kind: "words", detail: words.prefix(6).joined(separator: ", ")))
    }
    return traits
  }
}
