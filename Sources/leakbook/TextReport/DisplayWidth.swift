/// How many columns of a terminal text takes.
enum DisplayWidth {
  /// The columns of a text without control characters: two for wide letters, none for marks.
  static func of(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// The columns of one character; its marks take none of their own.
  static func of(_ character: Character) -> Int {
    guard !character.isASCII else { return 1 }
    let scalars = character.unicodeScalars
    if scalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
    return scalars.map(width).max() ?? 0
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    default: isWide(scalar.value) ? 2 : 1
    }
  }

  /// The blocks whose letters are Wide or Fullwidth (Unicode 15.1, EastAsianWidth.txt), and emoji.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

extension StringProtocol {
  /// The text with blanks up to a width; unchanged when it is wider.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - DisplayWidth.of(self)))
  }

  /// The text with blanks before it up to a width; unchanged when it is wider.
  func rightAligned(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - DisplayWidth.of(self))) + self
  }

  /// The beginning of the text that fits a width, with an ellipsis where something was cut.
  func cut(to width: Int) -> String {
    guard DisplayWidth.of(self) > width else { return String(self) }
    var kept = ""
    var used = 1
    for character in self {
      used += DisplayWidth.of(character)
      guard used <= width else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// The text as lines that fit a width, broken at blanks and between wide letters.
  ///
  /// A word wider than a line stands on a line of its own, whole, so that it can be copied. A number
  /// stays with its unit, and no line ends at a non-breaking space, which becomes a blank.
  func wrapped(to width: Int) -> [String] {
    var lines = [""]
    var used = 0
    for piece in breakable {
      let size = DisplayWidth.of(piece)
      let isBlank = piece.allSatisfy { $0 == " " }
      if used > 0, !isBlank, used + size > width {
        while lines[lines.count - 1].hasSuffix(" ") { lines[lines.count - 1].removeLast() }
        lines.append("")
        used = 0
      }
      guard used > 0 || !isBlank else { continue }
      lines[lines.count - 1] += piece
      used += size
    }
    while lines[lines.count - 1].hasSuffix(" ") { lines[lines.count - 1].removeLast() }
    return lines.map { $0.replacing("\u{A0}", with: " ") }
  }

  /// The pieces between which a line may end: words, runs of blanks, single wide letters.
  ///
  /// A wide mark that closes something stays with what it closes: no line begins with it.
  private var breakable: [String] {
    var pieces: [String] = []
    var isOpen = false
    for character in Measure.bound(String(self)) {
      let isWide = DisplayWidth.of(character) == 2
      let wasBlank = pieces.last?.last == " "
      let continues = isOpen && !isWide && wasBlank == (character == " ")
      let closes = "，。、；：？！）】》」』".contains(character) && !wasBlank && !pieces.isEmpty
      if continues || closes {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
      isOpen = !isWide
    }
    return pieces
  }
}

/// Numbers with their units in running text.
enum Measure {
  private static let units: Set<Substring> = [
    "%", "B", "KiB", "MiB", "GiB", "TiB", "kB", "MB", "GB", "ns", "µs", "ms", "s", "min", "h", "d",
    "B/s", "B/h", "KiB/h", "MiB/h", "GiB/h",
  ]

  /// The text with a non-breaking space between each number and its unit.
  static func bound(_ text: String) -> String {
    guard text.contains(" ") else { return text }
    var words = text.split(separator: " ", omittingEmptySubsequences: false)[...]
    guard var bound = words.popFirst().map(String.init) else { return text }
    for word in words {
      let unit = word.prefix { !",;:.)".contains($0) }
      bound += bound.last?.isNumber == true && units.contains(unit) ? "\u{A0}" : " "
      bound += word
    }
    return bound
  }
}
