import ArgumentParser
import Foundation

/// The two streams: data goes to standard output, everything else to standard error.
enum Console {
  /// Writes a report to standard output, its first line bold where the terminal shows it.
  static func show(_ lines: [String], _ terminal: Terminal) throws {
    var text = ""
    for (index, line) in lines.enumerated() {
      let clean = PrintableText.clean(line)
      text += index == 0 && terminal.isStyled ? "\u{1B}[1m\(clean)\u{1B}[0m\n" : clean + "\n"
    }
    try write(text, to: STDOUT_FILENO)
  }

  /// Writes text and the end of its line to standard output as it is.
  static func show(verbatim text: String) throws {
    try write(text + "\n", to: STDOUT_FILENO)
  }

  /// Writes bytes to standard output as they are.
  static func show(bytes: [UInt8]) throws {
    try write(bytes, to: STDOUT_FILENO)
  }

  /// Says on standard error what went wrong.
  static func complain(_ message: String) {
    remark("leakbook: \(message)")
  }

  /// Says something on standard error; where even that cannot be written there is nobody to tell.
  static func remark(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { PrintableText.clean($0) + "\n" }.joined()
    try? write(text, to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) throws {
    try write(Array(text.utf8), to: descriptor)
  }

  /// Writes all bytes at once, so that lines of two processes do not mix within a line.
  ///
  /// - Throws: `Failure` with code 74 when the stream takes no more, as on a full disk.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        start += count
      } else if errno != EINTR {
        let reason = String(cString: strerror(errno)).lowercased()
        throw Failure("the output cannot be written: \(reason)", .inputOutput)
      }
    }
  }
}
