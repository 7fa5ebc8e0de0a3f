import Foundation
import FoundationNetworking
import Testing

/// The server as a process.
struct ServeTests {
  @Test func `a server says where it listens, answers, and ends at a signal`() async throws {
    let program = try Program()
    defer { program.remove() }
    let server = try program.start(["serve", "--port", "0"], name: "server")
    try await program.wait(for: "Ctrl-C", in: "server.stderr", of: server)
    let port = try #require(try port(of: program))
    let url = try #require(URL(string: "http://127.0.0.1:\(port)/healthz"))
    let (_, response) = try await URLSession.shared.data(from: url)
    #expect((response as? HTTPURLResponse)?.statusCode == 200)

    let second = try program.run(["serve", "--port", String(port)])
    #expect(second.exitCode == 69)
    #expect(second.errors.contains("127.0.0.1:\(port)"))

    server.terminate()
    server.waitUntilExit()
    #expect(server.terminationReason == .exit)
    #expect(server.terminationStatus == 0)
  }

  @Test func `what a command writes while the server runs is kept`() async throws {
    let program = try Program()
    defer { program.remove() }
    let server = try program.start(["serve", "--port", "0"], name: "server")
    defer { server.terminate() }
    try await program.wait(for: "Ctrl-C", in: "server.stderr", of: server)
    #expect(try program.run(["log", "beside it", "--service", "relay"]).exitCode == 0)
    #expect(try program.run(["list"]).output.contains("beside it"))
  }

  /// The port in the line that says where the server listens.
  private func port(of program: Program) throws -> Int? {
    let text = try program.text(of: "server.stderr")
    return text.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap { Int($0.output.1) }
  }
}
