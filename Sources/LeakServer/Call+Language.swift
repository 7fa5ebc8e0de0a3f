import HTTPTypes
import Hummingbird
import LeakRules

extension Call {
  /// The language to answer in: `?lang=`, else what the client likes best, else English.
  func language() throws(Problem) -> Language {
    if let asked = try query.word("lang", of: Language.self) { return asked }
    return Self.preferredLanguage(header(.acceptLanguage) ?? "")
  }

  /// The language of the highest weight in an `Accept-Language` header, the first of equals.
  ///
  /// Shape: `zh-CN,zh;q=0.9,en;q=0.8`. Source: RFC 9110, section 12.5.4.
  static func preferredLanguage(_ header: String) -> Language {
    var best: (language: Language, weight: Double) = (.english, 0)
    for choice in Preference.list(header) where choice.weight > best.weight {
      let tag = choice.name.prefix { $0 != "-" }
      guard let language = Language(rawValue: String(tag)) else { continue }
      best = (language, choice.weight)
    }
    return best.language
  }
}

extension Answer {
  /// The answer with its language, which caches must tell apart.
  func inLanguage(_ language: Language) -> Answer {
    var answer = self
    answer.headers[.contentLanguage] = language.rawValue
    answer.headers[.vary] = "Accept, Accept-Language"
    return answer
  }
}
