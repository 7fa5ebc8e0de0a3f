/// What became of a message that was sent.
package enum Receipt: Sendable, Equatable {
  case delivered
  /// It may be taken later.
  case tryLater(reason: String)
  /// It will never be taken.
  case refused(reason: String)

  /// Understands an answer.
  ///
  /// Feishu, DingTalk and WeCom answer 200 to what they refuse; the code is inside.
  ///
  /// - Parameters:
  ///   - status: The HTTP status.
  ///   - body: What was answered, as far as it was read.
  ///   - readsCode: Whether a code inside the body tells the truth.
  package init(status: Int, body: [UInt8], readsCode: Bool) {
    switch status {
    case 200..<300:
      guard readsCode, let json = try? JSONValue(bytes: body),
        let code = json["errcode"].wholeNumber ?? json["code"].wholeNumber
          ?? json["StatusCode"].wholeNumber,
        code != 0
      else {
        self = .delivered
        return
      }
      let reason = "it answered with code \(code)"
      self = Self.isPassing(code) ? .tryLater(reason: reason) : .refused(reason: reason)
    case 408, 425, 429, 500...: self = .tryLater(reason: "it answered \(status)")
    default: self = .refused(reason: "it answered \(status)")
    }
  }

  /// Whether a code means "too many" or "busy": DingTalk 130101 and -1, WeCom 45009 and -1,
  /// Feishu 9499 is a bad body, 11232 and 99991400 are too many.
  private static func isPassing(_ code: Int64) -> Bool {
    [-1, 130_101, 410_100, 45_009, 45_033, 11_232, 11_233, 99_991_400].contains(code)
  }
}
