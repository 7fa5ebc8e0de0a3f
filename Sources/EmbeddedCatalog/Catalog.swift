/// A text file of the repository that was compiled into the binary.
package struct EmbeddedFile: Sendable, Equatable {
  /// The path below the repository's root, for example `Migrations/0001-create-incident.sql`.
  package let path: String
  /// The file's whole text.
  package let text: String
}

/// The text of `Migrations/` and `Playbooks/`, and the description of the HTTP API, written into the
/// binary at build time.
package enum Catalog {
  /// The migrations, in the order of their names.
  package static let migrations = files(under: "Migrations/")
  /// The playbooks of both languages, in the order of their paths.
  package static let playbooks = files(under: "Playbooks/")

  /// The description of the HTTP API, OpenAPI 3.1 in JSON.
  package static let openAPI = files(under: "Documentation/openapi.json").map(\.text).joined()

  private static func files(under folder: String) -> [EmbeddedFile] {
    embeddedFiles.filter { $0.path.hasPrefix(folder) }
  }
}
