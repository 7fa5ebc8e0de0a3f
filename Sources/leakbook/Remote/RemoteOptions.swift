import ArgumentParser
import Foundation

/// Where the incidents are when they are not in a file.
struct RemoteOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A leakbook server to ask instead; answers are JSON.", valueName: "url")
  )
  var server: String?

  @Option(
    help: ArgumentHelp(
      "A file with the token to show it. (default: $LEAKBOOK_TOKEN)",
      valueName: "file"
    )
  )
  var tokenFile: String?

  /// The server to ask; nil where there is none.
  ///
  /// - Throws: `Failure` for a text that is no URL, and for a token that cannot be read.
  func open() throws -> RemoteServer? {
    guard let server else { return nil }
    guard let url = URL(string: server), ["http", "https"].contains(url.scheme ?? ""),
      url.host != nil
    else { throw Failure("\(server) is not the URL of a server: http://127.0.0.1:8080", .usage) }
    return RemoteServer(
      base: server.hasSuffix("/") ? String(server.dropLast()) : server,
      token: try token
    )
  }

  private var token: String? {
    get throws {
      guard let tokenFile else { return Environment.variable("LEAKBOOK_TOKEN") }
      guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
        throw Failure("\(tokenFile): the token cannot be read", .noInput)
      }
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
