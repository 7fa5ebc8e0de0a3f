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
    abstract: "Serve the HTTP API, pages and metrics.",
    discussion: """
      Without a token only this machine is let in, to read and to write. Once there is a token \
      (leakbook token create), every request needs one, and other addresses may be listened on.
      """
  )

  @Option(help: "The address to listen on; one that others can reach needs a token.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 takes any that is free.")
  var port = 8_080

  @Option(help: "The port for /healthz, /readyz and /metrics alone; 0 takes any that is free.")
  var healthPort = 0

  @Option(
    help: ArgumentHelp("A further name that requests are sent to; repeatable.", valueName: "name")
  )
  var hostName: [String] = []

  @Option(
    help: ArgumentHelp("A site whose pages may use the API; repeatable.", valueName: "origin")
  )
  var corsOrigin: [String] = []

  @Option(
    help: ArgumentHelp(
      "Requests a second that read, and that write, of each token and address; 0/0 for any number.",
      valueName: "read/write"
    )
  )
  var rate: RateArgument?

  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    // A client that hangs up must not end the server.
    signal(SIGPIPE, SIG_IGN)
    if try configuration(hasTokens: true).isLoopback {
      try await database.withCasebook(.create, serve)
    } else if FileManager.default.fileExists(atPath: database.path) {
      try await database.withCasebook(.existing, serve)
    } else {
      _ = try configuration(hasTokens: false)
    }
  }

  private func serve(_ casebook: Casebook) async throws {
    let now = Environment.now()
    let tokens = try await casebook.store.tokens()
    let valid = tokens.count { $0.isValid(at: now) }
    var configuration = try configuration(hasTokens: valid > 0)
    configuration.limits.connections = OpenFiles.raisedLimit(
      wanted: configuration.limits.connections
    )
    let greeting = try await Greeting(
      casebook: casebook,
      database: database.path,
      tokens: tokens.isEmpty ? nil : valid
    )
    var logger = Logger(label: "leakbook") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .warning
    let server = ServerApplication(
      configuration: configuration,
      casebook: casebook,
      chat: try ChatSettings(variable: Environment.variable, file: Self.text(ofSecretFile:)),
      logger: logger,
      now: Environment.now
    )
    do {
      try await server.run { port, healthPort in
        Console.remark(greeting.text(host: host, port: port, healthPort: healthPort))
      }
    } catch  where Failure(known: error) == nil {
      throw Failure(
        "cannot listen on \(host):\(port); another program may have the port: try --port 0",
        .unavailable
      )
    }
  }

  /// The text of a file with a secret in it.
  private static func text(ofSecretFile path: String) throws -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw Failure("cannot read the secret in \(path)", .configuration)
    }
  }

  private func configuration(hasTokens: Bool) throws -> Configuration {
    var rates = Configuration.Rates()
    if let rate {
      rates.read = rate.read
      rates.write = rate.write
      rates.includeLoopback = true
      if rate.read == 0, rate.write == 0 { rates.badTokens = 0 }
    }
    return try Configuration(
      host: host,
      port: port,
      healthPort: healthPort,
      hostNames: hostName,
      origins: corsOrigin,
      rates: rates,
      hasTokens: hasTokens
    )
  }
}

/// How many requests a second are let in: `50/10`, 0 for any number.
struct RateArgument: ExpressibleByArgument {
  let read: Double
  let write: Double

  init?(argument: String) {
    let numbers = argument.split(separator: "/").map { Double($0) }
    guard numbers.count == 2, let read = numbers[0], let write = numbers[1],
      (0...1e6).contains(read), (0...1e6).contains(write)
    else { return nil }
    self.read = read
    self.write = write
  }
}
