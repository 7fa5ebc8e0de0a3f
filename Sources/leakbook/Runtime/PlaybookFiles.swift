import Foundation
import LeakDiagnosis
import LeakRules

/// The playbooks that a command is to work on.
enum PlaybookFiles {
  /// Reads playbook files and folders of them over those built in; just these without any.
  ///
  /// - Throws: `PlaybookError` with all that is wrong in the files.
  static func rulebook(_ paths: [String]) throws -> Rulebook {
    let embedded = try Rulebook.embedded
    guard !paths.isEmpty else { return embedded }
    var files: [(path: String, text: String)] = []
    for path in try paths.flatMap(markdownFiles) {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw CaseFolder.Failure.missing(path)
      }
      files.append((path, String(decoding: data, as: UTF8.self)))
    }
    return try Rulebook(files: files, over: embedded)
  }

  /// The Markdown files at or below a path, in the order of their names.
  private static func markdownFiles(at path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw CaseFolder.Failure.missing(path)
    }
    guard isFolder.boolValue else { return [path] }
    let names = try FileManager.default.subpathsOfDirectory(atPath: path)
    let files = names.filter { $0.hasSuffix(".md") }.sorted().map { path + "/" + $0 }
    guard !files.isEmpty else { throw Failure("\(path): there is no playbook in it", .noInput) }
    return files
  }
}
