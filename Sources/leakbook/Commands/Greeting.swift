import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakStore

/// What a server says once when it is up.
struct Greeting {
  private let sqlite: String
  private let journal: String
  private let isDurable: Bool
  private let incidents: Int
  private let playbooks: Int
  private let database: String
  /// How many tokens let somebody in; nil when none was ever made.
  private let tokens: Int?

  /// Asks the store and the rules.
  init(casebook: Casebook, database: String, tokens: Int?) async throws {
    let settings = try await casebook.store.settings()
    sqlite = settings.version
    journal = settings.journalMode.uppercased()
    isDurable = settings.isDurable
    incidents = try await casebook.store.statistics().incidents.values.reduce(0, +)
    playbooks = casebook.diagnoser.rulebook.playbooks.count
    self.database = database
    self.tokens = tokens
  }

  /// The block of lines, with the ports that were really had.
  func text(host: String, port: Int, healthPort: Int) -> String {
    let address = host.contains(":") ? "[\(host)]" : host
    return """
      \(Version.line) · SQLite \(sqlite) · \(Quantity.counted(incidents, "incident")) · \
      \(Quantity.counted(playbooks, "playbook"))
        listening   http://\(address):\(port)   (open it in a browser)
        database    \(database)   \(journal), synchronous=\(isDurable ? "FULL" : "NORMAL")
        access      \(access)
        metrics     /metrics     health /healthz /readyz, also on http://\(address):\(healthPort)
      Ctrl-C stops; in-flight requests get 10 s.
      """
  }

  private var access: String {
    switch tokens {
    case nil: "no token set: loopback only, read and write"
    case 0: "every token is revoked or has expired: nobody gets in"
    case let count?: "by token: \(Quantity.counted(count, "token")) let clients in"
    }
  }
}
