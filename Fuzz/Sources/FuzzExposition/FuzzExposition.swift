import GoFormats
import LeakModel

/// Feeds Prometheus text, JSON and other numbers: reading ends, and never traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
  _ = SnapshotSeries(exposition: bytes).count
  _ = SnapshotSeries(queryRange: bytes).count
  _ = SnapshotSeries(runtimeMetrics: bytes).count
  _ = SnapshotSeries(memStatsText: bytes).count
  _ = SnapshotSeries.read(json: bytes).value.count
  return 0
}
