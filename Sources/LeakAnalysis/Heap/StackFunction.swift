import GoFormats

/// What a function's name and file tell of it wherever it stands on a stack; looked at once.
struct StackFunction: Sendable {
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt8

    static let own = Traits(rawValue: 1)
    static let runtime = Traits(rawValue: 1 << 1)
    /// The profiler's own code.
    static let profiler = Traits(rawValue: 1 << 2)
    static let takesFromPool = Traits(rawValue: 1 << 3)
    /// One of `sync.Pool`'s methods.
    static let pools = Traits(rawValue: 1 << 4)
    /// Serves a request.
    static let handler = Traits(rawValue: 1 << 5)
    /// One that another verdict accounts for.
    static let accountedFor = Traits(rawValue: 1 << 6)
  }

  let name: String
  let file: String
  let normalizedName: String
  let traits: Traits
  let signs: AllocationKind.Signs

  private static let profilers: Set<String> = [
    "runtime/pprof", "runtime/trace", "net/http/pprof",
  ]

  init(_ frame: Frame, _ ownCode: OwnCode, accountedFor: OwnFunctions? = nil) {
    let name = FunctionName(frame.function)
    (self.name, file) = (frame.function, frame.file)
    normalizedName = name.normalized
    signs = AllocationKind.Signs(function: frame.function)
    let told: [(Traits, Bool)] = [
      (.own, ownCode.isOwn(frame)),
      (.runtime, name.origin(file: frame.file) == .runtime),
      (.profiler, Self.profilers.contains(String(name.packagePath))),
      (.takesFromPool, frame.function == "sync.(*Pool).Get"),
      (.pools, frame.function.hasPrefix("sync.(*Pool).")),
      (.handler, LibraryGoroutine.handlers.contains(frame.function)),
      (.accountedFor, accountedFor?.contains(frame.function) ?? false),
    ]
    traits = told.reduce(into: []) { if $1.1 { $0.insert($1.0) } }
  }
}

/// A call on a stack.
struct StackCall {
  /// The index of its function.
  let function: Int
  /// 0 where the line is not known.
  let line: Int
}
