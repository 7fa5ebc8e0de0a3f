import GoFormats

/// Feeds goroutine text: stacks, groups, crashes, debugger lists, pastes: reading ends, and never traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
  _ = GoroutineDump(stacks: bytes).total
  _ = GoroutineDump(groups: bytes).total
  _ = CrashReport(bytes)
  _ = DebuggerGoroutines(bytes)
  _ = try? Capture.read(bytes, source: "goroutines.txt")
  return 0
}
