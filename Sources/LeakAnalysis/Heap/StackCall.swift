import GoFormats

/// A call on a stack, with what its function's name and file tell; they are read once a function.
struct StackCall {
  /// What is known of a function wherever it stands on a stack.
  final class Function {
    fileprivate let name: String
    fileprivate let file: String
    let isOwn: Bool
    let isRuntime: Bool
    let isProfiler: Bool
    let takesFromPool: Bool
    /// Whether it is one of `sync.Pool`'s methods.
    let isPools: Bool
    /// Whether it serves a request.
    let isHandler: Bool
    let signs: AllocationKind.Signs
    let normalizedName: String

    private static let profilers: Set<String> = [
      "runtime/pprof", "runtime/trace", "net/http/pprof",
    ]

    init(_ frame: Frame, _ ownCode: OwnCode) {
      let name = FunctionName(frame.function)
      (self.name, file) = (frame.function, frame.file)
      isOwn = ownCode.isOwn(frame)
      isRuntime = name.origin(file: frame.file) == .runtime
      isProfiler = Self.profilers.contains(String(name.packagePath))
      takesFromPool = frame.function == "sync.(*Pool).Get"
      isPools = frame.function.hasPrefix("sync.(*Pool).")
      isHandler = LibraryGoroutine.handlers.contains(frame.function)
      signs = AllocationKind.Signs(function: frame.function)
      normalizedName = name.normalized
    }
  }

  private let function: Function
  private let line: Int

  init(_ function: Function, line: Int) {
    self.function = function
    self.line = line
  }

  init(_ frame: Frame, _ ownCode: OwnCode) {
    self.init(Function(frame, ownCode), line: frame.line)
  }

  var frame: Frame { Frame(function: function.name, file: function.file, line: line) }

  var name: String { function.name }
  var isOwn: Bool { function.isOwn }
  var isRuntime: Bool { function.isRuntime }
  var isProfiler: Bool { function.isProfiler }
  var takesFromPool: Bool { function.takesFromPool }
  var isPools: Bool { function.isPools }
  var isHandler: Bool { function.isHandler }
  var signs: AllocationKind.Signs { function.signs }
  var normalizedName: String { function.normalizedName }
}

/// The calls of a profile's samples; each function is looked at once, however many stacks it is on.
struct StackCalls {
  private let profile: Profile
  private let ownCode: OwnCode
  /// By location: a heap profile's stacks share theirs by the hundred.
  private var known: [[StackCall]?]
  private var functions: [StackCall.Function?]

  init(_ profile: Profile, _ ownCode: OwnCode) {
    self.profile = profile
    self.ownCode = ownCode
    known = Array(repeating: nil, count: profile.locationCount)
    functions = Array(repeating: nil, count: profile.functionCount)
  }

  /// The calls of a sample, leaf first, inlined calls included; `?` where symbols are missing.
  mutating func calls(ofSample sample: Int) -> [StackCall] {
    var calls: [StackCall] = []
    for location in profile.locations(ofSample: sample) {
      calls += self.calls(ofLocation: Int(location))
    }
    return calls
  }

  private mutating func calls(ofLocation location: Int) -> [StackCall] {
    if let calls = known[location] { return calls }
    let lines = profile.lines(ofLocation: location)
    let calls =
      lines.isEmpty
      ? [StackCall(Frame(function: "?"), ownCode)] : lines.map { call(ofLine: $0) }
    known[location] = calls
    return calls
  }

  private mutating func call(ofLine line: Int) -> StackCall {
    let index = Int(profile.lineFunctions[line])
    let function =
      functions[index]
      ?? StackCall.Function(
        Frame(function: profile.functionNames[index], file: profile.functionFiles[index]),
        ownCode
      )
    functions[index] = function
    return StackCall(function, line: Int(profile.lineNumbers[line]))
  }
}
