import Foundation
import LeakCasebook
import LeakModel
import LeakStore
import Testing

/// The JSON that command line and server print.
struct DocumentsTests {
  private let casebook: Casebook

  init() throws {
    casebook = try .empty()
  }

  @Test func `hits have the keys of the contract`() async throws {
    try await casebook.log("blocked", try Fixture.blockedSenderFiles())
    let similar = try await casebook.similar(to: try Fixture.blockedSenderFiles())
    let document = try object(HitsDocument(similar))
    #expect(Set(document.keys) == ["schema", "hits", "nothing_similar"])
    #expect(document["schema"] as? String == "leakbook.hits/1")
    let hit = try #require((document["hits"] as? [[String: Any]])?.first)
    #expect(Set(hit.keys) == ["incident", "differences", "case", "score", "cause", "title", "why"])
    #expect(hit["case"] is NSNull)
    let why = try #require((hit["why"] as? [[String: Any]])?.first)
    #expect(Set(why.keys) == ["kind", "detail"])
  }

  @Test func `a hit that was repaired says how, by whom and when`() async throws {
    let id = try await casebook.log("blocked", try Fixture.blockedSenderFiles()).incident.id
    _ = try await casebook.resolve(
      id,
      cause: .channelSendBlocked,
      fix: "a buffered channel",
      commit: nil,
      author: "bob"
    )
    let similar = try await casebook.similar(to: try Fixture.blockedSenderFiles())
    let hits = try object(HitsDocument(similar))["hits"] as? [[String: Any]]
    let repair = try #require(hits?.first?["repair"] as? [String: Any])
    #expect(Set(repair.keys) == ["fix", "author", "at", "go_version", "verified"])
    #expect(repair["fix"] as? String == "a buffered channel")
    #expect(repair["author"] as? String == "bob")
    #expect(repair["at"] as? String == Casebook.now.description)
    #expect(repair["verified"] as? Bool == false)
  }

  @Test func `no hits say that nothing is similar`() async throws {
    let similar = try await casebook.similar(toText: "anything")
    #expect(try CanonicalJSON.text(HitsDocument(similar)).contains("\"nothing_similar\":true"))
  }

  @Test(
    arguments: [
      "plain", "\"quoted\" and \\ back", "a\nb\tc\rd\u{8}\u{C}", "x\u{1}\u{1F}\u{7F}\u{80}",
      "中文 é e\u{301} 🏻 \u{2028}\u{2029} \u{FEFF} </script>", "a/b, {c: [d]}",
    ]
  )
  func `an incident in the store gives the bytes of its document`(text: String) async throws {
    let other = try await casebook.log("other").incident.id
    let new = NewIncident(
      title: text,
      service: text,
      severity: .p1,
      story: text,
      openedAt: Casebook.now,
      loggedAt: Casebook.now,
      author: text,
      labels: [text: text, "b": "", "B": "1", "a_b": "2", "é": "3", "z": "4", "中": "5"]
    )
    let id = try await casebook.log(new, files: try Fixture.blockedSenderFiles()).incident.id
    try await casebook.note(text, on: id, author: text)
    try await casebook.link(id, to: other, as: .relatedTo, author: text)
    for id in [id, other] {
      let document = IncidentDocument(try await casebook.report(on: id))
      let json = try IncidentDocument.json(of: try await casebook.store.state(of: id))
      #expect(json == (try CanonicalJSON.text(document)))
    }
  }

  @Test func `an incident has every key, with null where nothing is known`() async throws {
    let id = try await casebook.log("memory climbs").incident.id
    let document = try object(IncidentDocument(try await casebook.report(on: id)))
    for key in ["cause", "fix", "commit", "case", "diagnosis"] {
      #expect(document[key] is NSNull, "\(key)")
    }
    #expect(document["id"] as? String == "INC-1")
    #expect(document["opened_at"] as? String == Casebook.now.description)
  }

  @Test func `a list has its items and where the next page begins`() throws {
    #expect(try CanonicalJSON.text(ListDocument([1, 2])) == "{\"items\":[1,2],\"next\":null}")
  }

  @Test func `canonical JSON has its keys in order and slashes plain`() throws {
    #expect(try CanonicalJSON.text(["b": "x/y", "a": "z"]) == "{\"a\":\"z\",\"b\":\"x/y\"}")
  }

  @Test func `canonical JSON is read back`() throws {
    let value = ["b": [1.5, 2], "a": []]
    #expect(
      try CanonicalJSON.read([String: [Double]].self, from: CanonicalJSON.text(value)) == value
    )
  }

  private func object(_ value: some Encodable) throws -> [String: Any] {
    let data = Data(try CanonicalJSON.text(value).utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
  func `no field of a table is a formula`(text: String) {
    #expect(CSVField.text(text).drop { $0 == "\"" }.hasPrefix("'"))
  }
}
