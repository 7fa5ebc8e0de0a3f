import LeakModel

extension Capture {
  /// Recognises a capture by its content and reads it.
  ///
  /// One file may hold several: a log with a GC trace and the crash that ended it, or a paste that
  /// mixes captures with prose, where each names its lines in `source`. The source's last part is looked at for cgroup files of a bare number only. gzip is inflated first, whatever is
  /// inside, and UTF-16 with a byte order mark is read as UTF-8.
  ///
  /// - Throws: `ParseError` when the bytes are empty, recognised but damaged, beyond a limit, or
  ///   like nothing that is known.
  package static func read(
    _ bytes: [UInt8],
    source: String,
    limits: ParseLimits = .default
  ) throws(ParseError) -> [Capture] {
    guard !bytes.isEmpty else { throw notRecognised("empty file") }
    let plain = Gzip.isGzip(bytes) ? try Gzip.inflate(bytes, limits: limits) : bytes
    guard !plain.isEmpty else { throw notRecognised("empty gzip file") }
    if let name = PackedFile.name(of: plain) {
      throw notRecognised("a \(name), which is not unpacked: unpack it and hand in what is in it")
    }
    let content = WideText.utf8(of: plain) ?? plain
    if isExecutionTrace(content) {
      return [Capture(source: source, format: .executionTrace, content: .unread)]
    }
    if ProfileText.isHeader(TextCursor(content)) {
      return try profile(content, source: source, limits: limits)
    }
    let sketch = TextSketch(content)
    if sketch.isBinary { return try profile(content, source: source, limits: limits) }
    let reader = TextReader(source: source, limits: limits)
    let captures = reader.read(content, sketch)
    guard captures.isEmpty else { return captures }
    throw notRecognised(sketch.isBlank ? "nothing but white space" : unknown(content))
  }

  private static func notRecognised(_ reason: String) -> ParseError {
    ParseError(format: "capture", place: .byte(0), reason: reason)
  }

  private static func unknown(_ bytes: [UInt8]) -> String {
    let start = String(decoding: bytes.prefix(24), as: UTF8.self)
      .map { $0.isASCII && !$0.isNewline && $0 >= " " ? $0 : "?" }
    return
      "not recognised: starts with \"\(String(start))\", expected a profile, goroutine dump, "
      + "samples, /proc or cgroup file, GC trace, kernel log or crash"
  }

  /// `go 1.27 trace` and NULs, the first 16 bytes (Go 1.5 to 1.27, internal/trace).
  private static func isExecutionTrace(_ bytes: [UInt8]) -> Bool {
    var text = TextCursor(bytes, range: 0..<min(16, bytes.count))
    return text.take("go 1.") && text.takeInteger() != nil && text.starts(with: " trace")
  }

  static func profile(
    _ bytes: [UInt8],
    source: String,
    limits: ParseLimits
  ) throws(ParseError) -> [Capture] {
    let profile = try Profile(reading: bytes, limits: limits)
    let capture = Capture(
      source: source,
      format: profile.captureFormat,
      content: .profile(profile),
      capturedAt: Instant(nanoseconds: profile.timeNanos)
    )
    // The text form of a heap profile ends with the MemStats of the same moment.
    guard !TextSketch.isProtobuf(bytes) else { return [capture] }
    let series = SnapshotSeries(memStatsComments: bytes)
    guard !series.isEmpty else { return [capture] }
    return [capture, Capture(source: source, format: .snapshots, content: .snapshots(series))]
  }
}

extension Profile {
  /// The format's name by what the profile measures.
  fileprivate var captureFormat: CaptureFormat {
    if column("inuse_space") != nil {
      return defaultSampleType == "alloc_space" ? .pprofAllocs : .pprofHeap
    }
    if column("alloc_space") != nil { return .pprofAllocs }
    if column("goroutine") != nil { return .pprofGoroutine }
    if column("goroutineleak") != nil { return .pprofGoroutineLeak }
    return column("cpu") != nil ? .pprofCPU : .pprofOther
  }
}
