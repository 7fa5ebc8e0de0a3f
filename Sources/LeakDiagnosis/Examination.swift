package import GoFormats
package import LeakAnalysis
package import LeakModel

/// Files after reading and measuring: what a diagnosis rests on.
package struct Examination: Sendable {
  /// The captures that were used, in the order of the files.
  package let read: [ReadCapture]
  /// The captures recognised, those among them that cannot be used, too.
  package let recognised: [ReadCapture]
  /// The files and profiles that could not be used, each with its reason.
  package let ignored: [IgnoredFile]
  /// The profiles among the captures, by the SHA-256 of their files.
  package let profiles: [(sha256: String, profile: Profile)]
  /// The captures by kind.
  package let bundle: EvidenceBundle
  /// All that they tell.
  package let facts: FactSet

  /// Reads files and measures the facts.
  ///
  /// - Parameters:
  ///   - files: Captures in any format.
  ///   - ignored: Files that could not be opened, to be listed with those that cannot be used.
  package init(_ files: [EvidenceFile], ignored: [IgnoredFile] = []) {
    var captures: [Capture] = []
    var read: [ReadCapture] = []
    var profiles: [(sha256: String, profile: Profile)] = []
    var ignored = ignored
    for file in files {
      do throws(ParseError) {
        for capture in try Capture.read(file.bytes, source: file.source) {
          captures.append(capture)
          if case .profile(let profile) = capture.content {
            profiles.append((file.sha256, profile))
          }
          read.append(
            ReadCapture(
              source: capture.source,
              format: capture.format.rawValue,
              capturedAt: capture.capturedAt?.description,
              sha256: file.sha256
            )
          )
        }
      } catch {
        ignored.append(IgnoredFile(source: file.source, reason: error.description))
      }
    }
    // One process is diagnosed: a profile of another one would pass for its growth.
    let strangers = ProfileKind.strangers(among: captures)
    for (place, reason) in strangers.sorted(by: { $0.key < $1.key }) {
      ignored.append(IgnoredFile(source: captures[place].source, reason: reason))
    }
    let used = captures.indices.filter { strangers[$0] == nil }
    self.recognised = read
    self.read = used.map { read[$0] }
    self.profiles = profiles
    self.ignored = ignored
    self.bundle = EvidenceBundle(used.map { captures[$0] })
    self.facts = FactSet(measuring: bundle)
  }
}
