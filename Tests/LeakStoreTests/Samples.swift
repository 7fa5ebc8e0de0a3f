import LeakModel

@testable import LeakStore

extension Instant {
  /// A moment of the night of 2026-11-20, counted from 03:00 UTC.
  static func night(minute: Int) -> Instant {
    Instant(milliseconds: 1_795_143_600_000 + Int64(minute) * 60_000)
  }
}

extension NewIncident {
  /// An incident of service `api`, opened and logged at the same minute of the night.
  static func sample(
    _ title: String = "api eats memory",
    service: String = "api",
    minute: Int = 0,
    story: String = "",
    change: (inout NewIncident) -> Void = { _ in }
  ) -> NewIncident {
    let time = Instant.night(minute: minute)
    var incident = NewIncident(
      title: title,
      service: service,
      severity: .p1,
      story: story,
      openedAt: time,
      loggedAt: time,
      author: "mia"
    )
    change(&incident)
    return incident
  }
}

extension RawCapture {
  /// A text capture that was added at a minute of the night.
  static func sample(
    _ source: String = "heap.0.txt",
    text: String = "heap profile: 1: 2",
    minute: Int = 0
  ) -> RawCapture {
    let bytes = Array(text.utf8)
    let evidence = Evidence(
      sha256: address(of: bytes),
      source: source,
      format: "pprof-heap",
      size: Int64(bytes.count),
      capturedAt: .night(minute: -5),
      addedAt: .night(minute: minute)
    )
    return RawCapture(evidence: evidence, bytes: bytes)
  }

  /// 64 hex digits that stand for the SHA-256, which the store does not compute: FNV-1a.
  static func address(of bytes: [UInt8]) -> String {
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String((String(repeating: "0", count: 16) + digits).suffix(16)).repeated(4)
  }
}

extension StoredVerdict {
  /// A verdict that was given at a minute of the night.
  static func sample(
    _ cause: Cause,
    culprit: String? = nil,
    confidence: Double = 0.9,
    minute: Int = 1
  ) -> StoredVerdict {
    StoredVerdict(
      at: .night(minute: minute),
      cause: cause,
      confidence: confidence,
      culprit: culprit,
      rules: "r1",
      json: #"{"schema": "leakbook.diagnosis/1"}"#
    )
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
