package import LeakModel
package import LeakStore

extension Casebook {
  /// Links an incident to another one; a duplicate is closed with it.
  ///
  /// - Parameters:
  ///   - id: The incident: the duplicate, or the recurrence.
  ///   - target: The incident it is linked to: the original, or the earlier one.
  ///   - kind: How they belong together.
  ///   - author: Who says so.
  /// - Returns: The incident as it is then.
  /// - Throws: `CasebookError` for a link to itself, to a duplicate, or of a closed incident.
  @discardableResult
  package func link(
    _ id: IncidentID,
    to target: IncidentID,
    as kind: IncidentLink.Kind = .duplicateOf,
    author: String
  ) async throws -> Incident {
    guard id != target else { throw CasebookError.linkToItself(id) }
    let isDuplicate = kind == .duplicateOf
    if isDuplicate, let root = try await original(of: target) {
      throw CasebookError.originalIsDuplicate(target, of: root)
    }
    let event = TimelineEvent(
      at: now(),
      author: author,
      kind: isDuplicate ? .duplicate : .linked,
      detail: "\(kind.words) \(target)"
    )
    return try await store.link(id, to: target, as: kind, event: event) { incident in
      if isDuplicate { try incident.become(.duplicate) }
    }
  }

  /// Undoes all links from an incident to another one; a duplicate becomes what it was before.
  ///
  /// - Throws: `CasebookError.notLinked`.
  @discardableResult
  package func unlink(
    _ id: IncidentID,
    from target: IncidentID,
    author: String
  ) async throws -> Incident {
    let links = try await store.links(of: id).filter { $0.incident == id && $0.target == target }
    guard !links.isEmpty else { throw CasebookError.notLinked(id, target) }
    for link in links {
      let event = TimelineEvent(
        at: now(),
        author: author,
        kind: .unlinked,
        detail: "not \(link.kind.words) \(target)"
      )
      try await store.unlink(link, event: event) { incident in
        // Whatever has become of it since is not undone.
        if incident.status == .duplicate, let before = link.statusBefore {
          incident.status = before
        }
      }
    }
    return try await store.incident(id)
  }

  /// The links of an incident as it sees them.
  func links(of id: IncidentID) async throws -> [LinkEntry] {
    try await store.links(of: id).map { LinkEntry($0, of: id) }
  }

  private func original(of id: IncidentID) async throws -> IncidentID? {
    try await store.links(of: id).first { $0.incident == id && $0.kind == .duplicateOf }?.target
  }
}

extension LinkEntry {
  /// A link as one of its two incidents sees it.
  init(_ link: IncidentLink, of id: IncidentID) {
    self =
      link.incident == id
      ? LinkEntry(kind: link.kind.rawValue, incident: link.target.description)
      : LinkEntry(kind: link.kind.inverse, incident: link.incident.description)
  }
}

extension IncidentLink.Kind {
  /// The kind in words, to be followed by the incident linked to.
  package var words: String {
    switch self {
    case .duplicateOf: "duplicate of"
    case .recurrenceOf: "recurrence of"
    case .relatedTo: "related to"
    }
  }

  /// The kind as the other incident sees it.
  var inverse: String {
    switch self {
    case .duplicateOf: "duplicated-by"
    case .recurrenceOf: "recurred-as"
    case .relatedTo: rawValue
    }
  }
}
