import ArgumentParser
import AsyncHTTPClient
import Foundation
import LeakCasebook
import NIOCore
import NIOHTTP1

/// A command that a server can do as well.
protocol RemoteCommand: SendableMetatype {
  /// Which server, if any.
  var remote: RemoteOptions { get }

  /// Has the server do it.
  ///
  /// - Returns: What the command prints, as text of JSON without the last line end.
  func run(on server: RemoteServer) async throws -> String

  /// Ends the command with another code than 0 where what it has printed asks for one.
  func conclude(_ printed: String) throws
}

/// A command that works on a database, or on a server in its place.
protocol RemoteDatabaseCommand: RemoteCommand {
  var database: DatabaseOptions { get }
}

extension RemoteDatabaseCommand {
  var remote: RemoteOptions { database.remote }
}

extension RemoteCommand {
  /// Nothing that is printed is a finding.
  func conclude(_ printed: String) throws {}
}

/// A leakbook server and the token to show it.
struct RemoteServer: Sendable {
  /// The URL without a slash at its end.
  let base: String
  let token: String?

  /// How long an answer may take: uploads are diagnosed before they are answered.
  private static let patience = TimeAmount.minutes(2)
  private static let largestAnswer = 64 << 20

  /// Does a command and prints what comes of it.
  func run(_ command: any RemoteCommand) async throws {
    let text = try await command.run(on: self)
    if !text.isEmpty { try Console.show(verbatim: text) }
    try command.conclude(text)
  }

  /// Sends a request.
  ///
  /// - Returns: The body of the answer without the last line end.
  /// - Throws: `Failure` with the server's own sentence for a problem.
  func send(_ request: RemoteRequest) async throws -> String {
    var message = HTTPClientRequest(url: base + request.target)
    message.method = .init(rawValue: request.method)
    message.headers.add(name: "accept", value: request.accept)
    if let token { message.headers.add(name: "authorization", value: "Bearer \(token)") }
    if let body = request.body {
      message.headers.add(name: "content-type", value: body.type)
      message.headers.add(name: "prefer", value: "wait=60")
      message.headers.add(name: "idempotency-key", value: UUID().uuidString)
      message.body = .bytes(body.bytes)
    }
    let (status, text) = try await answer(to: message)
    guard (200..<300).contains(status) else { throw Failure(status: status, problem: text, base) }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  private func answer(to message: HTTPClientRequest) async throws -> (status: Int, text: String) {
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.configuration)
    do {
      let response = try await client.execute(message, timeout: Self.patience)
      let body = try await response.body.collect(upTo: Self.largestAnswer)
      try await client.shutdown()
      return (Int(response.status.code), String(buffer: body))
    } catch {
      // The first error is the one to tell.
      try? await client.shutdown()
      throw Failure("\(base) does not answer: is `leakbook serve` running there?", .unavailable)
    }
  }

  /// No redirects: the token is for this server and no other.
  private static var configuration: HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = .seconds(5)
    return configuration
  }
}

extension Failure {
  /// What a server answered instead of doing it.
  fileprivate init(status: Int, problem: String, _ base: String) {
    let detail = (try? CanonicalJSON.read(Problem.self, from: problem))?.detail
    let code: ExitCode =
      switch status {
      case 400: .usage
      case 401, 403: .notAllowed
      case 404: .noInput
      case 413, 415, 422: .badData
      case 412, 429, 503: .tryLater
      case 507: .inputOutput
      default: .failure
      }
    self.init(detail ?? "\(base) answers with \(status)", code)
  }

  private struct Problem: Decodable {
    let detail: String
  }
}
