import Foundation
import LeakCasebook
import LeakModel

extension NoteCommand: RemoteCommand {
  func run(on server: RemoteServer) async throws -> String {
    let remark = text == EvidenceInput.standardInput ? try EvidenceInput.standardInputText() : text
    let request = try RemoteRequest.json(
      "POST",
      "\(incident.remotePath)/notes",
      ["text": remark, "author": author.name]
    )
    return try summary(of: try await server.send(request))
  }
}

extension MitigateCommand: RemoteCommand {
  func run(on server: RemoteServer) async throws -> String {
    let fields = ["status": "mitigated", "note": how, "author": author.name]
    return try summary(of: try await server.send(.json("PATCH", incident.remotePath, fields)))
  }
}

extension ResolveCommand: RemoteCommand {
  func run(on server: RemoteServer) async throws -> String {
    let fields = [
      "status": "resolved", "cause": cause, "fix": fix, "commit": commit, "author": author.name,
    ]
    return try summary(of: try await server.send(.json("PATCH", incident.remotePath, fields)))
  }
}

extension ReopenCommand: RemoteCommand {
  func run(on server: RemoteServer) async throws -> String {
    let fields = ["status": "reopened", "note": why, "author": author.name]
    return try summary(of: try await server.send(.json("PATCH", incident.remotePath, fields)))
  }
}

extension RemoteCommand {
  /// The facts of an incident, which these commands print, out of the whole that a server answers.
  fileprivate func summary(of incident: String) throws -> String {
    guard
      var fields = try JSONSerialization.jsonObject(with: Data(incident.utf8)) as? [String: Any]
    else { throw Failure("the server's answer is not understood", .badData) }
    for name in ["evidence", "diagnosis", "timeline", "links", "verification"] {
      fields[name] = nil
    }
    let data = try JSONSerialization.data(
      withJSONObject: fields,
      options: [.sortedKeys, .withoutEscapingSlashes]
    )
    return String(decoding: data, as: UTF8.self)
  }
}
