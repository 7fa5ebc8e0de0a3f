/// What a goroutine waits for, whatever its Go version calls it.
package enum GoroutineWait: String, Sendable, CaseIterable {
  case chanSend = "chan_send"
  case chanReceive = "chan_receive"
  case select
  case lock
  case waitGroup = "wait_group"
  case condition
  case ioWait = "io_wait"
  case sleep
  /// The goroutine that runs finalizers, at rest.
  case finalizer
  case syscall
  /// On a processor, or ready for one.
  case running
  /// The runtime's own goroutines at rest.
  case idle
  /// Waiting, for what the capture does not tell.
  case other
}

extension GoroutineWait {
  /// Reads the wait from a dump's state text and, where that is ambiguous, the frames.
  ///
  /// States are the runtime's wait reasons (Go 1.27, runtime/runtime2.go, `waitReasonStrings`).
  /// Until Go 1.20 every semaphore shows as `semacquire`: the frames tell which kind it is.
  package init(state: String, functions: [String]) {
    // "(nil chan)", "(no cases)", "(leaked)", "(durable)" qualify the reason.
    let reason = state.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
    switch reason {
    case "chan send": self = .chanSend
    case "chan receive": self = .chanReceive
    case "select": self = .select
    case "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock": self = .lock
    case "sync.WaitGroup.Wait": self = .waitGroup
    case "sync.Cond.Wait": self = .condition
    case "semacquire": self = GoroutineWait(semaphoreOf: functions)
    case "IO wait": self = .ioWait
    case "sleep": self = .sleep
    case "finalizer wait", "cleanup wait": self = .finalizer
    case "syscall": self = .syscall
    case "running", "runnable", "copystack", "preempted": self = .running
    case "force gc", "GC sweep wait", "GC scavenge wait", "GC worker", "GC assist marking",
      "GC assist wait", "debug call", "trace reader", "timer goroutine":
      self = .idle
    default: self = .other
    }
  }

  /// Reads the wait from a stack alone, leaf first: profiles have no states.
  package init(functions: [String]) {
    for function in functions.prefix(12) {
      switch function {
      case "runtime.chansend", "runtime.chansend1": self = .chanSend
      case "runtime.chanrecv", "runtime.chanrecv1", "runtime.chanrecv2": self = .chanReceive
      case "runtime.selectgo", "runtime.block": self = .select
      case "runtime.netpollblock", "internal/poll.runtime_pollWait": self = .ioWait
      case "time.Sleep": self = .sleep
      case "runtime.semacquire1", "runtime.semacquire", "sync.runtime_Semacquire",
        "sync.runtime_SemacquireMutex", "sync.runtime_SemacquireRWMutex",
        "sync.runtime_SemacquireRWMutexR", "sync.runtime_SemacquireWaitGroup",
        "internal/sync.runtime_SemacquireMutex":
        self = GoroutineWait(semaphoreOf: functions)
      case "sync.runtime_notifyListWait": self = .condition
      case "runtime.runfinq", "runtime.runFinalizers", "runtime.runCleanups": self = .finalizer
      case "runtime.bgsweep", "runtime.bgscavenge", "runtime.forcegchelper",
        "runtime.gcBgMarkWorker", "os/signal.signal_recv":
        self = .idle
      case "runtime.cgocall", "syscall.Syscall", "syscall.Syscall6", "syscall.RawSyscall6",
        "internal/runtime/syscall.Syscall6", "syscall.syscall", "runtime.notetsleepg":
        self = .syscall
      default:
        if FunctionName(function).origin(file: "") == .runtime { continue }
        self = functions.first == "runtime.gopark" ? .other : .running
      }
      return
    }
    self = functions.first == "runtime.gopark" ? .other : .running
  }

  /// Reads the wait from a stack of a `debug=1` text, which hides the runtime's frames: where none
  /// of the visible ones tells, the goroutine may wait for anything.
  package init(visible functions: [String]) {
    let wait = GoroutineWait(functions: functions)
    self = wait == .running ? .other : wait
  }

  private init(semaphoreOf functions: [String]) {
    for function in functions.prefix(10) {
      if function.hasPrefix("sync.(*WaitGroup)") || function.hasSuffix("SemacquireWaitGroup") {
        self = .waitGroup
        return
      }
    }
    self = .lock
  }

  /// The wait as it is when the library calls above are known.
  ///
  /// A client that awaits an answer parks in select or on a channel (net/http/transport.go,
  /// `(*persistConn).roundTrip`), an acquirer of a weighted semaphore in select: what they wait for
  /// is the peer, or the semaphore.
  package func refined(by functions: [String]) -> GoroutineWait {
    guard self == .select || self == .chanReceive else { return self }
    if functions.contains(where: Self.peerCalls.contains) { return .ioWait }
    if functions.contains("golang.org/x/sync/semaphore.(*Weighted).Acquire") { return .lock }
    return self
  }

  private static let peerCalls: Set<String> = [
    "net/http.(*persistConn).roundTrip", "net/http.(*http2ClientConn).RoundTrip",
    "net/http.(*http2ClientConn).roundTrip", "golang.org/x/net/http2.(*ClientConn).RoundTrip",
    "golang.org/x/net/http2.(*ClientConn).roundTrip", "net.(*Resolver).lookupIPAddr",
    "google.golang.org/grpc/internal/transport.(*recvBufferReader).read",
    "google.golang.org/grpc/internal/transport.(*recvBufferReader).readClient",
    "google.golang.org/grpc/internal/transport.(*Stream).waitOnHeader",
    "google.golang.org/grpc.(*pickerWrapper).pick", "os/exec.(*Cmd).Wait",
  ]

  /// The wait in words, to be read after "goroutines".
  package var phrase: String {
    switch self {
    case .chanSend: "blocked sending to a channel"
    case .chanReceive: "blocked receiving from a channel"
    case .select: "waiting in select"
    case .lock: "waiting for a lock"
    case .waitGroup: "waiting for a WaitGroup"
    case .condition: "waiting for a condition variable"
    case .ioWait: "waiting for network I/O"
    case .sleep: "asleep"
    case .finalizer: "of the finalizer"
    case .syscall: "in a system call or C code"
    case .running: "running"
    case .idle: "of the runtime, idle"
    case .other: "parked"
    }
  }
}
