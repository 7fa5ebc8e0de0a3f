import LeakCasebook
import LeakChat
import LeakModel
import LeakRules

/// The words of answers, in the language of the question.
struct ChatWords: Sendable {
  let language: Language

  /// One of two texts.
  func say(_ english: String, _ chinese: String) -> String {
    language == .chinese ? chinese : english
  }

  /// How a verb is used.
  func usage(_ verb: Verb) -> String {
    switch verb {
    case .search: say("search persistConn status:resolved", "搜索 内存泄漏 status:resolved")
    case .similar: say("similar INC-42, or similar TEXT", "相似 INC-42，或 相似 描述")
    case .show: say("show INC-42", "查看 INC-42")
    case .diagnose:
      say("diagnose LINK, or diagnose and a pasted capture", "诊断 链接，或在“诊断”后粘贴采集内容")
    case .forecast: say("forecast SERVICE", "预测 服务名")
    case .playbook: say("playbook http-body-unclosed", "手册 http-body-unclosed")
    case .open: say("open SERVICE: what is wrong severity:P1", "新建 服务名：现象 severity:P1")
    case .note: say("note INC-42 TEXT", "备注 INC-42 内容")
    case .resolve:
      say("resolve INC-42 CAUSE what fixed it", "解决 INC-42 根因 修复方法")
    case .help: say("help", "帮助")
    }
  }

  /// What a verb does.
  func purpose(_ verb: Verb) -> String {
    switch verb {
    case .search: say("find incidents; so does any other text", "搜索事件；其他任何文字同样视为搜索")
    case .similar: say("have we had this before?", "以前发生过吗？")
    case .show: say("one incident", "查看一个事件")
    case .diagnose: say("what is it?", "是什么问题？")
    case .forecast: say("how much room is left", "还剩多少内存余量")
    case .playbook: say("what to do", "如何处置")
    case .open: say("open an incident", "新建事件")
    case .note: say("add to the timeline", "写入时间线")
    case .resolve: say("close with cause and fix", "以根因和修复方法关闭")
    case .help: say("this list", "本列表")
    }
  }

  /// A status as people say it.
  func status(_ status: IncidentStatus) -> String {
    switch status {
    case .open: say("open", "未解决")
    case .mitigated: say("mitigated", "已止损")
    case .resolved: say("resolved", "已修复")
    case .verified: say("verified", "已验证")
    case .notALeak: say("not a leak", "非泄漏")
    case .duplicate: say("duplicate", "重复")
    case .reopened: say("reopened", "重新打开")
    }
  }

  /// When a limit is reached, with the interval that holds in four cases of five.
  func limitReached(by name: String, limit: Bytes, _ times: MemoryForecast.TimeToLimit) -> String {
    let never = say("never", "不会")
    let half = times.p50.map(time) ?? never
    let range = "\(times.p10.map(time) ?? never) – \(times.p90.map(time) ?? never)"
    return say(
      "\(name) reaches its limit of \(limit) in \(half) (80 %: \(range))",
      "\(name) 将在 \(half) 后达到上限 \(limit)（80 %：\(range)）"
    )
  }

  /// Seconds as minutes, hours or days.
  private func time(_ seconds: Double) -> String {
    let (unit, english, chinese) =
      switch seconds {
      case ..<5_400: (60.0, "min", "分钟")
      case ..<172_800: (3_600.0, "h", "小时")
      default: (86_400.0, "d", "天")
      }
    return "\(Int((seconds / unit).rounded())) \(say(english, chinese))"
  }

  /// What helped a past incident, or was tried there: how alike it is, whose it is and how old.
  func told(_ repair: KnownRepair, of hit: SimilarIncident, now: Instant) -> String {
    let days = repair.days(before: now)
    let facts = [
      say("\(percent(hit.score)) alike", "相似度 \(percent(hit.score))"),
      days == 0 ? say("today", "今天") : say("\(days) d ago", "\(days) 天前"),
      repair.author.map { say("by \($0)", $0) },
      repair.isVerified ? say("verified", "已验证") : say("not verified", "未验证"),
    ].compactMap { $0 }
    let id = hit.incident.id
    return say(
      "\(repair.isVerified ? "worked" : "tried") in \(id) (\(facts.joined(separator: ", "))): ",
      "\(id) \(repair.isVerified ? "的有效修复" : "试过的修复")（\(facts.joined(separator: "，"))）："
    ) + repair.fix
  }

  /// A probability in whole percent, never 0 or 100 for what is neither.
  func percent(_ probability: Double) -> String {
    let rounded = Int((probability * 100).rounded())
    if probability > 0, rounded == 0 { return "<1 %" }
    if probability < 1, rounded == 100 { return ">99 %" }
    return "\(rounded) %"
  }

  /// An incident in a row: number, service, title, where it stands, what fixed it.
  func row(_ incident: Incident, cause: Cause?) -> String {
    var row = "\(incident.id) \(incident.service): \(incident.title) (\(status(incident.status))"
    if let cause { row += ", \(cause.rawValue)" }
    row += ")"
    if let fix = incident.fix, !fix.isEmpty { row += say("; fixed by: ", "；修复：") + fix }
    return row
  }
}
