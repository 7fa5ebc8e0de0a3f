import GoFormats

/// Feeds a profile of any kind, inflated first: reading ends, and never traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
  // The first bytes of gzip are given, so that the inflater is reached.
  let gzip: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
  for input in [bytes, gzip + bytes] {
    if let profile = try? Profile(reading: input) { _ = FunctionTotals(profile) }
  }
  return 0
}
