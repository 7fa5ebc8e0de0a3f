import Foundation
import Testing

@testable import GoFormats

/// Documentation/Formats.md has a row for each format, and none for another.
struct DocumentationTests {
  private func names() throws -> [String] {
    let page = Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Documentation/Formats.md")
    return try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("| `") }
      .map { String($0.dropFirst(3).prefix { $0 != "`" }) }
  }

  @Test func `each format has its row`() throws {
    #expect(try Set(names()) == Set(CaptureFormat.allCases.map(\.rawValue)))
  }

  @Test func `no format has two rows`() throws {
    let names = try names()
    #expect(names.count == Set(names).count)
  }
}
