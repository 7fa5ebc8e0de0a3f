import ArgumentParser

/// An error as the user meets it: sentences for standard error, and an exit code.
struct Failure: Error {
  /// Lower case, without the program's name; further lines stand below the first.
  let message: String
  let code: ExitCode

  init(_ message: String, _ code: ExitCode) {
    self.message = message
    self.code = code
  }

  /// Ends the process as an error demands: help and versions are answers, the rest are failures.
  static func end(with error: any Error) -> Never {
    if let exit = error as? ExitCode { Leakbook.exit(withError: exit) }
    if let failure = Failure(known: error) { failure.end() }
    switch Leakbook.exitCode(for: error) {
    case .success: Leakbook.exit(withError: error)
    case .validationFailure: Failure(usage: error).end()
    default:
      Failure("something unforeseen went wrong; please report it as a defect", .failure).end()
    }
  }

  private func end() -> Never {
    Console.complain(message)
    Leakbook.exit(withError: code)
  }

  /// What the parser of the command line has to say, shortened to the fault and a way on.
  private init(usage error: any Error) {
    let words = Array(CommandLine.arguments.dropFirst())
    let path = CommandPath(words)
    var lines = [Leakbook.message(for: error).leadingPart]
    if let meant = path.suggestion { lines.append("did you mean: \(meant)") }
    lines.append("see: \(path.known.joined(separator: " ")) --help")
    self.init(lines.joined(separator: "\n"), .usage)
  }
}

extension String {
  /// The message without the help that the parser may put below it, its first letter in lower case.
  fileprivate var leadingPart: String {
    let message = split(separator: "\n\n").first.map(String.init) ?? self
    return message.prefix(1).lowercased() + message.dropFirst()
  }
}
