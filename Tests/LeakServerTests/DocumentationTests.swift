import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakChat
import Testing

/// The page about the API, whose examples are sent and compared.
struct DocumentationTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Documentation/API.md")

  /// A request and the answer that the page shows below it.
  private struct Example {
    let line: Int
    let method: String
    let path: String
    let headers: [(String, String)]
    let body: String
    let status: Int
    /// json, csv or text.
    let kind: String
    let answer: String
  }

  @Test func `every example is answered as the page says`() async throws {
    let examples = try Self.examples(of: try String(contentsOf: Self.page, encoding: .utf8))
    #expect(examples.count > 15)
    try await TestServer().requests { client in
      for example in examples {
        var headers: HTTPFields = [:]
        for (name, value) in example.headers {
          headers[try #require(HTTPField.Name(name))] = value
        }
        let response = try await client.execute(
          uri: example.path,
          method: try #require(HTTPRequest.Method(example.method)),
          headers: headers,
          body: ByteBuffer(string: example.body)
        )
        #expect(response.status.code == example.status, "line \(example.line)")
        if example.kind == "json" {
          let shown = try JSONDecoder().decode(JSONValue.self, from: Data(example.answer.utf8))
          #expect(
            try response.json.holds(shown),
            "line \(example.line): \(response.text)"
          )
        } else {
          #expect(response.text.replacing("\r\n", with: "\n") == example.answer + "\n")
        }
      }
    }
  }

  /// The blocks of kind `http`, each with the block that follows it.
  private static func examples(of text: String) throws -> [Example] {
    var blocks: [(line: Int, kind: String, lines: [String])] = []
    var isInside = false
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("```") {
        if !isInside { blocks.append((index + 1, String(line.dropFirst(3)), [])) }
        isInside.toggle()
      } else if isInside {
        blocks[blocks.count - 1].lines.append(line)
      }
    }
    return try zip(blocks, blocks.dropFirst()).filter { $0.0.kind == "http" }.map { asked, told in
      let start = try #require(asked.lines.first).split(separator: " ")
      let head = asked.lines.dropFirst().prefix { !$0.isEmpty }
      let info = told.kind.split(separator: " ")
      return Example(
        line: asked.line,
        method: String(start[0]),
        path: String(start[1]),
        headers: head.map { field in
          let colon = field.firstIndex(of: ":") ?? field.endIndex
          return (String(field[..<colon]), field[colon...].dropFirst(2).description)
        },
        body: asked.lines.dropFirst(head.count + 2).joined(separator: "\n"),
        status: try #require(Int(info[1])),
        kind: String(info[0]),
        answer: told.lines.joined(separator: "\n")
      )
    }
  }
}

extension JSONValue {
  /// Whether all that is shown is there; `…` stands for any text, a list may go on.
  fileprivate func holds(_ shown: JSONValue) -> Bool {
    switch (self, shown) {
    case (.text, .text("…")): true
    case (.object(let fields), .object(let parts)):
      parts.allSatisfy { name, part in fields[name].map { $0.holds(part) } ?? false }
    case (.list(let items), .list(let parts)):
      parts.isEmpty == items.isEmpty && items.count >= parts.count
        && zip(items, parts).allSatisfy { $0.holds($1) }
    default: self == shown
    }
  }
}
