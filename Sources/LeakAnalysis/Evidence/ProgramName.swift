package import GoFormats

/// The name of a program, as its profiles tell it: the file name of its binary.
///
/// A new build has another build id, and may lie in another folder; neither makes it another program.
package struct ProgramName: Sendable, Hashable, Comparable {
  /// The file name as the profile has it.
  package let text: String

  /// The program of a profile; nil where its mappings name no file.
  ///
  /// The first mapping is the main binary's (google/pprof, proto/profile.proto: "mapping[0] will be
  /// the main binary").
  package init?(_ profile: Profile) {
    guard let file = profile.mappingFiles.first?.split(separator: "/").last,
      // `[vdso]`, `[kernel.kallsyms]` and their kin are no files.
      !file.hasPrefix("[")
    else { return nil }
    text = String(file)
  }

  /// Whether both may be builds of one program: the names are the same but for a version.
  package func isAlike(_ other: ProgramName) -> Bool { stem == other.stem }

  /// The name without the parts that tell a version or a build: `shop-v1.4.2-linux` is `shop-linux`.
  private var stem: [Substring] {
    let parts = text.split { "-_.@+".contains($0) }
    let words = parts.filter { part in
      let digits = part.first == "v" ? part.dropFirst() : part
      return digits.first?.isNumber != true
    }
    return words.isEmpty ? parts : words
  }

  package static func < (one: ProgramName, other: ProgramName) -> Bool { one.text < other.text }
}
