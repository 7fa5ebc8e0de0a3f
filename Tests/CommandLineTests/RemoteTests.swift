import Foundation
import Testing

/// The same commands on a database and on a server.
struct RemoteTests {
  /// Every verb that a server can do, in the order of an incident's life.
  private static let life = [
    ["log", "relay eats memory", "--service", "relay", "--severity", "P1", "--label", "pod=r-7"],
    [
      "log", "hub stops", "--service", "hub", "--at", "2026-11-20", "--story", "as before", capture,
    ],
    ["attach", "INC-1", capture],
    ["note", "INC-1", "seen twice"],
    ["mitigate", "INC-1", "--how", "restarted"],
    ["resolve", "INC-1", "--cause", "timer-leak", "--fix", "stop them", "--commit", "1a2b"],
    ["reopen", "INC-1", "--why", "it is back"],
    ["show", "INC-1"],
    ["list"],
    ["list", "service:relay", "status:reopened", "label:pod=r-7", "--limit", "1"],
    ["search", "memory", "service:relay"],
    ["similar", "INC-1"],
    ["similar", "--text", "relay memory"],
    ["similar", "--text", "relay memory", "--limit", "1", capture],
    ["diagnose", "--limit", "2GiB", capture],
    ["diagnose", "--fail-on", "P3", capture],
    ["label", "INC-1", "pod=r-8", "team=core"],
    ["label", "INC-1", "--remove", "team"],
    ["link", "INC-2", "INC-1", "--kind", "recurrence-of"],
    ["link", "INC-2", "INC-1", "--undo"],
    ["resolve", "INC-1", "--cause", "channel-send-blocked", "--fix", "close it"],
    ["verify", "INC-1", "--fail-on", "never", heap],
    ["verify", "INC-1", heap],
  ]

  private static let capture = ScriptRunner.fixtures
    .appending(path: "goroutine-channel-send-blocked.pb.gz").path

  private static let heap = ScriptRunner.fixtures
    .appending(path: "heap-http-body-unclosed.pb.gz").path

  @Test func `a server is told the same and answers the same`() async throws {
    let near = try Program()
    let far = try Program()
    defer {
      near.remove()
      far.remove()
    }
    #expect(try far.run(["token", "create", "cli", "--scope", "write"]).exitCode == 0)
    let token = try far.text(of: "run.stdout").trimmingCharacters(in: .whitespacesAndNewlines)
    let server = try far.start(["serve", "--port", "0", "--rate", "0/0"], name: "server")
    defer { server.terminate() }
    try await far.wait(for: "Ctrl-C", in: "server.stderr", of: server)
    let address = try #require(
      try far.text(of: "server.stderr").firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/)
    )
    for command in Self.life {
      let local = try near.run(command + ["--json"])
      let remote = try near.run(
        command + ["--server", String(address.output)],
        environment: ["LEAKBOOK_TOKEN": token]
      )
      #expect(remote.exitCode == local.exitCode, "\(command): \(remote.errors)")
      #expect(Self.timeless(remote.output) == Self.timeless(local.output), "\(command)")
    }
  }

  @Test(arguments: [
    ("http://127.0.0.1:1", "", 69, "does not answer"),
    ("nowhere", "", 64, "is not the URL of a server"),
  ])
  func `a server that cannot be had is told of`(
    server: String,
    token: String,
    code: Int32,
    sentence: String
  ) throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["show", "INC-1", "--server", server])
    #expect(outcome.exitCode == code)
    #expect(outcome.errors.contains(sentence))
  }

  @Test func `a token that is not valid, and an incident that is not there, have their codes`()
    async throws
  {
    let program = try Program()
    defer { program.remove() }
    _ = try program.run(["token", "create", "cli"])
    try Data(try program.text(of: "run.stdout").utf8)
      .write(to: program.folder.appending(path: "token"))
    let server = try program.start(["serve", "--port", "0"], name: "server")
    defer { server.terminate() }
    try await program.wait(for: "Ctrl-C", in: "server.stderr", of: server)
    let address = try #require(
      try program.text(of: "server.stderr").firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/)
    )
    let show = ["show", "INC-9", "--server", String(address.output)]
    #expect(try program.run(show).exitCode == 77)
    #expect(try program.run(show + ["--token-file", "token"]).exitCode == 66)
    let note = ["note", "INC-9", "x", "--server", String(address.output), "--token-file", "token"]
    #expect(try program.run(note).exitCode == 77)
  }

  @Test func `a command that needs the file says so`() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["token", "list", "--server", "http://127.0.0.1:1"])
    #expect(outcome.exitCode == 64)
    #expect(outcome.errors.contains("leave out --server"))
  }

  /// The text with moments replaced, which differ between two that do the same.
  private static func timeless(_ text: String) -> String {
    text.replacing(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "<time>")
      .replacing(/"next":"[^"]+"/, with: "\"next\":\"<cursor>\"")
  }
}
