import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook token create`: makes a token and shows it, once.
struct TokenCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make a token and show it: once, since only its hash is kept.",
    discussion: """
      read    read everything, diagnose without keeping
      ingest  hand in snapshots and alerts, read nothing
      write   open and change incidents, and read, and ingest
      admin   read the audit log, and all of the above
      """
  )

  @Argument(help: "What to call it.")
  var name: String

  @Option(
    help: ArgumentHelp("What it allows; repeatable.", valueName: "read|ingest|write|admin")
  )
  var scope: [Scope] = [.read]

  @Option(help: ArgumentHelp("When it ends: an age such as 90d, or never.", valueName: "age"))
  var expires: LifetimeArgument = .year

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...100).contains(name.count), name.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("a token needs a name of 1 to 100 characters")
    }
  }

  func run() async throws {
    let end = expires.end(from: Environment.now())
    let (token, secret) = try await database.withRecords(.create) { casebook in
      try await casebook.createToken(
        named: name,
        scopes: Set(scope),
        expiresAt: end,
        actor: "user:\(Environment.loginName)"
      )
    }
    if output.json {
      let document = TokenDocument(token, at: Environment.now(), secret: secret.text)
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      try Console.show(verbatim: secret.text)
      Console.remark("keep it: it is not shown again; send it as \"authorization: Bearer …\"")
    }
  }
}

extension Scope: ExpressibleByArgument {}

/// How long a token lasts: `12h`, `90d`, `52w`, or `never`.
struct LifetimeArgument: ExpressibleByArgument {
  /// In milliseconds; nil for ever.
  private let length: Int64?

  static let year = LifetimeArgument(length: 365 * 86_400_000)

  private init(length: Int64?) { self.length = length }

  init?(argument: String) {
    if argument == "never" {
      self.init(length: nil)
      return
    }
    let units: [Character: Int64] = ["h": 3_600_000, "d": 86_400_000, "w": 604_800_000]
    guard let unit = argument.last.flatMap({ units[$0] }), let count = Int64(argument.dropLast()),
      (1...10_000).contains(count)
    else { return nil }
    self.init(length: count * unit)
  }

  var defaultValueDescription: String {
    length.map { "\($0 / 86_400_000)d" } ?? "never"
  }

  /// When a token made at a time ends; nil for never.
  func end(from start: Instant) -> Instant? {
    length.map { Instant(milliseconds: start.milliseconds + $0) }
  }
}
