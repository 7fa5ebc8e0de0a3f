import LeakModel

/// The words of a text as stories are compared by.
enum Stems {
  /// The words and the parts of identifiers, in their order, English ones without their endings;
  /// words that every story holds are left out.
  static func of(_ text: String) -> [String] {
    TextSegmenter.tokens(of: text).flatMap { token in
      token.isCJK ? [token.word] : ([token.word] + token.parts).map(stem)
    }
    .filter { !isCommon($0) }
  }

  /// Whether every story holds a stem.
  static func isCommon(_ stem: String) -> Bool { common.contains(stem) }

  /// A word without the endings of plural and verb: `grows`, `growing` and `grow` are one.
  static func stem(_ word: String) -> String {
    for ending in ["ing", "ed", "es", "s"] where word.hasSuffix(ending) {
      guard word.utf8.count - ending.utf8.count >= 3, !word.hasSuffix("ss") else { continue }
      return String(word.dropLast(ending.utf8.count))
    }
    return word
  }

  /// Words that say nothing of the trouble, by their stems.
  private static let common: Set<String> = Set(
    """
    a about after all also an and any are as at be been because before being but by can could did do \
    does doing done down during each else even ever every few for from get goes had has have he her \
    here his how i if in into is it its just least like make many may more most much must my no not \
    now of off on once one only or other our out over own per quite same seem she should since so \
    some such than that the their them then there these they this those through to too until up us \
    use used very was we well were what when where which while who why will with would yet you your
    """.split(separator: " ").map { stem(String($0)) }
  )
}

/// The stems of words met before: the playbooks say some thousand words again and again.
struct StemMemory {
  /// nil for a word that every story holds.
  private var known: [String: String?] = [:]

  /// As `Stems.of`.
  mutating func of(_ text: String) -> [String] {
    var stems: [String] = []
    for token in TextSegmenter.tokens(of: text) {
      add(token.word, isCJK: token.isCJK, &stems)
      for part in token.parts where !token.isCJK { add(part, isCJK: false, &stems) }
    }
    return stems
  }

  private mutating func add(_ word: String, isCJK: Bool, _ stems: inout [String]) {
    if let stem = known[word] {
      if let stem { stems.append(stem) }
      return
    }
    let stem = isCJK ? word : Stems.stem(word)
    let kept = Stems.isCommon(stem) ? nil : stem
    known[word] = .some(kept)
    if let kept { stems.append(kept) }
  }
}
