import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore
import Testing

@testable import LeakServer

struct AccessTests {
  @Test func `while no token was ever made this machine is let in`() async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/api/v1/incidents")
      #expect(response.status == .ok)
    }
  }

  @Test func `a server that others reach asks for a token even when there is none left`()
    async throws
  {
    let server = try TestServer()
    let gatekeeper = Gatekeeper(
      store: server.casebook.store,
      isLoopback: false,
      badTokens: 10,
      now: { TestServer.present },
      ticks: { .now }
    )
    let problem = await #expect(throws: Problem.self) {
      try await gatekeeper.identify(.reading, from: "192.0.2.7", for: .token(.read))
    }
    #expect(problem?.kind == .unauthorized)
  }

  @Test func `revoking the last token does not open the server`() async throws {
    let server = try TestServer()
    _ = try await server.token("only", [.read])
    _ = try await server.casebook.revokeToken(named: "only", actor: "user:tester")
    try await server.requests { client in
      let response = try await client.get("/api/v1/incidents")
      #expect(response.status == .unauthorized)
    }
  }

  @Test(arguments: [
    "Bearer", "Basic bGJrXzp4", "Bearer lbk_short", "lbk_",
    "Bearer lbk_" + String(repeating: "0", count: 49),
  ])
  func `anything but a token in the header is refused, even where none is needed`(
    header: String
  ) async throws {
    try await TestServer().requests { client in
      let response = try await client.get(
        "/api/v1/incidents",
        headers: [.authorization: header]
      )
      #expect(response.status == .unauthorized)
      #expect(response.headers[.wwwAuthenticate] == "Bearer error=\"invalid_token\"")
    }
  }

  @Test func `after ten bad tokens a minute the address is told to wait, and a good one gets in`()
    async throws
  {
    let server = try TestServer()
    let good = try await server.token("good", [.read])
    try await server.requests { client in
      for attempt in 1...12 {
        let response = try await client.get("/api/v1/causes", headers: .bearer("lbk_bad"))
        #expect(response.status == (attempt <= 10 ? .unauthorized : .tooManyRequests))
      }
      #expect(try await client.get("/api/v1/causes", headers: .bearer(good)).status == .ok)
    }
  }

  @Test func `a change is by its token unless the request says otherwise`() async throws {
    let server = try TestServer()
    let token = try await server.token("pager", [.write])
    try await server.requests { client in
      let response = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "t", "service": "s"}"#,
        headers: .bearer(token)
      )
      #expect(response.status == .created)
      let incident = try await client.get("/api/v1/incidents/1", headers: .bearer(token)).json
      #expect(incident["timeline"][0]["author"].text == "pager")
    }
  }

  @Test func `a key of one token is not the key of another`() async throws {
    let server = try TestServer()
    let tokens = [try await server.token("one", [.write]), try await server.token("two", [.write])]
    try await server.requests { client in
      for token in tokens {
        var headers = HTTPFields.bearer(token)
        headers[.idempotencyKey] = "same"
        let body = #"{"title": "t", "service": "s"}"#
        let response = try await client.send(.post, "/api/v1/incidents", body, headers: headers)
        #expect(response.status == .created)
      }
    }
    #expect(try await server.casebook.store.incidents().items.count == 2)
  }

  @Test func `the secret of a token is nowhere in the store`() async throws {
    let server = try TestServer()
    let secret = try await server.token("pager", [.read])
    let tokens = try await server.casebook.store.tokens()
    #expect(!"\(tokens)".contains(secret.dropFirst(4).prefix(20)))
  }
}

struct RateTests {
  @Test func `a token may ask as often as its rate allows, and is told when it may again`()
    async throws
  {
    var rates = Configuration.Rates()
    rates.read = 2
    let server = try TestServer(rates: rates)
    let token = try await server.token("bot", [.read])
    try await server.requests { client in
      var statuses: [Int] = []
      for _ in 0..<6 {
        let response = try await client.get("/api/v1/causes", headers: .bearer(token))
        statuses.append(response.status.code)
        if response.status == .tooManyRequests {
          #expect(response.headers[.retryAfter] == "1")
          #expect(response.headers[.rateLimitLimit] == "2")
          #expect(response.headers[.rateLimitRemaining] == "0")
        }
      }
      #expect(statuses.prefix(4).allSatisfy { $0 == 200 })
      #expect(statuses.last == 429)
    }
  }

  @Test func `over a minute a key gets its rate within two percent`() {
    let limiter = RateLimiter(.perSecond(50))
    let start = ContinuousClock.now
    var allowed = 0
    // 400 tries a second for a minute, of which the first hundred are the burst.
    for index in 0..<24_000 {
      let time = start + .seconds(Double(index) / 400)
      if limiter.take("key", at: time) == .allowed { allowed += 1 }
    }
    #expect((3_040...3_160).contains(allowed))
  }

  @Test func `a key that is denied is told how long`() {
    let limiter = RateLimiter(RateLimiter.Rate(perSecond: 2, burst: 1))
    let now = ContinuousClock.now
    #expect(limiter.take("key", at: now) == .allowed)
    #expect(limiter.take("key", at: now) == .denied(after: 0.5))
    #expect(limiter.take("other", at: now) == .allowed)
    #expect(limiter.take("key", at: now + .milliseconds(500)) == .allowed)
  }

  @Test func `no more keys are remembered than fit`() {
    let limiter = RateLimiter(.perSecond(1), mostKeys: 100)
    let start = ContinuousClock.now
    for index in 0..<10_000 {
      _ = limiter.take("address \(index)", at: start + .milliseconds(index))
      #expect(limiter.keyCount <= 100)
    }
  }

  @Test func `a clock that stands still or goes back gives nothing away`() {
    let limiter = RateLimiter(RateLimiter.Rate(perSecond: 1, burst: 1))
    let now = ContinuousClock.now
    #expect(limiter.take("key", at: now) == .allowed)
    #expect(limiter.take("key", at: now - .seconds(60)) == .denied(after: 1))
  }
}

extension Request {
  /// A request without anything in it.
  fileprivate static var reading: Request {
    Request(
      head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/"),
      body: RequestBody(buffer: ByteBuffer())
    )
  }
}
