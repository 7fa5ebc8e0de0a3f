import GoFormats
import LeakAnalysis

/// Goroutines in groups, the largest first, each with its wait and its calls.
struct CensusReport {
  let census: GoroutineCensus
  let count: Int
  /// How many calls of a stack are shown.
  let frameCount: Int

  func lines(width: Int) -> [String] {
    let total = Quantity.counted(census.total, "goroutine")
    let groups = Quantity.counted(census.groups.count, "group")
    let lower = census.isComplete ? "" : ", cut short: there were more"
    var layout = ReportLayout(width: width, indent: 10)
    layout.add("\(total) in \(groups)\(lower)  \(census.source)")
    for group in census.groups.prefix(count) {
      layout.add("")
      let number = Quantity.grouped(group.count).rightAligned(to: 8).padded(to: 10)
      layout.add(number, group.wait.words, aside: Self.longestWait(of: group))
      for frame in group.frames.prefix(frameCount) { Self.add(frame, to: &layout) }
      let hidden = group.frames.count - frameCount
      if hidden > 0 { layout.add("", "… \(Quantity.counted(hidden, "more call"))") }
      if let creator = group.createdBy {
        Self.add(creator, prefix: "created by ", to: &layout)
      }
    }
    let hidden = census.groups.count - count
    if hidden > 0 { layout.add("… \(Quantity.counted(hidden, "more group"))") }
    return layout.lines
  }

  private static func longestWait(of group: GoroutineGroup) -> String {
    guard let minutes = group.waitMinutes, minutes > 0 else { return "" }
    return "longest \(Quantity.wait(minutes: minutes))"
  }

  private static func add(
    _ frame: Frame,
    prefix: String = "",
    to layout: inout ReportLayout
  ) {
    let name = frame.file.split(separator: "/").last.map(String.init) ?? ""
    let place = frame.line > 0 ? "\(name):\(frame.line)" : name
    layout.add("", prefix + frame.function, aside: place)
  }
}

extension GoroutineWait {
  /// The wait in words: `chan send`.
  fileprivate var words: String { rawValue.replacing("_", with: " ") }
}
