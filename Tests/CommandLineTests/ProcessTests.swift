import Foundation
import Testing

/// What several processes, or one that is killed, may do to a database.
struct ProcessTests {
  @Test func `two processes that log at once both keep all they logged`() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["log", "first", "--service", "relay"]).exitCode == 0)
    let each = 5
    let writers = try (0..<2 * each).map { number in
      try program.start(
        ["log", "trouble \(number)", "--service", "relay"],
        name: "writer\(number)"
      )
    }
    for writer in writers {
      writer.waitUntilExit()
      #expect(writer.terminationStatus == 0)
    }
    let list = try program.run(["list", "--jsonl"])
    #expect(list.output.split(separator: "\n").count == 2 * each + 1)
  }

  @Test func `two processes may make the database at once`() throws {
    let program = try Program()
    defer { program.remove() }
    let writers = try (0..<2).map { number in
      try program.start(["log", "trouble", "--service", "relay"], name: "writer\(number)")
    }
    for writer in writers {
      writer.waitUntilExit()
      #expect(writer.terminationStatus == 0)
    }
    #expect(try program.run(["db", "check"]).exitCode == 0)
  }

  /// The moments of death spread over a run: before, while and after it writes.
  @Test(arguments: [2, 5, 10, 20, 40, 80])
  func `a process killed while it logs leaves a sound database`(milliseconds: Int) throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["log", "first", "--service", "relay"]).exitCode == 0)
    let capture = ScriptRunner.fixtures.appending(path: "heap-http-body-unclosed.pb.gz").path
    let victim = try program.start(
      ["log", "second", "--service", "relay", capture],
      name: "victim"
    )
    // Not a wait for something to happen: the moment itself is what the test varies.
    usleep(UInt32(milliseconds) * 1_000)
    kill(victim.processIdentifier, SIGKILL)
    victim.waitUntilExit()
    let check = try program.run(["db", "check"])
    #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
    #expect(try program.run(["log", "third", "--service", "relay"]).exitCode == 0)
  }

  @Test func `a full disk under standard output is an error`() throws {
    let process = Process()
    process.executableURL = Program.executable
    process.arguments = ["playbook", "list"]
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 74)
  }

  @Test func `a reader that goes away ends a command silently`() throws {
    let program = try Program()
    defer { program.remove() }
    let pipe = Pipe()
    let process = Process()
    process.executableURL = Program.executable
    process.arguments = ["playbook", "list"]
    process.standardOutput = pipe
    let errors = Pipe()
    process.standardError = errors
    try pipe.fileHandleForReading.close()
    try process.run()
    try errors.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(try errors.fileHandleForReading.readToEnd() ?? Data() == Data())
  }
}
