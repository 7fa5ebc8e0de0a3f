import Foundation
import LeakModel
import Testing

/// The JSON of a diagnosis is a contract: other programs read it.
struct DiagnosisTests {
  @Test func `a diagnosis is read back from its JSON`() throws {
    let data = try JSONEncoder().encode(Self.full)
    #expect(try JSONDecoder().decode(Diagnosis.self, from: data) == Self.full)
  }

  @Test func `a diagnosis without the optional parts is read back from its JSON`() throws {
    let data = try JSONEncoder().encode(Self.bare)
    #expect(try JSONDecoder().decode(Diagnosis.self, from: data) == Self.bare)
  }

  @Test func `the schema names itself`() throws {
    #expect(try object(Self.full)["schema"] as? String == "leakbook.diagnosis/1")
  }

  /// `rules` is not in the contract: the hash of the playbooks that judged.
  @Test(arguments: [full, bare])
  func `a diagnosis has the keys of the contract, and the rules`(diagnosis: Diagnosis) throws {
    let contract: Set = [
      "schema", "evidence", "ignored", "verdicts", "next", "severity", "quadrant", "breakdown",
      "forecast",
    ]
    #expect(try Set(object(diagnosis).keys) == contract.union(["rules"]))
  }

  @Test func `a forecast that is not made is null`() throws {
    #expect(try object(Self.full)["forecast"] is NSNull)
  }

  @Test(arguments: ["quadrant", "breakdown", "forecast"])
  func `what is not known of a diagnosis is null`(key: String) throws {
    #expect(try object(Self.bare)[key] is NSNull)
  }

  @Test(arguments: [full, bare])
  func `a verdict has the keys of the contract`(diagnosis: Diagnosis) throws {
    #expect(
      try keys(of: "verdicts", in: diagnosis) == [
        "cause", "family", "confidence", "title", "culprit", "for", "against", "unknown", "agree",
        "playbook",
      ]
    )
  }

  @Test(arguments: [full, bare])
  func `a read capture has the keys of the contract`(diagnosis: Diagnosis) throws {
    #expect(
      try keys(of: "evidence", in: diagnosis) == ["source", "format", "captured_at", "sha256"]
    )
  }

  @Test func `an ignored file has the keys of the contract`() throws {
    #expect(try keys(of: "ignored", in: Self.full) == ["source", "reason"])
  }

  @Test func `a next capture has the keys of the contract`() throws {
    #expect(try keys(of: "next", in: Self.full) == ["capture", "command", "why"])
  }

  @Test func `a culprit has the keys of the contract`() throws {
    let culprit = Culprit(function: "main.run", file: nil, line: nil, kind: .goroutine)
    #expect(try Set(object(culprit).keys) == ["function", "file", "line", "kind"])
  }

  /// `weight` is not in the contract: what the fact adds to the log-odds.
  @Test(arguments: [FactValue.number(41.5), nil])
  func `a reason has the keys of the contract, and its weight`(value: FactValue?) throws {
    let reason = Reason(
      fact: "goroutine.slope",
      value: value,
      unit: nil,
      statement: "",
      from: [],
      weight: 1
    )
    let contract: Set = ["fact", "value", "unit", "statement", "from"]
    #expect(try Set(object(reason).keys) == contract.union(["weight"]))
  }

  @Test func `a breakdown has the keys of the contract`() throws {
    let breakdown = try #require(try object(Self.full)["breakdown"] as? [String: Any])
    #expect(
      Set(breakdown.keys) == [
        "rss_bytes", "heap_inuse_bytes", "heap_idle_held_bytes", "stacks_bytes", "runtime_bytes",
        "file_bytes", "unexplained_bytes",
      ]
    )
  }

  @Test(arguments: [
    (FactValue.number(41.5), "41.5"), (.word("chan_send"), "\"chan_send\""), (.flag(true), "true"),
    (.number(1), "1"), (.number(0), "0"),
  ])
  func `a fact's value is a plain JSON value`(value: FactValue, json: String) throws {
    let text = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    #expect(text == json)
    #expect(try JSONDecoder().decode(FactValue.self, from: Data(json.utf8)) == value)
  }

  private func object(_ value: some Encodable) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(value))
    return try #require(json as? [String: Any])
  }

  /// The keys of the first element of a list.
  private func keys(of list: String, in diagnosis: Diagnosis) throws -> Set<String> {
    let elements = try #require(try object(diagnosis)[list] as? [[String: Any]])
    return Set(try #require(elements.first).keys)
  }

  private static let full = Diagnosis(
    evidence: [
      ReadCapture(
        source: "heap.2.pb.gz",
        format: "pprof-heap",
        capturedAt: "2026-11-20T03:12:09Z",
        sha256: "00"
      )
    ],
    ignored: [IgnoredFile(source: "notes.bin", reason: "not recognised")],
    verdicts: [
      Verdict(
        cause: .channelSendBlocked,
        confidence: 0.93,
        title: "Blocked forever",
        culprit: Culprit(function: "main.run", file: "run.go", line: 41, kind: .goroutine),
        reasonsFor: [
          Reason(
            fact: "goroutine.slope",
            value: .number(41.5),
            unit: "1/min",
            statement: "they grow",
            from: ["goroutine.2.txt"],
            weight: 2
          )
        ],
        reasonsAgainst: [
          Reason(
            fact: "goroutine.burst",
            value: .flag(true),
            unit: nil,
            statement: "a burst",
            from: [],
            weight: -1
          )
        ],
        unknown: [
          Reason(
            fact: "gc.rate",
            value: nil,
            unit: nil,
            statement: "not captured",
            from: [],
            weight: 0
          )
        ],
        agree: ["goroutines"],
        playbook: "channel-send-blocked"
      )
    ],
    next: [NextCapture(capture: "a dump", command: "curl", why: "it decides")],
    severity: .p1,
    quadrant: .progressiveGrowth,
    breakdown: MemoryBreakdown(
      rss: 100,
      heapInuse: 50,
      heapIdleHeld: 10,
      stacks: 10,
      runtime: 10,
      file: 15,
      unexplained: 5
    ),
    rules: "1c2f"
  )

  private static let bare = Diagnosis(
    evidence: [ReadCapture(source: "a", format: "gctrace", capturedAt: nil, sha256: "00")],
    ignored: [],
    verdicts: [Verdict(cause: .unknown, confidence: 1, title: "")],
    next: [],
    severity: .p3,
    quadrant: nil,
    breakdown: nil,
    rules: ""
  )
}
