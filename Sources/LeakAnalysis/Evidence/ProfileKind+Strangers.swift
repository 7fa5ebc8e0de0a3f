package import GoFormats
import LeakModel

extension ProfileKind {
  /// Finds the profiles that cannot be compared with the last one of their format.
  ///
  /// Growth is measured from the first profile of a format to the last. Between two programs, two
  /// sampling rates, or a change and a level there is none. The last profile counts, as it is
  /// nearest to the trouble; before profiles of levels, those of a change give way.
  ///
  /// - Parameter captures: In any order, of any kind; those that are no heap and no goroutine profile
  ///   are never found.
  /// - Returns: Why each of them cannot be compared, by its place among the captures.
  package static func strangers(among captures: [Capture]) -> [Int: String] {
    let profiles = EvidenceBundle.ordered(captures).compactMap { place, capture in
      Candidate(capture, place: place)
    }
    guard profiles.count > 1 else { return [:] }
    // Of equal times the one last in order: `max` takes the first.
    let program = profiles.filter { $0.kind.program != nil }.reversed()
      .max { $0.time < $1.time }
    var found: [Int: String] = [:]
    for format in Candidate.formats {
      let alike = profiles.filter { $0.format == format }
      let own = alike.filter { program.map($0.isSameProgram) ?? true }
      let reference = own.last { !$0.kind.isDelta } ?? own.last ?? program
      guard let reference else { continue }
      for profile in alike where profile.place != reference.place {
        guard let objection = profile.objection(to: reference) else { continue }
        found[profile.place] = "left out beside \(reference.source): \(objection)"
      }
    }
    return found
  }

  /// A profile among captures.
  private struct Candidate {
    /// The formats of which the first and the last are compared.
    static let formats = [
      CaptureFormat.pprofHeap, .pprofGoroutine, .pprofGoroutineLeak,
    ]

    let place: Int
    let format: CaptureFormat
    let source: String
    let kind: ProfileKind
    /// Seconds since 1970; 0 when unknown.
    let time: Double

    init?(_ capture: Capture, place: Int) {
      // Both hold the same columns: one handler writes them (net/http/pprof).
      format = capture.format == .pprofAllocs ? .pprofHeap : capture.format
      guard Self.formats.contains(format), case .profile(let profile) = capture.content else {
        return nil
      }
      self.place = place
      source = capture.source
      kind = ProfileKind(profile)
      time = capture.capturedAt?.seconds ?? 0
    }

    func isSameProgram(as other: Candidate) -> Bool { kind.isSameProgram(as: other.kind) }

    /// A reference of another format tells the program alone.
    func objection(to reference: Candidate) -> String? {
      format != reference.format && isSameProgram(as: reference)
        ? nil : kind.objection(to: reference.kind)
    }
  }
}
