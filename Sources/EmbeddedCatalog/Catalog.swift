/// A text file of the repository that was compiled into the binary.
package struct EmbeddedFile: Sendable, Equatable {
  /// The path below the repository's root, for example `Migrations/0001-create-incident.sql`.
  package let path: String
  /// The file's whole text.
  package let text: String
}

/// The text of `Migrations/` and `Playbooks/`, written into the binary at build time.
package enum Catalog {
  /// The migrations, in the order of their names.
  package static let migrations = files(under: "Migrations/")
  /// The playbooks of both languages, in the order of their paths.
  package static let playbooks = files(under: "Playbooks/")

  private static func files(under folder: String) -> [EmbeddedFile] {
    embeddedFiles.filter { $0.path.hasPrefix(folder) }
  }
}
