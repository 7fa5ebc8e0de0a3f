import Foundation
import Testing

/// What the README tells people to type.
struct ReadmeTests {
  @Test func `the questions of a bot are answered as written`() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let section = try #require(readme.firstRange(of: "## Ask from a bot\n\n```sh\n"))
    let block = readme[section.upperBound...]
    let commands = block[..<(try #require(block.firstRange(of: "```")).lowerBound)]

    let program = try Program()
    defer { program.remove() }
    let server = try program.start(["serve", "--port", "0"], name: "server")
    defer { server.terminate() }
    try await program.wait(for: "Ctrl-C", in: "server.stderr", of: server)
    let greeting = try program.text(of: "server.stderr")
    let port = try #require(greeting.firstMatch(of: /127\.0\.0\.1:(\d+)/)?.output.1)

    // The server runs already, on a port of its own, and each answer gets a line.
    let script =
      "set -e\n"
      + commands.replacing("leakbook serve &\n", with: "")
      .replacing("127.0.0.1:8080", with: "127.0.0.1:\(port)")
      .replacing("curl -s ", with: "curl -sS --fail-with-body ")
      .replacing("@Examples", with: "@\(root.path)/Examples")
    let answers = try program.shell(script)
    let lines = answers.output.split(separator: "\n")
    #expect(answers.exitCode == 0, "\(answers.errors)\(answers.output)")
    #expect(lines.count == 5)
    #expect(lines.dropFirst(3).first?.contains("INC-1 cart: cart OOMKilled") == true)
    #expect(lines.last?.contains("http-body-unclosed") == true)
  }
}
