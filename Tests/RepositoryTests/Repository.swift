import Foundation

/// The files of this repository.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folders directly below `Sources`, each of them a target.
  static func targets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path)
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  /// The Swift files of a target.
  static func sources(of target: String) throws -> [SwiftFile] {
    try swiftFiles(below: "Sources/" + target)
  }

  /// The Swift files below some folder, in the order of their paths.
  static func swiftFiles(below path: String) throws -> [SwiftFile] {
    let folder = root.appending(path: path).resolvingSymlinksInPath()
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return SwiftFile(path: path + "/" + name, text: text)
    }
  }
}

/// A Swift file, line by line.
struct SwiftFile: CustomStringConvertible {
  /// The path below the repository's root.
  let path: String
  let lines: [Substring]

  init(path: String, text: String) {
    self.path = path
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    self.lines = lines
  }

  var description: String { path }

  /// The modules that the file imports, whatever the access level.
  var imports: Set<String> {
    Set(
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"),
          words[..<index].allSatisfy({ Self.importModifiers.contains($0) })
        else { return nil }
        // `import struct Foundation.Data`
        let name = words.dropFirst(index + 1).first { !Self.importKinds.contains($0) }
        return name?.split(separator: ".").first.map { String($0) }
      }
    )
  }

  private static let importModifiers: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private", "@testable", "@preconcurrency",
    "@_exported",
  ]
  private static let importKinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
  ]
}
