/// The end of a Go process as it wrote it: a fatal error, a fault or a panic, with its traces.
package struct CrashReport: Sendable {
  /// How a process ended, by its own words.
  package enum Kind: String, Sendable, CaseIterable {
    /// `fatal error: concurrent map writes` and its kin.
    case concurrentMap = "concurrent-map"
    /// `fatal error: runtime: out of memory`, `cannot allocate memory`.
    case outOfMemory = "out-of-memory"
    /// `runtime: goroutine stack exceeds 1000000000-byte limit`.
    case stackOverflow = "stack-overflow"
    /// A fault at an address no Go value should have: `unexpected fault address`, `found bad
    /// pointer in Go heap`, `checkptr`, `marked free object in span`.
    case memoryCorruption = "memory-corruption"
    /// SIGSEGV with a nil dereference: an ordinary bug.
    case nilDereference = "nil-dereference"
    /// `all goroutines are asleep - deadlock!`
    case deadlock
    /// The system gave no further thread, or Go's own limit of 10,000 was passed.
    case threadExhaustion = "thread-exhaustion"
    case panic
    /// SIGQUIT or another signal that asks for traces.
    case signal
    case otherFatal = "other-fatal"
  }

  package var kind: Kind
  /// The line that says it, without the log's prefix.
  package var message: String
  /// The address of the fault, where one is given.
  package var faultAddress: UInt64?
  package var goroutines: GoroutineDump

  package init(
    kind: Kind,
    message: String,
    faultAddress: UInt64? = nil,
    goroutines: GoroutineDump
  ) {
    self.kind = kind
    self.message = message
    self.faultAddress = faultAddress
    self.goroutines = goroutines
  }
}
