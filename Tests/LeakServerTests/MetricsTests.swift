import HTTPTypes
import HummingbirdTesting
import LeakChat
import Testing

@testable import LeakServer

struct MetricsTests {
  @Test func `requests are counted by the route's template`() async throws {
    try await TestServer().requests { client in
      _ = try await client.get("/api/v1/incidents/INC-7")
      _ = try await client.get("/no/such/path")
      let text = try await client.get("/metrics").text
      let name = "leakbook_http_requests_total"
      #expect(
        text.contains(#"\#(name){route="/api/v1/incidents/{id}",method="GET",status="4xx"} 1"#)
      )
      #expect(text.contains(#"\#(name){route="NotFound",method="GET",status="4xx"} 1"#))
    }
  }

  @Test func `diagnoses are counted by cause`() async throws {
    let bytes = try Fixture.bytes(Fixture.goroutines)
    try await TestServer().requests { client in
      let diagnosis = try await client.upload("/api/v1/diagnose", bytes).json
      let cause = try #require(diagnosis["verdicts"][0]["cause"].text)
      let text = try await client.get("/metrics").text
      #expect(text.contains(#"leakbook_diagnoses_total{cause="\#(cause)"} 1"#))
      #expect(text.contains("leakbook_analysis_duration_seconds_count 1"))
    }
  }

  @Test(arguments: [
    #"leakbook_incidents{status="open"} 1"#, "leakbook_store_up 1", "model_up 1",
    "# TYPE leakbook_store_bytes gauge", "# TYPE process_resident_memory_bytes gauge",
    "# TYPE leakbook_http_request_duration_seconds histogram",
  ])
  func `the store and the process are in it`(line: String) async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let response = try await client.get("/metrics")
      #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(response.text.contains(line))
    }
  }

  @Test func `a label's value cannot end early`() {
    #expect(Exposition.escaped("a\"b\\c\nd\r\n") == #"a\"b\\c\nd"# + "\r\\n")
  }

  @Test func `a histogram counts each time under every bound above it`() {
    var histogram = Histogram()
    histogram.add(.milliseconds(20))
    histogram.add(.seconds(60))
    #expect(histogram.counts == [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    #expect(histogram.count == 2)
    #expect(histogram.sum == 60.02)
  }
}
