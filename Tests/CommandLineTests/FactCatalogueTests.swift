import Foundation
import Testing

struct FactCatalogueTests {
  @Test func `Facts.md is what the program prints of its catalogue`() throws {
    let program = try Program()
    defer { program.remove() }
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Documentation/Facts.md")
    let printed = try program.run(["facts", "--catalogue"]).output
    #expect(try String(contentsOf: page, encoding: .utf8) == printed)
  }
}
