import LeakModel

/// How far the time that a request was signed at may be off: older ones may be recordings.
package enum ReplayWindow {
  /// Five minutes either way, in milliseconds: Slack's rule, kept for all platforms.
  package static let tolerance: Int64 = 300_000

  /// Checks a time against the present.
  ///
  /// - Parameters:
  ///   - text: The time as the header says it, in seconds or milliseconds since 1970.
  ///   - unit: Milliseconds in one unit of the header: 1,000 or 1.
  ///   - now: The present.
  /// - Throws: `ChatError.notSigned`.
  static func check(_ text: String?, unit: Int64, now: Instant) throws(ChatError) {
    guard let text, let count = Int64(text), count > 0, count < Int64.max / 1_000 else {
      throw .notSigned("the request does not say when it was signed")
    }
    guard (count * unit - now.milliseconds).magnitude <= UInt64(tolerance) else {
      throw .notSigned("the request was signed more than five minutes from now: check both clocks")
    }
  }
}
