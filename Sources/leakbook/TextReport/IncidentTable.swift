import LeakModel

/// Incidents as a table, one a line; empty without any.
///
/// The cause is left to `show` and to JSON: in 80 columns the title needs its room.
struct IncidentTable {
  let incidents: [Incident]

  func lines(width: Int) -> [String] {
    guard !incidents.isEmpty else { return [] }
    let rows = [["ID", "SEV", "STATUS", "OPENED", "SERVICE"]] + incidents.map(cells)
    let titles = ["TITLE"] + incidents.map(\.title)
    let widths = rows[0].indices.map { column in
      min(rows.map { DisplayWidth.of($0[column]) }.max() ?? 0, Self.widest)
    }
    return zip(rows, titles).map { row, title in
      let line = zip(row, widths).map { $0.cut(to: $1).padded(to: $1) }.joined(separator: "  ")
      let room = width - DisplayWidth.of(line) - 2
      return line + "  " + PrintableText.clean(title).cut(to: max(room, Self.narrowestTitle))
    }
  }

  /// The widest a column but the title may be.
  private static let widest = 20
  /// The columns a title has in any case, if need be past the edge.
  private static let narrowestTitle = 12

  private func cells(of incident: Incident) -> [String] {
    [
      incident.id.description, incident.severity.rawValue, incident.status.rawValue,
      String(incident.openedAt.description.prefix(10)), PrintableText.clean(incident.service),
    ]
  }
}
