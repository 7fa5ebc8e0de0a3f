import EmbeddedCatalog
package import LeakAnalysis
package import LeakModel

/// All playbooks, by cause.
package struct Rulebook: Sendable, Equatable {
  private var english: [Cause: Playbook] = [:]
  private var chinese: [Cause: PlaybookTranslation] = [:]

  /// Makes a rulebook without playbooks.
  package init() {}

  /// Reads playbook files, each of which takes the place of the one for its cause in `base`.
  ///
  /// A playbook that is replaced loses its Chinese twin too, unless `files` holds a new one.
  ///
  /// - Parameters:
  ///   - files: The paths end in `<family>/<id>.md`, and in `zh/<family>/<id>.md` for Chinese;
  ///     a `README.md` is passed over. In any order.
  ///   - base: The rulebook to extend.
  /// - Throws: `PlaybookError` with the problems of all files.
  package init(
    files: [(path: String, text: String)],
    over base: Rulebook = Rulebook()
  ) throws(PlaybookError) {
    self = base
    var problems: [PlaybookProblem] = []
    var new = Rulebook()
    for (path, text) in files where !path.hasSuffix("README.md") {
      do {
        let source = try PlaybookSource(path: path, text: text)
        if Self.isChinese(path) {
          let translation = try PlaybookTranslation(source)
          if let other = new.chinese.updateValue(translation, forKey: translation.id) {
            problems.append(source.problem(at: "id:", "\(other.source.path) has the same id"))
          }
        } else {
          let playbook = try Playbook(source)
          if let other = new.english.updateValue(playbook, forKey: playbook.id) {
            problems.append(source.problem(at: "id:", "\(other.path) has the same id"))
          }
        }
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw PlaybookError(problems) }
    for cause in new.english.keys { chinese[cause] = nil }
    english.merge(new.english) { $1 }
    chinese.merge(new.chinese) { $1 }
  }

  /// The playbooks compiled into the program.
  ///
  /// - Throws: `PlaybookError` when one of them cannot be read.
  package static var embedded: Rulebook {
    get throws(PlaybookError) { try catalog.get() }
  }

  private static let catalog: Result<Rulebook, PlaybookError> = {
    do throws(PlaybookError) {
      return .success(try Rulebook(files: Catalog.playbooks.map { ($0.path, $0.text) }))
    } catch {
      return .failure(error)
    }
  }()

  private static func isChinese(_ path: String) -> Bool {
    path.split(separator: "/").dropLast(2).last == "zh"
  }
}

extension Rulebook {
  /// The English playbooks, in the order of the causes.
  package var playbooks: [Playbook] { Cause.allCases.compactMap { english[$0] } }

  /// The playbook for a cause; the English text where there is no Chinese one.
  package func playbook(for cause: Cause, language: Language = .english) -> Playbook? {
    guard language == .chinese, let translation = chinese[cause] else { return english[cause] }
    return english[cause]?.translated(by: translation)
  }

  /// The Chinese twin of a playbook.
  func translation(of cause: Cause) -> PlaybookTranslation? { chinese[cause] }

  /// The Chinese twins without an English playbook, in the order of the causes.
  var orphanTranslations: [PlaybookTranslation] {
    Cause.allCases.compactMap { english[$0] == nil ? chinese[$0] : nil }
  }

  /// Judges every playbook: matches first, then the undecided, then those ruled out.
  ///
  /// Within each group the highest score stands first; equal scores in the order of the ids.
  package func evaluate(_ facts: FactSet) -> [Evaluation] {
    playbooks.map { $0.evaluate(facts) }.sorted { one, other in
      let (rank, otherRank) = (one.verdict.rank, other.verdict.rank)
      if rank != otherRank { return rank < otherRank }
      if one.score != other.score { return one.score > other.score }
      return one.cause.rawValue < other.cause.rawValue
    }
  }

  /// Names the rules: FNV-1a of 64 bits in hex, 16 digits.
  ///
  /// Over the name in its folder and the front matter, tests left out, of each English playbook in
  /// the order of these names, wherever the folder lies; a zero byte ends each. It tells rules apart
  /// and proves nothing against who forges it. Source: Fowler, Noll, Vo, draft-eastlake-fnv.
  package var hash: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    let named = english.values.map { playbook in
      (playbook.path.split(separator: "/").suffix(2).joined(separator: "/"), playbook)
    }
    for (name, playbook) in named.sorted(by: { $0.0 < $1.0 }) {
      for text in [name[...], playbook.source.front.text] {
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = hash &* 0x100_0000_01b3
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Evaluation.Verdict {
  /// The place of the verdict in a list: match, unknown, no match.
  fileprivate var rank: Int {
    switch self {
    case .match: 0
    case .unknown: 1
    case .noMatch: 2
    }
  }
}
