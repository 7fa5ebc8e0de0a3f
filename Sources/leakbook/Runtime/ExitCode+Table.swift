import ArgumentParser

/// The exit codes of all commands: a contract, after sysexits.h of 4.3BSD.
extension ExitCode {
  /// Findings at or above `--fail-on`.
  static let findings = ExitCode(2)
  /// The command line is wrong.
  static let usage = ExitCode(64)
  /// What was handed in is not what it should be: a cut profile, a damaged database.
  static let badData = ExitCode(65)
  /// What was named is not there: a path, an incident, the database.
  static let noInput = ExitCode(66)
  /// A service cannot be reached, or its port cannot be had.
  static let unavailable = ExitCode(69)
  /// A file cannot be made.
  static let cannotCreate = ExitCode(73)
  /// The disk failed, or is full.
  static let inputOutput = ExitCode(74)
  /// Another process is in the way: the same command may succeed later.
  static let tryLater = ExitCode(75)
  /// The permissions forbid it.
  static let notAllowed = ExitCode(77)
  /// The setting or the schema is not one that this build can work with.
  static let configuration = ExitCode(78)
}
