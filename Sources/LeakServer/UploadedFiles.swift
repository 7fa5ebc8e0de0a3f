import Foundation
import HTTPTypes
import Hummingbird
import LeakDiagnosis

/// The files that a request carries, in whichever way it does.
enum UploadedFiles {
  /// Files inside a JSON object: `{"files": [{"name": "heap.pb.gz", "base64": "…"}]}`.
  private struct Envelope: RequestFields {
    struct File: Decodable {
      let name: String
      let base64: Data
    }

    enum Field: String, CodingKey, CaseIterable {
      case files
    }

    let files: [File]
  }

  /// Reads a body as one capture, or as the files of a form.
  ///
  /// - Throws: `Problem` or `MultipartError`; both when there is no file or an empty one.
  static func captures(of call: Call) throws -> [EvidenceFile] {
    guard call.mediaType == "multipart/form-data" else { return [try capture(of: call)] }
    guard let boundary = HeaderValue(call.header(.contentType) ?? "")?.parameters["boundary"] else {
      throw Problem(.badRequest, "the content type multipart/form-data has no boundary")
    }
    return try Multipart(call.bytes, boundary: boundary).parts.map { part in
      guard let filename = part.disposition.filename else {
        let name = part.disposition.parameters["name"] ?? ""
        throw Problem(.unknownField, "part \"\(name)\" has no file name: only files are read here")
      }
      return try file(filename, part.bytes)
    }
  }

  /// Reads a body as `captures` does, and a JSON object with files besides.
  static func capturesOrJSON(of call: Call) throws -> [EvidenceFile] {
    guard call.mediaType == "application/json" else { return try captures(of: call) }
    let files = try call.fields(Envelope.self).files
    guard !files.isEmpty else { throw Problem(.badRequest, "\"files\" is empty") }
    return try files.map { try file($0.name, [UInt8]($0.base64)) }
  }

  /// The name that a capture is kept under: the last part of a path, without control characters.
  static func safeName(_ name: String) -> String {
    let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
    let plain = last.unicodeScalars.filter { scalar in
      scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format
    }
    let text = String(String(String.UnicodeScalarView(plain)).prefix(longestName))
    return text.allSatisfy { $0 == "." || $0.isWhitespace } ? nameless : text
  }

  private static let nameless = "capture"
  /// In characters; as long as file systems allow, about.
  private static let longestName = 200

  private static func capture(of call: Call) throws -> EvidenceFile {
    let disposition = ContentDisposition(call.header(.contentDisposition) ?? "")
    return try file(call.query["name"] ?? disposition?.filename ?? nameless, call.bytes)
  }

  private static func file(_ name: String, _ bytes: [UInt8]) throws(Problem) -> EvidenceFile {
    let name = safeName(name)
    guard !bytes.isEmpty else { throw Problem(.badRequest, "file \"\(name)\" is empty") }
    return EvidenceFile(source: name, bytes: bytes)
  }
}
