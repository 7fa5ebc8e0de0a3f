import GoFormats

/// Feeds the bytes of a profile.proto: reading ends, and never traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
  if let profile = try? Profile(protobuf: bytes) { _ = FunctionTotals(profile) }
  return 0
}
