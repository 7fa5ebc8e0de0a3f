import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakStore
import NIOCore
import Synchronization

/// Makes a repeated POST with one `Idempotency-Key` give the first answer again.
///
/// Only successes are kept, for 24 hours: what was refused did nothing and may be tried again. A
/// request that fails after it has written something, even by a crash, keeps its key: it is not
/// done twice.
final class Idempotency: Sendable {
  private let store: Store
  private let now: @Sendable () -> Instant
  private let underWay = Mutex<Set<String>>([])

  private static let longestKey = 200

  init(store: Store, now: @escaping @Sendable () -> Instant) {
    self.store = store
    self.now = now
  }

  /// Runs work unless its answer is known.
  ///
  /// - Throws: `Problem`: a bad key, another request under the same key, or the same request still
  ///   under way; and what the work throws.
  func once(_ call: Call, _ work: () async throws -> Answer) async throws -> Answer {
    guard let given = call.header(.idempotencyKey) else { return try await work() }
    guard (1...Self.longestKey).contains(given.utf8.count),
      given.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else {
      throw Problem(
        .badRequest,
        "an Idempotency-Key has 1 to \(Self.longestKey) visible ASCII characters"
      )
    }
    // What one token was answered is no business of another that uses the same key.
    let key = "\(call.principal.keySpace) \(given)"
    guard underWay.withLock({ $0.insert(key).inserted }) else {
      throw Problem(.requestUnderWay, "a request with this Idempotency-Key has not ended yet")
    }
    defer { underWay.withLock { _ = $0.remove(key) } }

    let hash = Self.hash(of: call)
    let time = now()
    try await store.forgetResponses(
      before: Instant(milliseconds: time.milliseconds - Store.answerMemory)
    )
    if let known = try await store.recall(key) { return try Self.repeated(known, hash) }
    let answer = try await Claim.$current.withValue(Claim(key: key, requestHash: hash, at: time)) {
      try await work()
    }
    let kept = try CanonicalJSON.text(KeptAnswer(answer))
    try await store.remember(kept, under: key, requestHash: hash, at: time)
    return answer
  }

  /// The answer to a request that came before.
  private static func repeated(_ known: RememberedRequest, _ hash: String) throws -> Answer {
    guard known.requestHash == hash else {
      throw Problem(.keyReused, "this Idempotency-Key came with another request before")
    }
    guard let response = known.response else {
      let kept = known.incident.map { "part of it was kept: see /api/v1/incidents/\($0)" }
      throw Problem(
        .requestCutOff,
        "the first request with this Idempotency-Key did not end; "
          + (kept ?? "what it wrote was kept, and it is not done again")
      )
    }
    return try CanonicalJSON.read(KeptAnswer.self, from: response).answer
  }

  /// SHA-256 over path and body, in lower-case hex.
  private static func hash(of call: Call) -> String {
    let path = Array("\(call.head.path ?? "")\n".utf8)
    return ContentHash.sha256(path + Array(call.body.readableBytesView))
  }
}
