import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore
import Testing

@testable import LeakServer

/// Bodies as Alertmanager and Grafana send them.
enum AlertBody {
  /// A group of alerts of one name.
  static func alertmanager(
    group: String = "{}:{alertname=\"GoHeapGrowing\"}",
    fingerprints: [String] = ["8a07086b74f3ba78"],
    status: String = "firing",
    startsAt: String = "2026-11-20T02:38:00.032813093Z",
    labels: String = #""namespace":"shop","pod":"cart-7c9f6d-xk2p9","container":"cart""#,
    truncated: Int = 0
  ) -> String {
    let alerts = fingerprints.map { fingerprint in
      """
      {"status":"\(status)","labels":{"alertname":"GoHeapGrowing","severity":"page",\(labels)},
      "annotations":{"summary":"cart grows & grows","description":"since noon"},
      "startsAt":"\(startsAt)","endsAt":"0001-01-01T00:00:00Z",
      "generatorURL":"http://prom:9090/graph?g0.expr=deriv%28go_memstats%5B1h%5D%29+%3E+0\\u0026g0.tab=1",
      "fingerprint":"\(fingerprint)"}
      """
    }
    let key = JSONValue.text(group).encoded
    return """
      {"receiver":"leakbook","status":"\(status)","alerts":[\(alerts.joined(separator: ","))],
      "notification_reason":"first notification","groupLabels":{"alertname":"GoHeapGrowing"},
      "commonLabels":{},"commonAnnotations":{},"routeLabels":{},"externalURL":"http://am:9093",
      "version":"4","groupKey":\(key),"truncatedAlerts":\(truncated)}
      """
  }

  static let grafana = """
    {"receiver":"leakbook","status":"firing","orgId":1,"alerts":[{"status":"firing",
    "labels":{"alertname":"HeapHigh","service":"relay"},"annotations":{},
    "startsAt":"2026-11-20T10:38:00+08:00","endsAt":"0001-01-01T00:00:00Z",
    "generatorURL":"http://grafana/alerting/1/edit","fingerprint":"c1","silenceURL":"http://g/s",
    "dashboardURL":"","panelURL":"","values":{"A":9.1},"valueString":"[ var='A' value=9.1 ]"}],
    "groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://grafana/",
    "version":"1","groupKey":"{}","truncatedAlerts":0,"title":"t","state":"alerting","message":"m"}
    """
}

struct HookRoutesTests {
  /// A program that begins to write to a database and does not end before whoever started it.
  private static let holdsLock = """
    import os, sqlite3, sys, time
    parent = os.getppid()
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    print("held")
    while os.getppid() == parent:
        time.sleep(0.1)
    """

  private static let path = "/api/v1/hooks/alertmanager"

