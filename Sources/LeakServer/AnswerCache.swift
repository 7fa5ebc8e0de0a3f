import HTTPTypes
import Hummingbird
import LeakStore

/// Gives short answers again as long as nothing is written.
///
/// On the night of an incident many look at the same few pages; what they get does not change
/// until somebody writes.
struct AnswerCache: Sendable {
  let store: Store
  private let answers = GenerationCache<String, Answer>(mostEntries: 256)
  private let underWay = SharedWork<Question, Answer>()

  /// What is asked, and of which state of the store.
  private struct Question: Hashable {
    let key: String
    let generation: Int
  }

  /// Longer answers are not kept: 256 of these make 16 MiB.
  private static let longest = 64 << 10

  init(store: Store) {
    self.store = store
  }

  /// An answer that is known, or else what the work comes to.
  func answer(
    to request: Request,
    _ work: () async throws -> Answer
  ) async throws -> Answer {
    let generation = try store.generation()
    let key = Self.key(of: request)
    if let answer = answers.value(for: key, at: generation) { return answer }
    return try await underWay.value(for: Question(key: key, generation: generation)) {
      var answer = try await work()
      guard answer.status == .ok, answer.headers[.cacheControl] == nil, answer.pieces == nil,
        answer.body.utf8.count <= Self.longest
      else { return answer }
      if answer.headers[.eTag] == nil { answer.headers[.eTag] = answer.contentTag }
      answers.keep(answer, for: key, at: generation)
      return answer
    }
  }

  /// All that an answer hangs on besides the store: the path with its query, and the forms asked for.
  private static func key(of request: Request) -> String {
    [
      request.head.path ?? "", request.headers[.accept] ?? "",
      request.headers[.acceptLanguage] ?? "",
    ].joined(separator: "\n")
  }
}
