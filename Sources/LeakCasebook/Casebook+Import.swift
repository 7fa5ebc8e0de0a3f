import Foundation
import LeakDiagnosis
package import LeakModel
import LeakStore

/// A folder that was imported.
package struct ImportedCase: Sendable, Equatable {
  package let name: String
  package let incident: IncidentID
  /// Whether it was there before, and nothing was done.
  package let wasKnown: Bool
}

/// A case.json: the truth about a folder of evidence, in the format of shipped cases.
struct CaseFile: Decodable {
  struct Culprit: Decodable {
    let function: String?
  }

  let id: String
  let cause: String
  let service: String?
  let story: String?
  let why: String?
  let fix: String?
  let source: String?
  let goVersion: String?

  enum CodingKeys: String, CodingKey {
    case id
    case cause
    case service
    case story
    case why
    case fix
    case source
    case goVersion = "go_version"
  }
}

/// Why a folder cannot be imported.
package enum ImportError: Error, Equatable, CustomStringConvertible {
  case noCases(String)
  case badCase(String, String)

  package var description: String {
    switch self {
    case .noCases(let path):
      "\(path): no case.json in it or in the folders directly below it"
    case .badCase(let path, let reason):
      "\(path)/case.json: \(reason)"
    }
  }
}

extension Casebook {
  /// Makes resolved incidents of case folders: their cause and story are taken as settled.
  ///
  /// A folder with a case.json is a case; otherwise the folders directly below it that have one
  /// are. A case that was imported before is left as it is.
  ///
  /// - Parameters:
  ///   - path: A case folder, or a folder of them.
  ///   - author: Who imports, for the timelines.
  ///   - progress: Called after each case.
  /// - Returns: What became of each case, in the order of the folders.
  /// - Throws: `ImportError` for a folder without cases or with a broken case.json; cases before it
  ///   stay imported.
  package func importCases(
    in path: String,
    author: String,
    progress: (ImportedCase) -> Void = { _ in }
  ) async throws -> [ImportedCase] {
    let folders = try Self.caseFolders(in: path)
    var known = try await store.importedCases()
    var imported: [ImportedCase] = []
    for folder in folders {
      let file = try Self.caseFile(in: folder)
      let result: ImportedCase
      if let id = known[file.id] {
        result = ImportedCase(name: file.id, incident: id, wasKnown: true)
      } else {
        let id = try await importCase(file, folder: folder, author: author)
        known[file.id] = id
        result = ImportedCase(name: file.id, incident: id, wasKnown: false)
      }
      imported.append(result)
      progress(result)
    }
    return imported
  }

  private func importCase(
    _ file: CaseFile,
    folder: String,
    author: String
  ) async throws -> IncidentID {
    let (files, ignored) = try CaseFolder.read([folder])
    let cause = Cause(rawValue: file.cause).flatMap { $0 == .unknown ? nil : $0 }
    let captured = Examination(files).read.compactMap { $0.capturedAt.flatMap { Instant($0) } }
      .max()
    var labels: [String: String] = [:]
    labels["go"] = file.goVersion
    labels["source"] = file.source
    let story = file.story ?? ""
    let new = NewIncident(
      title: Self.title(story, orElse: file.id),
      service: file.service ?? file.id,
      status: cause == .healthy ? .notALeak : .resolved,
      severity: .p2,
      isSeverityGiven: false,
      story: story,
      openedAt: captured ?? now(),
      loggedAt: now(),
      author: author,
      cause: cause,
      fix: file.fix ?? file.why,
      importedCase: file.id,
      labels: labels
    )
    return try await log(new, files: files, ignored: ignored).incident.id
  }

  /// The story's first sentence, cut to a line.
  ///
  /// A dot ends one only before a blank: `RSS 1.1 GB` and `net/http.Get` go on.
  static func title(_ story: String, orElse name: String) -> String {
    let end = story.indices.first { index in
      let next = story.index(after: index)
      let isLast = next == story.endIndex || story[next].isWhitespace
      return "。！？\n".contains(story[index]) || ".!?".contains(story[index]) && isLast
    }
    let sentence = story[..<(end ?? story.endIndex)]
    guard !sentence.isEmpty else { return name }
    return sentence.count <= 100 ? String(sentence) : String(sentence.prefix(99)) + "…"
  }

  private static func caseFolders(in path: String) throws -> [String] {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let hasCase = { (folder: String) in
      FileManager.default.fileExists(atPath: folder + "/case.json")
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw CaseFolder.Failure.missing(path)
    }
    if hasCase(path) { return [path] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let folders = names.sorted().map { path + "/" + $0 }.filter(hasCase)
    guard !folders.isEmpty else { throw ImportError.noCases(path) }
    return folders
  }

  private static func caseFile(in folder: String) throws -> CaseFile {
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/case.json"))
      return try JSONDecoder().decode(CaseFile.self, from: data)
    } catch let error as DecodingError {
      throw ImportError.badCase(
        folder,
        "it needs \"id\" and \"cause\" as strings (\(error.shortReason))"
      )
    } catch {
      throw ImportError.badCase(folder, "it cannot be read")
    }
  }
}

extension DecodingError {
  /// What a decoder missed, in a few words.
  var shortReason: String {
    switch self {
    case .keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has another type"
    case .dataCorrupted: "it is not JSON"
    @unknown default: "it is not as expected"
    }
  }
}
