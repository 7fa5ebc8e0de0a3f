package import GoFormats

/// Which code is the program's own, learned from where its `main` package lies.
///
/// Import paths alone cannot tell `github.com/us/shop` from `github.com/them/library`. A file in the
/// module cache (`…@v1.2.3/…`) or under `vendor/` is a library's; without such a sign (GOPATH
/// builds, `-trimpath`) what lies beside `main` is the program's.
package struct OwnCode: Sendable {
  /// The folders below which all code is the program's, each ending in `/`.
  private let roots: [String]

  package init(roots: [String] = []) {
    self.roots = roots
  }

  /// Learns from every function that some captures name.
  package init(_ captures: [Capture]) {
    var roots: Set<String> = []
    func learn(_ function: String, _ file: String) {
      guard function.hasPrefix("main."), let root = Self.root(ofMain: file) else { return }
      roots.insert(root)
    }
    for capture in captures {
      switch capture.content {
      case .profile(let profile):
        for (function, file) in zip(profile.functionNames, profile.functionFiles) {
          learn(function, file)
        }
      case .goroutines(let dump):
        for frame in dump.frames { learn(frame.function, frame.file) }
      case .crash(let report):
        for frame in report.goroutines.frames { learn(frame.function, frame.file) }
      default: break
      }
    }
    self.roots = roots.sorted()
  }

  /// Whose code a frame is.
  package func origin(of frame: Frame) -> FunctionName.Origin {
    let name = FunctionName(frame.function)
    let origin = name.origin(file: frame.file)
    guard origin == .own, name.hasHost else { return origin }
    if roots.contains(where: { frame.file.hasPrefix($0) }) { return .own }
    // Beside no known root, a path laid out by its import path is a library's in a GOPATH build.
    let path = name.importPath
    let isLaidOut = frame.file.hasPrefix(path + "/") || frame.file.contains("/src/\(path)/")
    return isLaidOut && !roots.isEmpty ? .library : .own
  }

  /// Whether a frame is the program's own.
  package func isOwn(_ frame: Frame) -> Bool { origin(of: frame) == .own }

  /// The folder that holds the program, from a source file of its `main` package.
  ///
  /// Up to the repository where the path names a host (`github.com/us/shop`), else the part before
  /// `cmd/`, else the file's own folder.
  static func root(ofMain file: String) -> String? {
    guard let slash = file.lastIndex(of: "/") else { return nil }
    let folder = file[..<slash]
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    if let host = parts.firstIndex(where: isHost), host + 2 < parts.count {
      return parts[...(host + 2)].joined(separator: "/") + "/"
    }
    if let command = parts.lastIndex(of: "cmd"), command > 0 {
      return parts[..<command].joined(separator: "/") + "/"
    }
    return folder + "/"
  }

  /// Whether a part of a path is the name of a code host, as import paths begin.
  private static func isHost(_ part: Substring) -> Bool {
    [".com", ".org", ".net", ".io", ".dev", ".in", ".cn", ".de"].contains { part.hasSuffix($0) }
  }
}

extension FunctionName {
  /// Whether the import path begins with a host's name, as modules from a code host do.
  var hasHost: Bool { packagePath.prefix { $0 != "/" }.contains(".") }
}
