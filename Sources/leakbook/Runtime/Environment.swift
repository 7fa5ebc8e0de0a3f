import Foundation
import LeakModel
import LeakRules

/// What the process was started with.
enum Environment {
  /// A variable that is set to something.
  static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The present.
  @Sendable static func now() -> Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)))
  }

  /// The name of the user who runs the process; `unknown` where the system has none.
  static var loginName: String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "unknown" }
    return String(cString: name)
  }

  /// The user's home folder.
  static var home: String {
    if let home = variable("HOME") { return home }
    guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else { return "." }
    return String(cString: home)
  }
}

extension Language {
  /// The language of the locale, in the order POSIX gives its variables; English for all others.
  static var ofEnvironment: Language {
    let locale =
      Environment.variable("LC_ALL") ?? Environment.variable("LC_MESSAGES")
      ?? Environment.variable("LANG") ?? ""
    return locale.hasPrefix("zh") ? .chinese : .english
  }
}
