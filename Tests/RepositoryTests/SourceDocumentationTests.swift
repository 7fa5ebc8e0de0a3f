import Foundation
import Testing

/// What a reader of the sources may rely on.
struct SourceDocumentationTests {
  /// swift-format asks for comments on public declarations alone; across targets ours are `package`.
  @Test(arguments: try Repository.targets())
  func `every package type and function says what it is`(target: String) throws {
    try expectComments(in: target) { !$0.isProperty }
  }

  private func expectComments(
    in target: String,
    on isMeant: (UndocumentedDeclaration) -> Bool
  ) throws {
    for file in try Repository.sources(of: target) {
      let places = file.undocumentedDeclarations.filter(isMeant)
      let list = places.map { "\(file):\($0.line): \($0.text)" }.joined(separator: "\n")
      let count = places.count
      #expect(count == 0, "\(list)")
    }
  }

  @Test func `no Swift file is longer than 400 lines`() throws {
    for file in try Repository.swiftFiles(below: "Sources") + Repository.swiftFiles(below: "Tests")
    {
      #expect(file.lines.count <= 400, "\(file) has \(file.lines.count) lines")
    }
  }

  @Test func `no work is left for later in a comment`() throws {
    // Written in two parts, so that this file is not found itself.
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
    for file in try Repository.swiftFiles(below: "Sources") + Repository.swiftFiles(below: "Tests")
    {
      for (index, line) in file.lines.enumerated() {
        #expect(!marks.contains { line.contains($0) }, "\(file):\(index + 1)")
      }
    }
  }

  @Test(arguments: [
    ("package struct A {", 1),
    ("/// An A.\npackage struct A {", 0),
    ("/// An A.\n@discardableResult\npackage func a() {}", 0),
    ("/// An A.\n@Test(\n  arguments: [1]\n)\npackage func a() {}", 0),
    ("package init(a: Int) {}", 0),
    ("package init?(_ text: String) {", 1),
    ("package static func < (one: A, other: A) -> Bool { true }", 0),
    ("package var description: String { \"\" }", 0),
    ("package func encode(to encoder: any Encoder) throws {", 0),
    ("package enum CodingKeys: String, CodingKey {", 0),
    ("package import LeakModel", 0),
    ("let package = Package()", 0),
  ])
  func `comments are looked for above a declaration`(text: String, missing: Int) {
    #expect(SwiftFile(path: "a.swift", text: text).undocumentedDeclarations.count == missing)
  }
}

/// A declaration that lacks its comment.
struct UndocumentedDeclaration {
  /// Counted from 1.
  let line: Int
  let text: String

  /// Whether it is a property, stored or computed, and not a type or a function.
  var isProperty: Bool {
    let words = text.split(separator: " ")
    let kinds: Set<Substring> = ["func", "struct", "enum", "class", "protocol", "typealias"]
    return words.contains { $0 == "let" || $0 == "var" } && !words.contains(where: kinds.contains)
  }
}

extension SwiftFile {
  /// The `package` declarations without a comment, by line, counted from 1.
  ///
  /// Left out is what a protocol or the type says already: requirements of the standard library's
  /// protocols, the keys of a coding, and initialisers that only take the stored properties.
  var undocumentedDeclarations: [UndocumentedDeclaration] {
    lines.indices.compactMap { index in
      let text = lines[index].trimmingCharacters(in: .whitespaces)
      guard Self.isDeclaration(text), !Self.isSelfEvident(text), !isDocumented(index) else {
        return nil
      }
      return UndocumentedDeclaration(line: index + 1, text: text)
    }
  }

  /// Whether a comment stands above a line, perhaps with attributes between.
  private func isDocumented(_ index: Int) -> Bool {
    var depth = 0
    for line in lines[..<index].reversed() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix("///") { return true }
      depth += text.count { $0 == ")" } - text.count { $0 == "(" }
      guard text.hasPrefix("@") || depth > 0 else { return false }
    }
    return false
  }

  private static func isDeclaration(_ text: String) -> Bool {
    text.hasPrefix("package ") && !text.hasPrefix("package import ")
  }

  private static func isSelfEvident(_ text: String) -> Bool {
    selfEvident.contains { text.hasPrefix($0) }
      || text.hasPrefix("package static func ")
        && ["==", "<"].contains { text.hasPrefix("package static func \($0) ") }
  }

  private static let selfEvident = [
    "package init(", "package init {", "package var description: String",
    "package func encode(to encoder:", "package func hash(into", "package enum CodingKeys:",
  ]
}
