import Foundation
import Testing

/// News as a process sends it to another.
struct NewsTests {
  /// Takes news from the moment that a file `open` is there, and says what it answered.
  private static let receiver = """
    import http.server, os
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            status = 200 if os.path.exists("open") else 503
            print(status, self.headers["x-leakbook-delivery"], body, flush=True)
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()
        def log_message(self, *arguments): pass
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    print("port", server.server_port, flush=True)
    server.serve_forever()
    """

  @Test func `news survives the kill of the server that was to send it`() async throws {
    let program = try Program()
    defer { program.remove() }
    let receiver = try program.start(
      ["python3", "-c", Self.receiver],
      name: "receiver",
      executable: URL(filePath: "/usr/bin/env")
    )
    defer { receiver.terminate() }
    try await program.wait(for: "port", in: "receiver.stdout", of: receiver)
    let said = try program.text(of: "receiver.stdout")
    let port = try #require(said.firstMatch(of: /port (\d+)/)?.output.1)
    let settings = ["LEAKBOOK_NOTIFY_WEBHOOK": "http://127.0.0.1:\(port)/hunter2"]

    let first = try program.start(["serve", "--port", "0"], environment: settings, name: "first")
    try await program.wait(for: "Ctrl-C", in: "first.stderr", of: first)
    #expect(try program.run(["log", "cart grows", "--service", "cart"]).exitCode == 0)
    try await program.wait(for: "503 1 ", in: "receiver.stdout", of: receiver)
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()

    try Data().write(to: program.folder.appending(path: "open"))
    let second = try program.start(["serve", "--port", "0"], environment: settings, name: "second")
    defer { second.terminate() }
    try await program.wait(for: "200 1 ", in: "receiver.stdout", of: receiver)
    #expect(
      try program.text(of: "receiver.stdout").contains("new incident: INC-1 cart: cart grows")
    )
    for log in ["first.stderr", "second.stderr"] {
      #expect(try !program.text(of: log).contains("hunter2"))
    }
  }
}
