import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakChat
import LeakDiagnosis
import LeakModel
import LeakServer
import LeakStore
import Testing

struct EvidenceRoutesTests {
  private static let path = "/api/v1/incidents/INC-1/evidence"

  @Test func `a raw capture is kept under its name and diagnosed`() async throws {
    let server = try TestServer()
    let bytes = try Fixture.bytes(Fixture.goroutines)
    try await server.requests { client in
      try await client.openIncident()
      let response = try await client.upload(Self.path + "?name=/tmp/goroutine.pb.gz", bytes)
      #expect(response.status == .created)
      let json = try response.json
      #expect(json["added"][0]["source"] == .text("goroutine.pb.gz"))
      #expect(json["diagnosis"]["schema"] == .text("leakbook.diagnosis/1"))
      #expect(json["id"] == .text("INC-1"))
    }
    let kept = try await server.casebook.evidenceFiles(of: IncidentID(number: 1))
    #expect(kept.map(\.bytes) == [bytes])
  }

  @Test func `a header names a capture as well`() async throws {
    let bytes = try Fixture.bytes(Fixture.heap)
    try await TestServer().requests { client in
      try await client.openIncident()
      let response = try await client.execute(
        uri: Self.path,
        method: .post,
        headers: [.contentDisposition: #"attachment; filename="heap.pb.gz""#],
        body: ByteBuffer(bytes: bytes)
      )
      #expect(try response.json["added"][0]["source"] == .text("heap.pb.gz"))
    }
  }

  @Test func `a form's files are all kept`() async throws {
    let form = Fixture.form(
      [
        ("g.pb.gz", try Fixture.bytes(Fixture.goroutines)),
        ("h.pb.gz", try Fixture.bytes(Fixture.heap)),
      ],
      boundary: "XYZ"
    )
    try await TestServer().requests { client in
      try await client.openIncident()
      let response = try await client.upload(
        Self.path,
        form,
        type: "multipart/form-data; boundary=XYZ"
      )
      #expect(try response.json["added"].items.map { $0["source"].text } == ["g.pb.gz", "h.pb.gz"])
    }
  }

  @Test func `what is not recognised is kept all the same and listed`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let response = try await client.upload(Self.path + "?name=notes.bin", [0, 1, 2, 3])
      #expect(response.status == .created)
      #expect(try response.json["ignored"][0]["source"] == .text("notes.bin"))
      #expect(try response.json["diagnosis"] == .null)
      #expect(try await client.get("/api/v1/incidents/1").json["evidence"].items.count == 1)
    }
  }

  @Test func `evidence for an incident that is not there is 404`() async throws {
    try await TestServer().requests { client in
      let response = try await client.upload(Self.path, [1])
      #expect(response.status == .notFound)
    }
  }

  @Test(arguments: [
    ("application/octet-stream", ""), ("multipart/form-data", "x"),
    ("multipart/form-data; boundary=XYZ", "x"),
    (
      "multipart/form-data; boundary=XYZ",
      "--XYZ\r\nContent-Disposition: form-data; name=\"author\"\r\n\r\nli\r\n--XYZ--"
    ),
  ])
  func `a body without a file is refused`(type: String, body: String) async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let response = try await client.upload(Self.path, Array(body.utf8), type: type)
      #expect(response.status == .badRequest)
    }
  }

  @Test func `an upload beyond the limit is refused`() async throws {
    var limits = Configuration.Limits()
    limits.upload = 1_000
    try await TestServer(limits: limits).requests { client in
      try await client.openIncident()
      let response = try await client.upload(Self.path, [UInt8](repeating: 1, count: 1_001))
      #expect(response.status == .contentTooLarge)
      #expect(try response.problem == "too-large")
    }
  }

  @Test func `JSON beyond 2 MiB is refused`() async throws {
    try await TestServer().requests { client in
      let story = String(repeating: "a", count: 2 << 20)
      let response = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "t", "service": "s", "story": "\#(story)"}"#
      )
      #expect(response.status == .contentTooLarge)
    }
  }

  @Test func `without room for an upload the client is told to wait`() async throws {
    var limits = Configuration.Limits()
    limits.uploadsAtOnce = 0
    limits.waitingAtOnce = 0
    try await TestServer(limits: limits).requests { client in
      let response = try await client.upload("/api/v1/diagnose", [1])
      #expect(response.status == .serviceUnavailable)
      #expect(response.headers[.retryAfter] == "1")
    }
  }
}

struct DiagnosisRoutesTests {
  @Test func `a capture is diagnosed and nothing is kept`() async throws {
    let server = try TestServer()
    let bytes = try Fixture.bytes(Fixture.goroutines)
    try await server.requests { client in
      let response = try await client.upload("/api/v1/diagnose?name=g.pb.gz", bytes)
      #expect(response.status == .ok)
      let diagnosis = try server.casebook.diagnoser.diagnose([
        EvidenceFile(source: "g.pb.gz", bytes: bytes)
      ])
      let text = try CanonicalJSON.text(diagnosis)
      #expect(response.text == text + "\n")
    }
    #expect(try await server.casebook.store.captures().isEmpty)
  }

  @Test func `files in JSON and in a form give the same diagnosis`() async throws {
    let bytes = try Fixture.bytes(Fixture.heap)
    let form = Fixture.form([("h", bytes)], boundary: "XYZ")
    try await TestServer().requests { client in
      let json = try await client.send(
        .post,
        "/api/v1/diagnose",
        #"{"files": [{"name": "h", "base64": "\#(Data(bytes).base64EncodedString())"}]}"#
      )
      #expect(json.status == .ok)
      let multipart = try await client.upload(
        "/api/v1/diagnose",
        form,
        type: "multipart/form-data; boundary=XYZ"
      )
      #expect(json.text == multipart.text)
    }
  }

  @Test func `nothing recognised is a problem with the reasons`() async throws {
    try await TestServer().requests { client in
      let response = try await client.upload("/api/v1/diagnose?name=a.bin", [0, 1, 2, 3])
      #expect(response.status == .unprocessableContent)
      #expect(try response.problem == "nothing-recognised")
      #expect(try response.json["ignored"][0]["source"] == .text("a.bin"))
    }
  }

  @Test(arguments: [
    "{}", #"{"files": []}"#, #"{"files": [{"name": "a", "base64": "!"}]}"#, #"{"heap": 1}"#,
  ])
  func `JSON without files is refused`(body: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.send(.post, "/api/v1/diagnose", body)
      #expect(response.status == .badRequest)
    }
  }
}
