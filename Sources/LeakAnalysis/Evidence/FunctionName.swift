/// A Go function's name, taken apart: which package it is in, and whose code that is.
///
/// Shape of a name: `github.com/org/repo/pkg.(*Type[...]).Method.func1`. The package path ends at the
/// first dot after the last slash (Go 1.27, cmd/internal/objabi and runtime/symtab.go).
package struct FunctionName: Sendable, Hashable {
  /// Whose code a function is.
  package enum Origin: Sendable {
    case runtime
    case standardLibrary
    case library
    case own
  }

  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The import path of the package, for example `net/http` or `main`.
  package var packagePath: Substring {
    let bytes = text.utf8
    var end = bytes.endIndex
    // Type arguments hold slashes and dots of their own.
    if let bracket = bytes.firstIndex(of: UInt8(ascii: "[")) { end = bracket }
    let afterSlash =
      bytes[..<end].lastIndex(of: UInt8(ascii: "/")).map { bytes.index(after: $0) }
      ?? bytes.startIndex
    let dot = bytes[afterSlash..<end].firstIndex(of: UInt8(ascii: ".")) ?? end
    return text[..<dot]
  }

  /// The import path as folders spell it: in symbols a dot of the last element is escaped, as in
  /// `gopkg.in/yaml%2ev3` (Go 1.27, cmd/internal/objabi/path.go).
  package var importPath: String {
    packagePath.split(separator: "%2e", omittingEmptySubsequences: false).joined(separator: ".")
  }

  /// Whose code this is, by the package and, where known, the source file.
  ///
  /// A module from outside lies in the module cache (`…/mod/path@v1.2.3/…`, with `-trimpath` just
  /// `path@v1.2.3/…`) or under `vendor/`. Without a file a path that begins with a host name is
  /// taken for a library's: the program's own packages are then only `main` and paths without a dot.
  package func origin(file: String) -> Origin {
    let path = packagePath
    let first = path.prefix { $0 != "/" }
    if first == "runtime" || path == "internal/runtime" || path.hasPrefix("internal/runtime/") {
      return path == "runtime/pprof" || path == "runtime/trace" ? .standardLibrary : .runtime
    }
    if Self.standardRoots.contains(String(first)) { return .standardLibrary }
    if first == "main" || text.hasPrefix("_cgo") {
      return text.contains("_Cfunc_") ? .library : .own
    }
    if file.utf8.contains(UInt8(ascii: "@")) || file.contains("/vendor/") { return .library }
    if file.isEmpty && first.contains(".") { return .library }
    return .own
  }

  /// The name without what changes between builds: closure numbers and type arguments.
  ///
  /// `main.run.func1.2` → `main.run`; `m.Map[go.shape.int].Get` → `m.Map.Get`.
  package var normalized: String {
    var result = text.utf8.contains(UInt8(ascii: "[")) ? withoutTypeArguments : text
    while let dot = result.utf8.lastIndex(of: UInt8(ascii: ".")) {
      let tail = result[result.index(after: dot)...]
      let digits = tail.hasPrefix("func") ? tail.dropFirst(4) : tail
      let isClosure =
        (tail.hasPrefix("func") || tail.hasPrefix("gowrap") || !digits.isEmpty)
        && (tail.hasPrefix("gowrap") ? tail.dropFirst(6) : digits).allSatisfy(\.isNumber)
      guard isClosure, tail != "func" else { break }
      result = String(result[..<dot])
    }
    return result
  }

  private var withoutTypeArguments: String {
    var result = ""
    var depth = 0
    for character in text {
      if character == "[" { depth += 1 }
      if depth == 0 { result.append(character) }
      if character == "]" { depth -= 1 }
    }
    return result
  }

  /// The first elements of the standard library's import paths (Go 1.27, `go list std`).
  private static let standardRoots: Set<String> = [
    "archive", "bufio", "bytes", "cmp", "compress", "container", "context", "crypto", "database",
    "debug", "embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image",
    "index", "internal", "io", "iter", "log", "maps", "math", "mime", "net", "os", "path", "plugin",
    "reflect", "regexp", "slices", "sort", "strconv", "strings", "structs", "sync", "syscall",
    "testing", "text", "time", "unicode", "unique", "unsafe", "vendor", "weak",
  ]
}
