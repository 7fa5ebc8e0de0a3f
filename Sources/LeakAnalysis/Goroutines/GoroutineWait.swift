/// What a goroutine waits for, whatever its Go version calls it.
package enum GoroutineWait: String, Sendable, CaseIterable {
  case chanSend = "chan_send"
  case chanReceive = "chan_receive"
  /// On a channel in some way: sending, receiving or in select.
  case channel
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

  /// Reads the wait from a stack of a `debug=1` text, which hides the runtime's frames.
  ///
  /// Locks, sleep, I/O and system calls show frames of sync, time, internal/poll and syscall
  /// (runtime/pprof/pprof.go, printStackRecord, hides only `runtime.`); what waits without one is
  /// in a channel operation, which the compiler calls from the function itself. A few goroutines
  /// might also be running there; more than there are processors are not.
  package init(visible functions: [String], count: Int) {
    let wait = GoroutineWait(functions: functions)
    guard wait == .running else {
      self = wait
      return
    }
    self = count >= Self.moreThanRun ? .channel : .other
  }

  /// Goroutines in one place that will not all be running: the machines that services run on have
  /// fewer processors to spare for one line of code.
  private static let moreThanRun = 20

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
  /// `(*persistConn).roundTrip`), so does an acquirer of a semaphore: what they wait for is the peer,
  /// or the semaphore. The two ends of an `io.Pipe` meet on a channel (io/pipe.go).
  package func refined(by functions: [String]) -> GoroutineWait {
    guard [.select, .chanReceive, .chanSend, .channel].contains(self) else { return self }
    for function in functions {
      if Self.semaphores.contains(function) { return .lock }
      if function == "io.(*pipe).write" { return .chanSend }
      if function == "io.(*pipe).read" { return .chanReceive }
      if self != .chanSend, Self.peerCalls.contains(function) { return .ioWait }
    }
    return self
  }

  /// Semaphores that are made of channels: (*Group).Go waits for a place under SetLimit.
  private static let semaphores: Set<String> = [
    "golang.org/x/sync/semaphore.(*Weighted).Acquire", "golang.org/x/sync/errgroup.(*Group).Go",
    "golang.org/x/net/netutil.(*limitListener).acquire",
  ]

  private static let peerCalls: Set<String> = [
    "net/http.(*persistConn).roundTrip", "net/http.(*http2ClientConn).RoundTrip",
    "net/http.(*http2ClientConn).roundTrip", "golang.org/x/net/http2.(*ClientConn).RoundTrip",
    "golang.org/x/net/http2.(*ClientConn).roundTrip", "net.(*Resolver).lookupIPAddr",
    "google.golang.org/grpc/internal/transport.(*recvBufferReader).read",
    "google.golang.org/grpc/internal/transport.(*recvBufferReader).readClient",
    "google.golang.org/grpc/internal/transport.(*Stream).waitOnHeader",
    "google.golang.org/grpc.(*pickerWrapper).pick", "os/exec.(*Cmd).Wait",
    "net/http/internal/http2.(*ClientConn).RoundTrip",
    "net/http/internal/http2.(*ClientConn).roundTrip", "net/http.(*Transport).getConn",
    "google.golang.org/grpc/internal/transport.(*ClientStream).waitOnHeader",
    // Answers come on a channel that the client's reader fills.
    "net/rpc.(*Client).Call", "golang.org/x/crypto/ssh.(*mux).SendRequest",
    "golang.org/x/crypto/ssh.(*channel).SendRequest", "golang.org/x/crypto/ssh.(*Session).Wait",
    "github.com/rabbitmq/amqp091-go.(*Channel).call", "github.com/streadway/amqp.(*Channel).call",
  ]

  /// The wait in words, to be read after "goroutines".
  package var phrase: String {
    switch self {
    case .chanSend: "blocked sending to a channel"
    case .chanReceive: "blocked receiving from a channel"
    case .channel: "blocked on a channel"
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
