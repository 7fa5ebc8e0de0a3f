import HTTPTypes
import LeakCasebook

/// The entity tag of an incident: its revision.
///
/// Shape: `"r345"`, with `-gzip` before the last quote where the answer was compressed.
struct RevisionTag: Equatable {
  let revision: Int64

  init(_ revision: Int64) {
    self.revision = revision
  }

  /// Reads a tag as it was sent; nil for weak ones, which no change may rest on, and for others.
  init?(_ text: some StringProtocol) {
    let tag = text.hasSuffix("-gzip\"") ? "\(text.dropLast(6))\"" : String(text)
    guard tag.hasPrefix("\"r"), tag.hasSuffix("\""),
      let revision = Int64(tag.dropFirst(2).dropLast())
    else { return nil }
    self.revision = revision
  }

  var text: String { "\"r\(revision)\"" }
}

extension Call {
  /// The casebook as the call's `If-Match` header allows it to change an incident.
  ///
  /// Source: RFC 9110, section 13.1.1.
  func guarded(_ casebook: Casebook) -> Casebook {
    guard let header = header(.ifMatch) else { return casebook }
    let tags = header.split(separator: ",").map { $0.filter { $0 != " " } }
    if tags.contains("*") { return casebook }
    return casebook.expecting(Set(tags.compactMap { RevisionTag($0)?.revision }))
  }
}
