import Foundation
import GoFormats
import LeakDiagnosis

/// A secret that was found, without the secret.
package struct RedactionHit: Sendable, Equatable, Encodable {
  /// Where it stands: `story`, `note`, or a capture with the line.
  package let place: String
  /// `token`, `key`, `address`, `user` or `pattern`.
  package let kind: String
  /// What takes its place.
  package let mark: String
  /// How long it is, and how it begins: enough to judge, too little to use.
  package let hint: String
}

/// Takes tokens, addresses and user ids out of text, each distinct one under a mark of its own.
///
/// The same secret has the same mark everywhere in one export, so that what belongs together can
/// still be seen; a number stays a number, so that formats stay readable.
struct Redactor {
  private let patterns: [SecretPattern]
  /// The mark of each secret, and all marks.
  private var marks: [String: String] = [:]
  private var taken: Set<String> = []
  private var counts: [String: Int] = [:]
  private(set) var hits: [RedactionHit] = []

  /// Takes regular expressions of what else is secret.
  ///
  /// - Parameter extra: Their first group is the secret where they have one, else the whole match.
  /// - Throws: `RedactionError.badPattern`.
  init(extra: [String] = []) throws {
    patterns =
      try SecretPattern.builtIn()
      + extra.map { text in
        let pattern = try SecretPattern("pattern", text)
        let group = pattern.expression.numberOfCaptureGroups > 0 ? 1 : 0
        return try SecretPattern("pattern", text, group: group)
      }
  }

  /// The text without its secrets.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - place: What the text is, for the list of hits.
  ///   - isLined: Whether to tell the line with the place.
  /// - Returns: The same text where it holds none.
  mutating func redact(_ text: String, place: String, isLined: Bool = false) -> String {
    var output = text
    for pattern in patterns {
      let whole = output as NSString
      let range = NSRange(location: 0, length: whole.length)
      let matches = pattern.expression.matches(in: output, range: range)
      guard !matches.isEmpty else { continue }
      var lines = LineCounter(whole)
      var pieces: [String] = []
      var end = 0
      for match in matches {
        let part = match.range(at: pattern.group)
        guard part.location != NSNotFound, part.length > 0, part.location >= end else { continue }
        let secret = whole.substring(with: part)
        // A mark may look like the value of a key: it is none.
        guard !isMark(secret) else { continue }
        let mark = mark(of: secret, kind: pattern.kind)
        pieces.append(whole.substring(with: NSRange(location: end, length: part.location - end)))
        pieces.append(mark)
        end = part.location + part.length
        let line = isLined ? ":\(lines.line(at: part.location))" : ""
        hits.append(
          RedactionHit(
            place: place + line,
            kind: pattern.kind,
            mark: mark,
            hint: Self.hint(secret)
          )
        )
      }
      output = pieces.joined() + whole.substring(from: end)
    }
    return output
  }

  /// A capture without its secrets; nil for a binary one that holds some, which must stay out.
  ///
  /// Profiles are compressed protobuf: what is found in their strings (labels, mostly) cannot be
  /// replaced without writing them anew.
  mutating func redact(_ file: EvidenceFile) -> EvidenceFile? {
    if let text = String(validating: file.bytes, as: UTF8.self), !file.bytes.contains(0) {
      let clean = redact(text, place: file.source, isLined: true)
      return clean == text ? file : EvidenceFile(source: file.source, bytes: Array(clean.utf8))
    }
    let plain = (try? Gzip.inflate(file.bytes, limits: .default)) ?? file.bytes
    let text = String(decoding: plain.map { $0 < 128 && $0 >= 32 ? $0 : 10 }, as: UTF8.self)
    let before = hits.count
    _ = redact(text, place: file.source)
    return hits.count == before ? file : nil
  }

  private func isMark(_ text: String) -> Bool {
    text.hasPrefix("redacted-") || taken.contains(text)
  }

  private mutating func mark(of secret: String, kind: String) -> String {
    if let mark = marks[secret] { return mark }
    counts[kind, default: 0] += 1
    let number = counts[kind, default: 0]
    let isNumber = secret.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
    let mark = isNumber ? String(9_000_000 + number) : "redacted-\(kind)-\(number)"
    marks[secret] = mark
    taken.insert(mark)
    return mark
  }

  private static func hint(_ secret: String) -> String {
    let shown = secret.count >= 8 ? 2 : 1
    return "\(secret.prefix(shown))… (\(secret.count) characters)"
  }
}

/// Counts the lines of a text from its beginning on, once.
private struct LineCounter {
  private let text: NSString
  private var location = 0
  private var number = 1

  init(_ text: NSString) {
    self.text = text
  }

  /// The line of a place, counted from 1; places are asked for in ascending order.
  mutating func line(at place: Int) -> Int {
    while location < place {
      let rest = NSRange(location: location, length: place - location)
      let end = text.range(of: "\n", options: .literal, range: rest)
      guard end.location != NSNotFound else { break }
      number += 1
      location = end.location + 1
    }
    return number
  }
}
