import LeakCasebook
import LeakModel

/// What was written, and which secrets were found; never the secrets themselves.
struct ExportReport {
  let incident: IncidentID
  let file: ExportedFile
  /// Where it was written; nil when nothing was.
  let path: String?
  let isRedacted: Bool
  let isDryRun: Bool

  func lines(width: Int) -> [String] {
    var layout = ReportLayout(width: width, indent: 10)
    let count = Quantity.counted(file.hits.count, "place")
    if let path {
      layout.add("\(incident) written to \(path), \(Bytes(Int64(file.bytes.count)))")
      if isRedacted { layout.add("", "\(count) redacted") }
    } else {
      layout.add("\(incident) \(count) \(isRedacted ? "would be redacted" : "may hold a secret")")
    }
    if isDryRun {
      for hit in file.hits { layout.add(hit.kind, "\(hit.place): \(hit.hint) -> \(hit.mark)") }
    }
    for source in file.leftOut {
      layout.add("left out", "\(source): it is not text, and holds what looks like a secret")
    }
    return layout.lines
  }
}
