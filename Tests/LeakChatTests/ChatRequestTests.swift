import LeakModel
import LeakRules
import Testing

@testable import LeakChat

struct ChatRequestTests {
  private static let inc = IncidentID(number: 42)

  @Test(arguments: [
    ("search persistConn status:resolved", ChatCommand.search("persistConn status:resolved")),
    ("FIND readLoop", .search("readLoop")), ("搜索 内存泄漏", .search("内存泄漏")),
    ("搜索内存泄漏", .search("内存泄漏")), ("similar INC-42", .similarTo(inc)),
    ("相似 INC-42", .similarTo(inc)), ("相似INC-42", .similarTo(inc)),
    ("similar heap grows after deploy", .similarToText("heap grows after deploy")),
    ("show inc-42", .show(inc)), ("INC-42", .show(inc)), ("查看 INC－42", .show(inc)),
    ("playbook http-body-unclosed", .playbook("http-body-unclosed")), ("手册", .playbook(nil)),
    ("forecast cart", .forecast(service: "cart")), ("预测 cart", .forecast(service: "cart")),
    ("note INC-42 restarted at 3", .note(inc, "restarted at 3")),
    ("备注 INC-42 已重启", .note(inc, "已重启")),
    (
      "resolve INC-42 http-body-unclosed close resp.Body",
      .resolve(inc, .httpBodyUnclosed, fix: "close resp.Body")
    ),
    ("解决 INC-42 timer-leak 停掉定时器", .resolve(inc, .timerLeak, fix: "停掉定时器")),
    (
      "open cart: heap grows since noon",
      .open(title: "heap grows since noon", service: "cart", severity: nil)
    ),
    (
      "open heap grows service:cart severity:p1",
      .open(title: "heap grows", service: "cart", severity: .p1)
    ),
    ("新建 cart：内存上涨", .open(title: "内存上涨", service: "cart", severity: nil)),
    ("help", .help), ("帮助", .help), ("?", .help), ("", .help), ("  \n", .help),
    (
      "diagnose <https://files.example/heap.pb.gz|heap>",
      .diagnoseLink("https://files.example/heap.pb.gz")
    ),
    ("诊断 http://h/heap", .diagnoseLink("http://h/heap")),
    (
      "diagnose goroutine 1 [running]:\nmain.main()",
      .diagnosePaste("goroutine 1 [running]:\nmain.main()")
    ),
  ])
  func `a verb in either language is understood`(text: String, command: ChatCommand) {
    #expect(ChatRequest(text).command == command)
  }

  @Test(arguments: [
    "cart 内存泄漏", "show me all leaks", "解决内存泄漏的办法", "note to self", "resolve conflicts",
    "查看所有", "why does cart eat memory",
  ])
  func `anything else is searched for`(text: String) {
    #expect(ChatRequest(text).command == .search(text))
  }

  @Test(arguments: [
    ("note INC-42", Verb.note), ("resolve INC-42", .resolve),
    ("resolve INC-42 gremlins x", .resolve),
    ("resolve INC-42 unknown it went away", .resolve), ("resolve INC-42 timer-leak", .resolve),
    ("open something is wrong", .open), ("search", .search), ("forecast", .forecast),
    ("diagnose", .diagnose), ("similar", .similar), ("show", .show),
  ])
  func `a verb without what it needs is told how it is used`(text: String, verb: Verb) {
    #expect(ChatRequest(text).command == .usage(verb))
  }

  @Test(arguments: ["@leakbook show INC-42", "<@U0|leakbook> show INC-42", " @a @b show INC-42"])
  func `mentions at the beginning are passed over`(text: String) {
    #expect(ChatRequest(text).command == .show(Self.inc))
  }

  @Test(arguments: ["", "diagnose", "诊断", "see attached"])
  func `captures that come with a message are diagnosed`(text: String) {
    #expect(ChatRequest(text, hasAttachment: true).command == .diagnoseAttached)
  }

  @Test(arguments: [
    ("show INC-1", Language.english), ("查看 INC-1", .chinese), ("cart 泄漏", .chinese),
  ])
  func `the answer is in the language of the question`(text: String, language: Language) {
    #expect(ChatRequest(text).language == language)
  }
}
