/// Text from incidents, captures and people on its way into a message.
package enum ChatText {
  /// The text on one line, without what a reader cannot see.
  ///
  /// Line breaks become blanks, so that a value cannot pose as a line of its own. Control
  /// characters go, and so do the format characters that turn the direction of writing or have no
  /// width: they make one text look like another.
  package static func plain(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        if scalar.properties.isWhitespace { plain.append(" ") }
      case .format, .surrogate, .privateUse, .unassigned: break
      default: plain.append(scalar)
      }
    }
    return String(plain)
  }

  /// The text cut to a number of bytes in UTF-8 with an ellipsis, never within a character.
  package static func cut(_ text: String, bytes limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    let room = limit - ellipsis.utf8.count
    guard room >= 0 else { return "" }
    var size = 0
    let kept = text.prefix { character in
      size += character.utf8.count
      return size <= room
    }
    return kept + ellipsis
  }

  /// The text cut to a number of UTF-16 units with an ellipsis, never within a character.
  ///
  /// Platforms that count "characters" count these.
  package static func cut(_ text: String, characters limit: Int) -> String {
    guard text.utf16.count > limit else { return text }
    let room = limit - ellipsis.utf16.count
    guard room >= 0 else { return "" }
    var size = 0
    let kept = text.prefix { character in
      size += character.utf16.count
      return size <= room
    }
    return kept + ellipsis
  }

  private static let ellipsis = "…"
}