  @Test(
    arguments: [
      ("fingerprint", #""fingerprint":"8a07086b74f3ba78""#, #""fingerprint":["8a"]"#),
      ("truncatedAlerts", #""truncatedAlerts":0"#, #""truncatedAlerts":true"#),
      ("truncatedAlerts", #""truncatedAlerts":0"#, #""truncatedAlerts":-1"#),
      ("groupKey", #""groupKey":"#, #""groupKey":7,"key":"#),
      ("annotations", #""summary":"cart grows & grows""#, #""summary":null"#),
      ("labels", #""labels":{"#, #""labels":[],"others":{"#),
    ]
  )
  func `a field of another kind is an error that names it`(
    name: String,
    field: String,
    other: String
  ) async throws {
    try await TestServer().requests { client in
      let body = AlertBody.alertmanager().replacing(field, with: other)
      let response = try await client.send(.post, Self.path, body)
      #expect(response.status == .badRequest)
      #expect(try response.json["detail"].text?.contains("\"\(name)\"") == true)
    }
  }

  @Test func `fields that a sender leaves out, or null, are no error`() async throws {
    try await TestServer().requests { client in
      let body = """
        {"version": "4", "groupKey": null, "alerts": [{"status": "firing", "labels": null,
        "startsAt": "2026-11-20T02:38:00Z"}]}
        """
      let response = try await client.send(.post, Self.path, body)
      #expect(response.status == .ok)
    }
  }

  @Test func `a group of alerts opens an incident with what its labels say`() async throws {
    try await TestServer().requests { client in
      let response = try await client.send(.post, Self.path, AlertBody.alertmanager())
      #expect(response.status == .ok)
      #expect(try response.json["incidents"][0]["change"] == .text("opened"))
      let incident = try await client.get("/api/v1/incidents/INC-1").json
      #expect(incident["service"].text == "cart")
      #expect(incident["severity"].text == "P1")
      #expect(incident["title"].text == "cart grows & grows")
      #expect(incident["opened_at"].text == "2026-11-20T02:38:00.032Z")
      #expect(incident["labels"]["pod"].text == "cart-7c9f6d-xk2p9")
      #expect(incident["labels"]["namespace"].text == "shop")
      #expect(incident["story"].text?.contains("deriv(go_memstats[1h]) > 0") == true)
    }
  }

  @Test func `a repeat is answered 200 and changes nothing`() async throws {
    let server = try TestServer()
    try await server.requests { client in
      for _ in 0..<5 {
        let response = try await client.send(.post, Self.path, AlertBody.alertmanager())
        #expect(response.status == .ok)
      }
    }
    #expect(try await server.casebook.store.incidents().items.count == 1)
    #expect(try await server.casebook.store.timeline(of: IncidentID(number: 1)).count == 2)
  }

  @Test func `the end of the alerts mitigates the incident`() async throws {
    try await TestServer().requests { client in
      _ = try await client.send(.post, Self.path, AlertBody.alertmanager())
      let ended = AlertBody.alertmanager(status: "resolved")
      let response = try await client.send(.post, Self.path, ended)
      #expect(try response.json["incidents"][0]["change"] == .text("mitigated"))
      let incident = try await client.get("/api/v1/incidents/INC-1").json
      #expect(incident["status"].text == "mitigated")
      #expect(incident["cause"] == .null)
    }
  }

  @Test func `Grafana's likeness is taken, with what it measured`() async throws {
    try await TestServer().requests { client in
      let response = try await client.send(.post, Self.path, AlertBody.grafana)
      #expect(response.status == .ok)
      let incident = try await client.get("/api/v1/incidents/INC-1").json
      #expect(incident["service"].text == "relay")
      #expect(incident["opened_at"].text == "2026-11-20T02:38:00Z")
      #expect(incident["labels"]["source"].text == "grafana")
      #expect(incident["story"].text?.contains("value=9.1") == true)
    }
  }

  @Test(arguments: [
    ("043737fa7d4b65306416549b14537adb753ed11a55b3fb6f50fec5192bbd3851", 401),
    ("", 401), ("zz", 401),
  ])
  func `a wrong signature of Grafana is refused`(signature: String, status: Int) async throws {
    var chat = ChatSettings()
    chat.grafanaSecrets = [Secret("s3cret")]
    try await TestServer(chat: chat).requests { client in
      let name = try #require(HTTPField.Name("X-Grafana-Alerting-Signature"))
      let response = try await client.send(
        .post,
        Self.path,
        AlertBody.grafana,
        headers: [name: signature]
      )
      #expect(response.status.code == status)
    }
  }

  @Test func `the services of one group are an incident each`() async throws {
    let server = try TestServer()
    let two = AlertBody.alertmanager().replacing(
      #""alerts":["#,
      with: #""alerts":[{"status":"firing","labels":{"service":"relay"},"annotations":{},"#
        + #""startsAt":"2026-11-20T02:38:00Z","fingerprint":"ff"},"#
    )
    try await server.requests { client in
      _ = try await client.send(.post, Self.path, two)
    }
    let services = try await server.casebook.store.incidents().items.map(\.service).sorted()
    #expect(services == ["cart", "relay"])
  }

  @Test func `alerts that the sender left out are told of and not taken for ended`() async throws {
    try await TestServer().requests { client in
      _ = try await client.send(.post, Self.path, AlertBody.alertmanager(truncated: 7))
      let incident = try await client.get("/api/v1/incidents/INC-1").json
      #expect(incident["status"].text == "open")
      #expect(incident["story"].text?.contains("7 further alerts") == true)
    }
  }

  @Test(arguments: [
    "{}", "[]", "null", "{\"version\":\"4\"}", "{\"alerts\":[]}", "not json",
    #"{"version":4,"alerts":[]}"#, #"{"version":"4","alerts":[{"status":"burning"}]}"#,
    #"{"version":"4","alerts":[{"status":"firing","startsAt":"noon"}]}"#,
  ])
  func `what can never be read is 400, so that it is not repeated`(body: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.send(.post, Self.path, body)
      #expect(response.status == .badRequest)
      #expect(try response.problem == "bad-request")
    }
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `a body nested without end is refused`(opening: String) async throws {
    try await TestServer().requests { client in
      let body = String(repeating: opening, count: 100_000)
      let response = try await client.send(.post, Self.path, body)
      #expect(response.status == .badRequest)
    }
  }

  @Test func `a storm of five hundred alerts in one group is one incident`() async throws {
    let server = try TestServer()
    let start = ContinuousClock.now
    try await server.requests { client in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<500 {
          group.addTask {
            let body = AlertBody.alertmanager(fingerprints: ["f\(number)"])
            // What is too much at once is 503, and Alertmanager sends it again.
            var status = HTTPResponse.Status.serviceUnavailable
            while status == .serviceUnavailable {
              status = try await client.send(.post, Self.path, body).status
            }
            #expect(status == .ok)
          }
        }
        try await group.waitForAll()
      }
    }
    print("500 alerts in 500 requests: \(ContinuousClock.now - start)")
    #expect(try await server.casebook.store.incidents().items.count == 1)
  }

  @Test func `a storm of groups is put off with 503 and none of it is lost`() async throws {
    let server = try TestServer()
    try await server.requests { client in
      var statuses: [Int: Int] = [:]
      for number in 0..<100 {
        let body = AlertBody.alertmanager(group: "g\(number)", fingerprints: ["f\(number)"])
        let response = try await client.send(.post, Self.path, body)
        statuses[response.status.code, default: 0] += 1
        if response.status.code == 503 { #expect(response.headers[.retryAfter] != nil) }
      }
      #expect(statuses == [200: 60, 503: 40])
    }
  }

  @Test func `a base that another process holds is 503, so that Alertmanager repeats`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "leakbook.db").path
    let store = try Store.open(path: path, mode: .create)
    let log = folder.appending(path: "holder.log")
    let holder = try ChildProcess(["python3", "-u", "-c", Self.holdsLock, path], log: log)
    defer { holder.end() }
    while try !String(contentsOf: log, encoding: .utf8).contains("held") { await Task.yield() }
    try await TestServer(store: store).requests { client in
      let response = try await client.send(.post, Self.path, AlertBody.alertmanager())
      #expect(response.status == .serviceUnavailable)
      #expect(response.headers[.retryAfter] != nil)
      #expect(try response.problem == "busy")
    }
  }

  @Test(
    arguments: [
      (["service": "a", "job": "b"], "a"),
      (["job": "kube-state-metrics", "container": "cart"], "cart"),
      (["pod": "cart-7c9f6d5b8-xk2p9"], "cart"), (["pod": "db-0"], "db"),
      (["pod": "node-exporter-abcde"], "node-exporter"),
      (["instance": "10.0.0.1:9100"], "10.0.0.1:9100"),
      ([:], "unknown"), (["service": "", "app": "shop"], "shop"),
    ] as [([String: String], String)]
  )
  func `labels name a service`(labels: [String: String], service: String) {
    #expect(AlertLabels(labels: labels).service == service)
  }
}
