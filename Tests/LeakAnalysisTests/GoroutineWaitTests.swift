import LeakAnalysis
import Testing

struct GoroutineWaitTests {
  @Test(arguments: [
    ("chan send", GoroutineWait.chanSend),
    ("chan send (nil chan)", .chanSend),
    ("chan receive", .chanReceive),
    ("chan receive (nil chan)", .chanReceive),
    ("select", .select),
    ("select (no cases)", .select),
    ("IO wait", .ioWait),
    ("sleep", .sleep),
    ("syscall", .syscall),
    ("running", .running),
    ("runnable", .running),
    ("finalizer wait", .finalizer),
    ("sync.Cond.Wait", .condition),
    ("force gc (idle)", .idle),
    ("GC sweep wait", .idle),
    ("GC scavenge wait", .idle),
    ("GC worker (idle)", .idle),
    ("panicwait", .other),
  ])
  func `states of Go 1.19 are understood`(state: String, wait: GoroutineWait) {
    #expect(GoroutineWait(state: state, functions: []) == wait)
  }

  @Test(arguments: [
    ("sync.Mutex.Lock", GoroutineWait.lock),
    ("sync.RWMutex.RLock", .lock),
    ("sync.RWMutex.Lock", .lock),
    ("sync.WaitGroup.Wait", .waitGroup),
    ("cleanup wait", .finalizer),
    ("chan receive (durable)", .chanReceive),
    ("select (leaked)", .select),
  ])
  func `states that came until Go 1.27 are understood`(state: String, wait: GoroutineWait) {
    #expect(GoroutineWait(state: state, functions: []) == wait)
  }

  @Test(arguments: [
    (["sync.runtime_Semacquire", "sync.(*WaitGroup).Wait", "main.run"], GoroutineWait.waitGroup),
    (["sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow", "main.run"], .lock),
    (["sync.runtime_SemacquireRWMutexR", "sync.(*RWMutex).RLock", "main.run"], .lock),
  ])
  func `the frames tell what a semaphore is for`(functions: [String], wait: GoroutineWait) {
    #expect(GoroutineWait(state: "semacquire", functions: functions) == wait)
  }

  @Test(arguments: [
    (
      ["runtime.gopark", "runtime.chansend", "runtime.chansend1", "main.f"], GoroutineWait.chanSend
    ),
    (["runtime.gopark", "runtime.chanrecv", "runtime.chanrecv1", "main.f"], .chanReceive),
    (["runtime.gopark", "runtime.selectgo", "main.f"], .select),
    (["runtime.gopark", "runtime.block", "main.f"], .select),
    (
      ["runtime.gopark", "runtime.netpollblock", "internal/poll.runtime_pollWait", "main.f"],
      .ioWait
    ),
    (["runtime.gopark", "time.Sleep", "main.f"], .sleep),
    (
      [
        "runtime.gopark", "runtime.goparkunlock", "runtime.semacquire1",
        "sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow", "main.f",
      ], .lock
    ),
    (
      [
        "runtime.gopark", "runtime.goparkunlock", "runtime.semacquire1",
        "sync.runtime_SemacquireWaitGroup", "sync.(*WaitGroup).Wait", "main.f",
      ], .waitGroup
    ),
    (["runtime.gopark", "sync.runtime_notifyListWait", "sync.(*Cond).Wait", "main.f"], .condition),
    (["runtime.gopark", "runtime.runFinalizers"], .finalizer),
    (["runtime.gopark", "runtime.bgsweep"], .idle),
    (["runtime.cgocall", "main._Cfunc_sleep", "main.f"], .syscall),
    (["internal/runtime/syscall.Syscall6", "syscall.RawSyscall6", "main.f"], .syscall),
    (["main.f", "main.main", "runtime.main"], .running),
    (["runtime.gopark", "main.f"], .other),
    ([], .running),
  ])
  func `a profile's stack tells the wait`(functions: [String], wait: GoroutineWait) {
    #expect(GoroutineWait(functions: functions) == wait)
  }

  @Test(
    arguments: [
      (["net/http.(*persistConn).roundTrip", "main.f"], GoroutineWait.ioWait),
      (["net/http/internal/http2.(*ClientConn).RoundTrip", "main.f"], .ioWait),
      (["golang.org/x/sync/semaphore.(*Weighted).Acquire", "main.f"], .lock),
      (["io.(*pipe).write", "io.(*PipeWriter).Write", "main.f"], .chanSend),
      (["io.(*pipe).read", "io.(*PipeReader).Read", "main.f"], .chanReceive),
      (["main.f"], .select),
    ]
  )
  func `a select inside a client's call waits for the peer`(
    functions: [String],
    wait: GoroutineWait
  ) {
    #expect(GoroutineWait.select.refined(by: functions) == wait)
  }

  @Test func `a call over net/rpc receives its answer from a channel, but waits for the peer`() {
    #expect(GoroutineWait.chanReceive.refined(by: ["net/rpc.(*Client).Call"]) == .ioWait)
  }

  @Test func `a group at its limit is a semaphore, though it is made of a channel`() {
    let functions = ["golang.org/x/sync/errgroup.(*Group).Go", "main.f"]
    #expect(GoroutineWait.chanSend.refined(by: functions) == .lock)
  }

  @Test func `a hundred goroutines in one place without a sign of the wait are on a channel`() {
    #expect(GoroutineWait(visible: ["main.watch"], count: 100) == .channel)
  }

  @Test func `a few goroutines without a sign of the wait may be running`() {
    #expect(GoroutineWait(visible: ["main.watch"], count: 3) == .other)
  }

  @Test func `where the visible frames tell, the count does not matter`() {
    #expect(GoroutineWait(visible: ["time.Sleep", "main.watch"], count: 100) == .sleep)
  }

  @Test func `what waits for a lock inside a client's call waits for the lock`() {
    #expect(GoroutineWait.lock.refined(by: ["net/http.(*persistConn).roundTrip"]) == .lock)
  }

  @Test(arguments: GoroutineWait.allCases)
  func `every wait has words for people`(wait: GoroutineWait) {
    #expect(!wait.phrase.isEmpty)
  }
}
