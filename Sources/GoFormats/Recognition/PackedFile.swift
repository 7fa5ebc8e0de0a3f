/// What people pack captures into, which is not unpacked here, by its first bytes.
enum PackedFile {
  /// The magic numbers: each format's name, where its mark lies and what it is.
  ///
  /// Sources: APPNOTE.TXT 4.3.7 (zip), POSIX ustar, RFC 8878 (Zstandard), the xz and 7z format
  /// descriptions, bzip2's header.
  private static let marks: [(name: String, offset: Int, mark: [UInt8])] = [
    ("zip archive", 0, [0x50, 0x4B, 0x03, 0x04]),
    ("tar archive", 257, Array("ustar".utf8)),
    ("file packed by zstd", 0, [0x28, 0xB5, 0x2F, 0xFD]),
    ("file packed by xz", 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
    ("7z archive", 0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
    ("file packed by bzip2", 0, Array("BZh".utf8)),
  ]

  /// What bytes are, such as `zip archive`; nil for what is none of these.
  static func name(of bytes: [UInt8]) -> String? {
    marks.first { _, offset, mark in
      bytes.count >= offset + mark.count && bytes[offset..<offset + mark.count].elementsEqual(mark)
    }?.name
  }
}

/// Text in UTF-16, as editors and shells of Windows write it.
enum WideText {
  /// The text in UTF-8; nil for bytes that do not begin with UTF-16's byte order mark.
  ///
  /// What is no letter becomes U+FFFD, and a byte left over at the end is dropped.
  static func utf8(of bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= 2 else { return nil }
    let isLittle: Bool
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): isLittle = true
    case (0xFE, 0xFF): isLittle = false
    default: return nil
    }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      let (one, other) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittle ? other << 8 | one : one << 8 | other
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
