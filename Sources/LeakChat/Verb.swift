/// What leakbook can be asked in a chat.
package enum Verb: String, Sendable, CaseIterable {
  case search
  case similar
  case show
  case diagnose
  case forecast
  case playbook
  case open
  case note
  case resolve
  case help

  /// The words that mean it, in English; lower case.
  var english: [String] {
    switch self {
    case .search: ["search", "find"]
    case .similar: ["similar", "like"]
    case .show: ["show"]
    case .diagnose: ["diagnose", "diag"]
    case .forecast: ["forecast", "predict"]
    case .playbook: ["playbook", "runbook"]
    case .open: ["open", "log"]
    case .note: ["note"]
    case .resolve: ["resolve"]
    case .help: ["help", "?", "？"]
    }
  }

  /// The words that mean it, in Chinese; the longer before those they begin with.
  var chinese: [String] {
    switch self {
    case .search: ["搜索", "查找", "检索"]
    case .similar: ["相似", "类似"]
    case .show: ["查看", "显示"]
    case .diagnose: ["诊断"]
    case .forecast: ["预测"]
    case .playbook: ["手册", "预案"]
    case .open: ["新建", "登记"]
    case .note: ["备注", "记录"]
    case .resolve: ["解决"]
    case .help: ["帮助"]
    }
  }
}
