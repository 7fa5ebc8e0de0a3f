import GoFormats

/// Feeds lines of GODEBUG=gctrace=1: reading ends, and never traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
  _ = GCTrace(bytes).count
  return 0
}
