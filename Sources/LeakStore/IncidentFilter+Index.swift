import GRDB
import LeakModel

/// What the word index and the index of times tell of a filter, so that its cost is bounded.
extension IncidentFilter {
  /// Whether it asks for a time.
  var hasTime: Bool { since != nil || until != nil }

  /// What an incident must have in the word index to be let through.
  func required(in db: Database) throws -> [RankedTerm] {
    let all = try WordIndex.incidents(in: db)
    var required = try marks.map { try RankedTerm($0, incidents: all, in: db) }
    if let frame {
      let term = SearchTerm(text: frame, kind: .words)
      required.append(try RankedTerm(term, onStack: true, incidents: all, in: db))
    }
    return required
  }

  /// What a label, a cause and the like are in the index.
  private var marks: [FilterMark] {
    let marks = [
      service.map(FilterMark.service), status.map(FilterMark.status),
      severity.map(FilterMark.severity), cause.map(FilterMark.cause),
    ]
    return marks.compactMap { $0 } + labels.map { FilterMark.label($0.key, $0.value) }
  }

  /// The incidents of its time; nil when it asks for none, or when these are more than `most`.
  ///
  /// Uses index `incidentByTime`.
  func incidentsInTime(most: Int, in db: Database) throws -> [Int64]? {
    guard hasTime else { return nil }
    let time = IncidentFilter(since: since, until: until)
    let request: SQLRequest<Int64> = """
      SELECT incident.id
      FROM incident
      WHERE \(time.conditions.joined(separator: "\n  AND "))
      LIMIT \(most + 1)
      """
    let ids = try request.fetchAll(db)
    return ids.count > most ? nil : ids
  }

  /// Those of some matches that it lets through, in their order.
  ///
  /// Uses the primary keys of `incident` and `frame`.
  func passing(
    _ matches: [RankedSearch.Match],
    in db: Database
  ) throws -> [RankedSearch.Match] {
    var told = self
    told.frame = nil
    let list = "[\(matches.map { String($0.id) }.joined(separator: ","))]"
    let conditions = told.conditions
    let request: SQLRequest<Int64> = """
      SELECT incident.id
      FROM json_each(\(list)) AS wanted
      CROSS JOIN incident ON incident.id = wanted.value
      WHERE \(conditions.isEmpty ? "TRUE" : conditions.joined(separator: "\n  AND "))
      """
    let passing = Set(try request.fetchAll(db))
    return try matches.filter {
      try passing.contains($0.id) && hasFrame(in: IncidentID(number: $0.id), db)
    }
  }

  /// Whether the function it asks for is on the stacks of an incident; true when it asks for none.
  func hasFrame(in incident: IncidentID, _ db: Database) throws -> Bool {
    guard let frame else { return true }
    let term = SearchTerm(text: frame, kind: .words)
    return try FrameRow.functions(of: incident, in: db).contains(where: term.isIn)
  }

  /// The incidents beyond which it lets none through, where the word index can tell that these are
  /// no more than `most`; nil where it cannot, or an index of the table does as well.
  func few(_ most: Int, in db: Database) throws -> [Int64]? {
    var plain = self
    (plain.since, plain.until) = (nil, nil)
    if service == nil || status == nil { (plain.service, plain.status) = (nil, nil) }
    guard plain != IncidentFilter() else { return nil }
    return try RankedSearch([], plain, in: db).few(most)
  }
}
