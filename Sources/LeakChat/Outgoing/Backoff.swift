/// When to try again what failed.
package enum Backoff {
  /// After this many attempts a message is given up: about a day and a half.
  package static let mostAttempts = 20

  /// The time to wait after an attempt, in milliseconds: 2 s doubled each time, 2 h at most.
  ///
  /// - Parameter attempts: How many there have been, 1 or more.
  package static func delay(after attempts: Int) -> Int64 {
    min(7_200_000, 2_000 << Int64(max(0, min(attempts - 1, 20))))
  }
}
