/// What this build calls itself.
enum Version {
  static let number = "0.1.0"
  /// The one line of `--version`; made without touching the database library.
  static let line = "leakbook \(number)"
}
