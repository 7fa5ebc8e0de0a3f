import LeakRules

extension DiagnosisReport {
  /// The short words before the lines.
  enum Label {
    case also
    case myth
    case why
    /// What is known while the cause is not.
    case seen
    case but
    case unknown
    case not
    case maybe
    case rss
    case limit
    case next
    case read
    case fix
  }

  /// A label in the reader's language, at most five columns wide.
  func label(_ label: Label) -> String {
    switch (label, language) {
    case (.also, .english): "also"
    case (.myth, .english): "myth"
    case (.why, .english): "why"
    case (.seen, .english): "seen"
    case (.but, .english): "but"
    case (.unknown, .english): "open"
    case (.not, .english): "not"
    case (.maybe, .english): "maybe"
    case (.rss, .english): "rss"
    case (.limit, .english): "limit"
    case (.next, .english): "next"
    case (.read, .english): "read"
    case (.fix, .english): "fix"
    case (.also, .chinese): "另有"
    case (.myth, .chinese): "误区"
    case (.why, .chinese): "依据"
    case (.seen, .chinese): "已见"
    case (.but, .chinese): "但是"
    case (.unknown, .chinese): "未知"
    case (.not, .chinese): "排除"
    case (.maybe, .chinese): "可能"
    case (.rss, .chinese): "内存"
    case (.limit, .chinese): "上限"
    case (.next, .chinese): "补采"
    case (.read, .chinese): "已读"
    case (.fix, .chinese): "处置"
    }
  }

  /// The phrases within the lines.
  enum Phrase {
    case openFirst
    case files(Int)
    case ignored(Int)
  }

  /// A phrase in the reader's language.
  func words(_ phrase: Phrase) -> String {
    switch (phrase, language) {
    case (.openFirst, .english): "open first"
    case (.files(let count), .english): Quantity.counted(count, "file")
    case (.ignored(let count), .english): "; ignored \(Quantity.grouped(count)):"
    case (.openFirst, .chinese): "先看"
    case (.files(let count), .chinese): "\(Quantity.grouped(count)) 个文件"
    case (.ignored(let count), .chinese): "；忽略 \(Quantity.grouped(count)) 个："
    }
  }
}
