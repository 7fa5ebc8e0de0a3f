extension Profile {
  /// Reads a profile from a file's bytes: profile.proto or one of the formats before it, inflated
  /// or not.
  ///
  /// - Throws: `ParseError` when it is no profile, damaged or beyond a limit.
  package init(reading bytes: [UInt8], limits: ParseLimits = .default) throws(ParseError) {
    let content = Gzip.isGzip(bytes) ? try Gzip.inflate(bytes, limits: limits) : bytes
    if TextSketch.isProtobuf(content) {
      if let profile = try CPUProfileWords.read(content, limits: limits) {
        self = profile
        return
      }
      try self.init(protobuf: content, limits: limits)
    } else if let profile = try ProfileText.read(content) {
      self = profile
    } else {
      throw Self.malformed("neither profile.proto nor a profile in text")
    }
  }
}
