/// Makes text that came out of a capture safe to show on a terminal.
enum PrintableText {
  /// The text as one line without control characters.
  ///
  /// Tabs and ends of lines become blanks. The rest of C0 and C1, which a terminal obeys, and the
  /// marks that turn the direction of writing, which hide what is written, are left out.
  static func clean(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return String(text) }
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if !isHarmful(scalar) {
        clean.append(scalar)
      } else if ["\t", "\n"].contains(scalar) {
        clean.append(" ")
      }
    }
    return String(clean)
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
