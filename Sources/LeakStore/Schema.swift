import EmbeddedCatalog
import GRDB

/// What makes a file a database of leakbook, and how it gets there.
enum Schema {
  /// The number in the file's header that marks it as leakbook's: `LKBK` in ASCII.
  static let applicationID = 0x4C4B_424B

  /// The migrations of `Migrations/`, in the order of their names.
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    for file in Catalog.migrations {
      migrator.registerMigration(identifier(of: file), foreignKeyChecks: .immediate) { db in
        try db.execute(sql: file.text)
      }
    }
    return migrator
  }()

  /// The name of the last migration.
  static var newest: String { migrator.migrations.last ?? "" }

  /// Brings a database to the newest schema.
  ///
  /// The migrator looks up what is applied before it takes the lock, so a process that migrates
  /// the same file at the same time makes it fail; it goes on where the other one has got to.
  static func migrate(_ writer: any DatabaseWriter) throws {
    var applied = try writer.read(migrator.appliedIdentifiers)
    while true {
      do {
        return try migrator.migrate(writer)
      } catch {
        let others = try writer.read(migrator.appliedIdentifiers)
        guard others.count > applied.count else { throw error }
        applied = others
      }
    }
  }

  /// Whether no migration has begun; the migrator's own tables do not count.
  static func isEmpty(_ db: Database) throws -> Bool {
    let tables = try SQLRequest<Int>(
      """
      SELECT count(*)
      FROM sqlite_schema
      WHERE name NOT GLOB 'grdb_*'
        AND name NOT GLOB 'sqlite_*'
      """
    ).fetchOne(db)
    return tables == 0
  }

  /// The migrations applied to a database that this build does not know.
  static func unknownMigrations(_ db: Database) throws -> [String] {
    try migrator.appliedIdentifiers(db).subtracting(Catalog.migrations.map(identifier)).sorted()
  }

  /// A migration's name: its file's name without the extension.
  private static func identifier(of file: EmbeddedFile) -> String {
    let name = file.path.split(separator: "/").last ?? ""
    return String(name.hasSuffix(".sql") ? name.dropLast(4) : name)
  }
}
