import LeakModel

extension MemoryBreakdown {
  /// The parts as a sum in one unit: `134 MiB = heap 99 + empty heap 34 + stacks 3 - 2 other`.
  ///
  /// Parts that round to nothing are left out, so the numbers shown may miss the total by a few.
  var sum: String {
    let unit: (size: Double, name: String) =
      rss >= 10 << 30 ? (1_073_741_824, "GiB") : (1_048_576, "MiB")
    func amount(_ bytes: Int64) -> Int64 { Int64(clamping: (Double(bytes) / unit.size).rounded()) }
    let parts = [
      ("heap", heapInuse), ("empty heap", heapIdleHeld), ("stacks", stacks), ("runtime", runtime),
      ("file", file), ("other", unexplained),
    ].filter { amount($0.1) != 0 }
    var text = "\(Quantity.grouped(amount(rss))) \(unit.name) ="
    for (index, (name, bytes)) in parts.enumerated() {
      let sign = bytes < 0 ? " -" : index > 0 ? " +" : ""
      // A name stays with its number where the sum is wrapped.
      text += "\(sign) \(name)\u{A0}\(Quantity.grouped(amount(bytes).magnitude))"
    }
    return text
  }
}
