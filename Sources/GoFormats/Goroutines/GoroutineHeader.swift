/// The first line of a goroutine's trace.
///
/// Shape: `goroutine 18 gp=0xc000102380 m=nil [chan send (leaked), 41 minutes, locked to thread]:`;
/// the minutes appear from one minute up, the addresses only in crashes (Go 1.23), the labels after
/// the bracket on demand (Go 1.26). Source: goroutineheader in Go 1.27's runtime/traceback.go.
struct GoroutineHeader {
  var id: UInt64 = 0
  /// Where the wait reason stands, without its remarks.
  var state: Range<Int>
  var waitMinutes = 0
  var isLockedToThread = false
  var isLeaked = false

  /// Reads a header; nil when the line is none.
  init?(_ line: TextCursor) {
    var line = line
    guard line.take("goroutine ") else { return nil }
    if line.starts(with: "running:") {
      state = line.offset..<line.offset + 7
      return
    }
    guard let id = line.takeInteger(), id >= 0, line.next == Ascii.space,
      line.take(through: "["), let close = line.find("]")
    else { return nil }
    self.id = UInt64(id)
    var status = line.part(line.offset..<close)
    line.offset = close + 1
    guard line.starts(with: ":") || line.starts(with: " {") else { return nil }
    state = status.take { $0 != UInt8(ascii: ",") }
    takeRemarks(of: line.bytes)
    while status.take(",") {
      status.skipBlanks()
      var part = status.part(status.take { $0 != UInt8(ascii: ",") })
      if part.take("locked to thread") {
        isLockedToThread = true
      } else if let minutes = part.takeInteger(), part.take(" minute") {
        waitMinutes = Int(minutes)
      }
    }
  }

  /// Cuts the remarks in brackets that are not part of the wait reason itself.
  private mutating func takeRemarks(of bytes: [UInt8]) {
    let remarks: [(remark: StaticString, isLeak: Bool)] = [
      (" (durable)", false), (" (scan)", false), (" (leaked)", true),
    ]
    for (remark, isLeak) in remarks {
      let count = remark.utf8CodeUnitCount
      guard state.count > count else { continue }
      let tail = state.upperBound - count..<state.upperBound
      guard TextCursor(bytes, range: tail).starts(with: remark) else { continue }
      state = state.lowerBound..<tail.lowerBound
      if isLeak { isLeaked = true }
    }
  }
}
