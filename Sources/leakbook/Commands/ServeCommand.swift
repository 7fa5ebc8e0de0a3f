import ArgumentParser
import Foundation
import LeakCasebook
import LeakChat
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakServer
import LeakStore
import Logging

/// `leakbook serve`: the casebook over HTTP.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the HTTP API and metrics on this machine."
  )

  @Option(help: "The address to listen on; only this machine can be let in.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 takes any that is free.")
  var port = 8_080

  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    let configuration = try Configuration(host: host, port: port)
    let chat = try ChatSettings(variable: Environment.variable, file: Self.text(ofSecretFile:))
    // A client that hangs up must not end the server.
    signal(SIGPIPE, SIG_IGN)
    try await database.withCasebook(.create) { casebook in
      let greeting = try await Greeting(casebook: casebook, database: database.path)
      var logger = Logger(label: "leakbook") { StreamLogHandler.standardError(label: $0) }
      logger.logLevel = .warning
      let server = ServerApplication(
        configuration: configuration,
        casebook: casebook,
        chat: chat,
        logger: logger,
        now: Environment.now
      )
      do {
        try await server.run { port in
          Console.remark(greeting.text(host: host, port: port))
        }
      } catch  where Failure(known: error) == nil {
        throw Failure(
          "cannot listen on \(host):\(port); another program may have the port: try --port 0",
          .unavailable
        )
      }
    }
  }
}

extension ServeCommand {
  /// The text of a file with a secret in it.
  private static func text(ofSecretFile path: String) throws -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw Failure("cannot read the secret in \(path)", .configuration)
    }
  }
}

/// What a server says once when it is up.
struct Greeting {
  private let sqlite: String
  private let journal: String
  private let isDurable: Bool
  private let incidents: Int
  private let playbooks: Int
  private let database: String

  /// Asks the store and the rules.
  init(casebook: Casebook, database: String) async throws {
    let settings = try await casebook.store.settings()
    sqlite = settings.version
    journal = settings.journalMode.uppercased()
    isDurable = settings.isDurable
    incidents = try await casebook.store.statistics().incidents.values.reduce(0, +)
    playbooks = casebook.diagnoser.rulebook.playbooks.count
    self.database = database
  }

  /// The block of lines, with the port that was really had.
  func text(host: String, port: Int) -> String {
    let address = host.contains(":") ? "[\(host)]" : host
    return """
      \(Version.line) · SQLite \(sqlite) · \(Quantity.counted(incidents, "incident")) · \
      \(Quantity.counted(playbooks, "playbook"))
        listening   http://\(address):\(port)   (open it in a browser)
        database    \(database)   \(journal), synchronous=\(isDurable ? "FULL" : "NORMAL")
        access      no token set: loopback only, read and write
        metrics     /metrics     health /healthz /readyz
      Ctrl-C stops; in-flight requests get 10 s.
      """
  }
}
