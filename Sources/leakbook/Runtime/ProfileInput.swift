import GoFormats
import LeakDiagnosis

/// A profile that the command line names.
struct ProfileInput {
  let source: String
  let format: CaptureFormat
  let profile: Profile

  /// Reads a profile from a file.
  ///
  /// - Throws: `Failure` when the file is no profile; `CaseFolder.Failure` when it is not there.
  init(path: String) throws {
    let file = try EvidenceInput.readFile(path)
    source = path
    let captures = try EvidenceInput.captures(in: file)
    for capture in captures {
      guard case .profile(let profile) = capture.content else { continue }
      format = capture.format
      self.profile = profile
      return
    }
    // Counted goroutines in text are recognised as a dump, but add up like a profile, too.
    do throws(ParseError) {
      profile = try Profile(reading: file.bytes)
    } catch {
      throw Failure("\(path): \(error)", .badData)
    }
    format = captures.first?.format ?? .pprofOther
  }

  /// The column to show: the one named, else the one that leaks show in, else the profile's own.
  ///
  /// - Throws: `Failure` when the profile has no column of the name.
  func column(named name: String?) throws -> Int {
    if let name {
      guard let column = profile.column(name) else {
        let names = profile.sampleTypes.map(\.type).joined(separator: ", ")
        throw Failure("\(source): it has no sample type \(name), only \(names)", .usage)
      }
      return column
    }
    if format == .pprofHeap, let column = profile.column("inuse_space") { return column }
    // pprof shows the last column where the profile names none (google/pprof, driver.go).
    return profile.defaultSampleType.flatMap { profile.column($0) }
      ?? max(0, profile.sampleTypes.count - 1)
  }
}
