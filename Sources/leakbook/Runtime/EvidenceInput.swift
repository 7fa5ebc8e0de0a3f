import Foundation
import GoFormats
import LeakDiagnosis
import LeakModel

/// Reads what the command line names: files, folders, and `-` for standard input.
enum EvidenceInput {
  /// The path that stands for standard input, also the source that reports name.
  static let standardInput = "-"

  /// Reads evidence; a folder is read whole.
  ///
  /// - Throws: `CaseFolder.Failure` for a path that cannot be read.
  static func read(
    _ paths: [String]
  ) throws -> (files: [EvidenceFile], ignored: [IgnoredFile]) {
    guard paths.count(where: { $0 == standardInput }) < 2 else {
      throw Failure("standard input can be read once only: give - once", .usage)
    }
    var files: [(path: String, file: EvidenceFile)] = []
    var ignored: [IgnoredFile] = []
    for path in paths {
      if path == standardInput {
        files.append((path, EvidenceFile(source: path, bytes: try standardInputBytes())))
      } else {
        let read = try CaseFolder.read([path])
        files += read.files.map { (path, $0) }
        ignored += read.ignored
      }
    }
    return (named(files), ignored)
  }

  /// The files, those of one name with the path they were asked for by, so that a reason tells which
  /// one it means.
  private static func named(_ files: [(path: String, file: EvidenceFile)]) -> [EvidenceFile] {
    let counts = Dictionary(files.map { ($0.file.source, 1) }, uniquingKeysWith: +)
    return files.map { path, file in
      guard let count = counts[file.source], count > 1 else { return file }
      let isItself = path == file.source || path.hasSuffix("/" + file.source)
      return EvidenceFile(source: isItself ? path : path + "/" + file.source, bytes: file.bytes)
    }
  }

  /// Reads evidence, or what is piped in where none is named.
  static func readOrStandardInput(
    _ paths: [String]
  ) throws -> (files: [EvidenceFile], ignored: [IgnoredFile]) {
    guard paths.isEmpty else { return try read(paths) }
    guard isatty(STDIN_FILENO) == 0 else {
      throw Failure("name a file or a folder, or pipe a capture in", .usage)
    }
    return try read([standardInput])
  }

  /// Reads one file, or standard input; a folder is none.
  static func readFile(_ path: String) throws -> EvidenceFile {
    var isFolder: ObjCBool = false
    if path != standardInput, FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder.boolValue
    {
      throw Failure("\(path): it is a folder; name a file", .noInput)
    }
    guard let file = try read([path]).files.first else {
      throw CaseFolder.Failure.missing(path)
    }
    // Beside other files of the same name only the whole path tells which one is meant.
    return EvidenceFile(source: path, bytes: file.bytes)
  }

  /// The captures in a file that is named for what it holds.
  ///
  /// - Throws: `Failure` with the reason and the place when there are none.
  static func captures(in file: EvidenceFile) throws -> [Capture] {
    do throws(ParseError) {
      return try Capture.read(file.bytes, source: file.source)
    } catch {
      throw Failure("\(file.source): \(error)", .badData)
    }
  }

  /// Reads text from standard input, for `--story -`.
  static func standardInputText() throws -> String {
    String(decoding: try standardInputBytes(), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func standardInputBytes() throws -> [UInt8] {
    if isatty(STDIN_FILENO) == 1 {
      Console.remark("leakbook: reading from the terminal: paste the capture, then press Ctrl-D")
    }
    do {
      return try CaseFolder.bytes(of: .standardInput, source: "standard input")
    } catch let error as CaseFolder.Failure {
      throw error
    } catch {
      throw Failure("standard input cannot be read", .inputOutput)
    }
  }
}
