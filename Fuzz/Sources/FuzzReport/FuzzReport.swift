import GoFormats

/// Feeds what pprof prints: reading ends, and never traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
  _ = ProfileReport(bytes)
  _ = try? Profile(reading: bytes)
  _ = try? Capture.read(bytes, source: "paste.txt")
  return 0
}
