import Testing

@testable import GoFormats

struct PasteTests {
  @Test func `each part of a paste is read under its lines`() throws {
    let captures = try Capture.read(Fixture.bytes("paste-chat.txt"), source: "paste.txt")
    #expect(captures.map(\.format) == [.pprofReport, .goroutineDump, .containers, .story])
    #expect(
      captures.map(\.source) == [
        "paste.txt:5-8", "paste.txt:13-17", "paste.txt:21-23", "paste.txt",
      ]
    )
  }

  @Test func `what is no capture is the story, without fences`() throws {
    let captures = try Capture.read(Fixture.bytes("paste-chat.txt"), source: "paste.txt")
    guard case .story(let story) = captures.last?.content else {
      Issue.record("no story")
      return
    }
    #expect(story.hasPrefix("cart got paged at 08:38"))
    #expect(story.hasSuffix("so it was killed:"))
    #expect(!story.contains("```"))
  }

  @Test func `a log's own lines around a crash are no story`() throws {
    let text =
      "2026/11/21 02:51:20 listening on :8080\npanic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/main.go:3 +0x1d\n"
    #expect(try Capture.read(Array(text: text), source: "x").map(\.format) == [.crash])
  }

  @Test func `prose alone is not recognised`() {
    let text = "the heap grows since the deploy and we do not know why\n"
    #expect(throws: ParseError.self) { try Capture.read(Array(text: text), source: "x") }
  }
}
