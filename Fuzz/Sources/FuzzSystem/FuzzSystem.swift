import GoFormats

/// Feeds files of /proc and cgroups, kernel logs: reading ends, and never traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
  for source in ["memory.current", "memory.stat", "proc.status"] {
    _ = CgroupMemory(bytes, source: source)
    _ = try? Capture.read(bytes, source: source)
  }
  _ = SmapsSummary(bytes)
  _ = OOMKill.read(bytes)
  return 0
}
