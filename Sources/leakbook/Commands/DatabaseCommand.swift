import ArgumentParser

/// `leakbook db`: care of the database.
struct DatabaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db",
    abstract: "Care for the database.",
    subcommands: [
      DatabaseCheckCommand.self, DatabaseBackupCommand.self, DatabaseRestoreCommand.self,
      DatabasePruneCommand.self, DatabaseVacuumCommand.self,
    ]
  )
}
