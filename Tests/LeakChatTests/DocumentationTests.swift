import Foundation
import Testing

@testable import LeakChat

struct DocumentationTests {
  private static var page: String {
    get throws {
      let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
      return try String(
        contentsOf: root.appending(path: "Documentation/Chat.md"),
        encoding: .utf8
      )
    }
  }

  @Test(arguments: ChatSettings.variables)
  func `every variable is in the page`(name: String) throws {
    #expect(try Self.page.contains(name))
  }

  @Test(arguments: Verb.allCases)
  func `every verb is in the page, in both languages`(verb: Verb) throws {
    let page = try Self.page
    #expect(verb.english.contains { page.contains("`\($0)") })
    #expect(verb.chinese.contains { page.contains("`\($0)") })
  }

  @Test func `every variable that is read is listed, and the other way round`() throws {
    var asked: Set<String> = []
    _ = try ChatSettings(
      variable: { name in
        asked.insert(name)
        if name.hasSuffix("_FILE") { return nil }
        // Some are looked at only beside others.
        return name.contains("FEISHU_APP") || name == "LEAKBOOK_WECOM_TOKEN"
          ? "set"
          : name == "LEAKBOOK_WECOM_AES_KEY" ? String(repeating: "A", count: 43) : nil
      },
      file: { $0 }
    )
    let plain = asked.filter { !$0.hasSuffix("_FILE") }
    // Secrets of robots that sign nothing are asked for and of no use.
    let unused = ["LEAKBOOK_NOTIFY_SLACK_SECRET", "LEAKBOOK_NOTIFY_WECOM_SECRET"]
    #expect(plain.subtracting(unused) == Set(ChatSettings.variables))
  }
}
