import ArgumentParser
import LeakCasebook
import LeakModel

extension DiagnoseCommand: RemoteCommand {
  func run(on server: RemoteServer) async throws -> String {
    let (files, _) = try EvidenceInput.readOrStandardInput(evidence)
    let limit = limit.map { String($0.count) }
    return try await server.send(.form("/api/v1/diagnose", files, [("limit_bytes", limit)]))
  }

  func conclude(_ printed: String) throws {
    let diagnosis = try CanonicalJSON.read(Diagnosis.self, from: printed)
    try conclude(diagnosis)
  }
}
