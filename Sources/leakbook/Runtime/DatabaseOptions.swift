import ArgumentParser
import LeakCasebook
import LeakDiagnosis
import LeakRules
import LeakStore

/// Where the incidents are kept.
struct DatabaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The database. (default: $LEAKBOOK_DB, else $XDG_DATA_HOME/leakbook/leakbook.db)",
      valueName: "file"
    )
  )
  var db: String?

  @OptionGroup var rules: RuleOptions
  @OptionGroup var remote: RemoteOptions

  /// The path asked for, else that of the environment, else the one the XDG base directories give.
  var path: String {
    if let db { return db }
    if let path = Environment.variable("LEAKBOOK_DB") { return path }
    // A relative XDG_DATA_HOME is to be ignored (XDG Base Directory Specification 0.8).
    let data = Environment.variable("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (data ?? Environment.home + "/.local/share") + "/leakbook/leakbook.db"
  }

  /// Opens the database, does some work and closes it, whatever comes of the work.
  func withStore<Result>(
    _ mode: Store.Mode,
    _ body: (Store) async throws -> Result
  ) async throws -> Result {
    guard remote.server == nil else {
      throw Failure("this works on a database only: leave out --server", .usage)
    }
    let store = try Store.open(path: path, mode: mode)
    do {
      let result = try await body(store)
      try store.close()
      return result
    } catch {
      // The first error is the one to tell.
      try? store.close()
      throw error
    }
  }

  /// Opens the database for work that diagnoses.
  func withCasebook<Result>(
    _ mode: Store.Mode,
    _ body: (Casebook) async throws -> Result
  ) async throws -> Result {
    let diagnoser = Diagnoser(rulebook: try rules.rulebook())
    return try await withStore(mode) { store in
      try await body(Casebook(store: store, diagnoser: diagnoser, now: Environment.now))
    }
  }

  /// Opens the database for work that needs no rules, and spares the time of reading them.
  func withRecords<Result>(
    _ mode: Store.Mode,
    _ body: (Casebook) async throws -> Result
  ) async throws -> Result {
    let diagnoser = Diagnoser(rulebook: Rulebook())
    return try await withStore(mode) { store in
      try await body(Casebook(store: store, diagnoser: diagnoser, now: Environment.now))
    }
  }
}

/// Who writes to the timeline.
struct AuthorOptions: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Who does this. (default: $LEAKBOOK_USER, else the login name)",
      valueName: "name"
    )
  )
  var author: String?

  var name: String { author ?? Environment.variable("LEAKBOOK_USER") ?? Environment.loginName }
}
