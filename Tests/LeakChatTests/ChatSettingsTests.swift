import Testing

@testable import LeakChat

struct ChatSettingsTests {
  private func settings(_ variables: [String: String]) throws -> ChatSettings {
    try ChatSettings(variable: { variables[$0] }, file: { "from \($0)\n" })
  }

  @Test func `nothing set is nothing open`() throws {
    #expect(try settings([:]) == ChatSettings())
  }

  @Test func `two secrets may stand with a comma between`() throws {
    let read = try settings(["LEAKBOOK_SLACK_SIGNING_SECRET": "new, old"])
    #expect(read.slackSecrets == [Secret("new"), Secret("old")])
  }

  @Test func `a secret may come from a file`() throws {
    let read = try settings(["LEAKBOOK_SLACK_SIGNING_SECRET_FILE": "/run/slack"])
    #expect(read.slackSecrets == [Secret("from /run/slack")])
  }

  @Test func `places to tell are named after their kind`() throws {
    let read = try settings([
      "LEAKBOOK_NOTIFY_WEBHOOK": "https://a/x,https://b/y", "LEAKBOOK_NOTIFY_SLACK": "https://s",
    ])
    #expect(read.destinations.map(\.name) == ["slack", "webhook", "webhook-2"])
  }

  @Test(arguments: [
    ["LEAKBOOK_WECOM_TOKEN": "t", "LEAKBOOK_WECOM_AES_KEY": "hunter2"],
    ["LEAKBOOK_NOTIFY_WEBHOOK": "hunter2"], ["LEAKBOOK_WECOM_TOKEN": "hunter2"],
    ["LEAKBOOK_NOTIFY_SLACK": "ftp://hunter2"],
  ])
  func `what is wrong is named, and its value is not`(variables: [String: String]) {
    let error = #expect(throws: ChatSettings.Failure.self) { try settings(variables) }
    #expect(error?.description.contains("LEAKBOOK_") == true)
    #expect(error?.description.contains("hunter2") == false)
  }
}
