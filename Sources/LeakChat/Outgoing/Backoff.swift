/// When to try again what failed.
package enum Backoff {
  /// After this many attempts a message is given up: about two days, when news is none any more.
  package static let mostAttempts = 36

  /// The time to wait after so many attempts, in milliseconds: 2 s doubled each time, 2 h at most.
  package static func delay(after attempts: Int) -> Int64 {
    min(7_200_000, 2_000 << Int64(max(0, min(attempts - 1, 20))))
  }
}
