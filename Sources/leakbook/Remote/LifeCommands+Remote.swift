import ArgumentParser
import Foundation
import LeakCasebook
import LeakModel
import LeakStore

extension NoteCommand: RemoteDatabaseCommand {
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

extension MitigateCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let fields = ["status": "mitigated", "note": how, "author": author.name]
    return try summary(of: try await server.send(.json("PATCH", incident.remotePath, fields)))
  }
}

extension ResolveCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let fields = [
      "status": "resolved", "cause": cause, "fix": fix, "commit": commit, "author": author.name,
    ]
    return try summary(of: try await server.send(.json("PATCH", incident.remotePath, fields)))
  }
}

extension ReopenCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let (files, _) = try EvidenceInput.read(evidence)
    let fields = ["status": "reopened", "note": why, "author": author.name]
    let reopened = try await server.send(.json("PATCH", incident.remotePath, fields))
    guard !files.isEmpty else { return try summary(of: reopened) }
    return try await server.send(
      .form("\(incident.remotePath)/evidence", files, [("author", author.name)])
    )
  }
}

extension LabelCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let changes = Dictionary(
      labels.map { ($0.key, Optional($0.value)) } + remove.map { ($0, nil) },
      uniquingKeysWith: { $1 }
    )
    let fields = ["author": author.name]
    return try summary(
      of: try await server.send(.json("PATCH", incident.remotePath, fields, labels: changes))
    )
  }
}

extension EditCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let fields = [
      "severity": severity?.rawValue, "title": title, "story": try told, "author": author.name,
    ]
    return try summary(of: try await server.send(.json("PATCH", incident.remotePath, fields)))
  }
}

extension LinkCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let links = "\(incident.remotePath)/links"
    let request: RemoteRequest =
      try undo
      ? .delete("\(links)/\(original)", [("author", author.name)])
      : .json(
        "POST",
        links,
        ["target": original.description, "kind": kind.rawValue, "author": author.name]
      )
    return try summary(of: try await server.send(request))
  }
}

extension VerifyCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let files = try EvidenceInput.read(evidence).files
    let parameters = [("comparable", String(comparable)), ("author", author.name)]
    return try await server.send(
      .form("\(incident.remotePath)/verification", files, parameters)
    )
  }

  func conclude(_ printed: String) throws {
    let document = try CanonicalJSON.read(VerificationDocument.self, from: printed)
    if failOn.isReached(by: document.answer) { throw ExitCode.findings }
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
