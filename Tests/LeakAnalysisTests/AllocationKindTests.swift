import GoFormats
import LeakAnalysis
import Testing

struct AllocationKindTests {
  @Test(arguments: [
    ([], AllocationKind.own),
    (["io.ReadAll"], .read),
    (["os.ReadFile"], .read),
    (["strings.(*Builder).grow", "strings.(*Builder).WriteString"], .read),
    (["bytes.growSlice", "bytes.(*Buffer).grow", "bytes.(*Buffer).Write"], .bufferGrowth),
    (["fmt.Sprintf"], .format),
    (["strconv.Itoa"], .format),
    (["encoding/json.(*decodeState).object", "encoding/json.Unmarshal"], .decode),
    (["compress/flate.NewWriter", "compress/gzip.(*Writer).Write"], .compressor),
    (["context.WithCancel"], .context),
    (["time.NewTicker"], .timer),
    (["github.com/prometheus/client_golang/prometheus.(*MetricVec).GetMetricWith"], .metrics),
    (["github.com/hashicorp/golang-lru/v2.(*Cache[...]).Add"], .cacheLibrary),
    (["main.newBuffer", "sync.(*Pool).Get"], .pool),
    (["net/http.(*Transport).dialConn"], .client),
    (["database/sql.(*DB).conn"], .database),
    (["github.com/lib/pq.(*conn).query"], .database),
    (["github.com/them/lib.Do"], .other),
  ])
  func `the library below the program's function tells what allocates`(
    functions: [String],
    expected: AllocationKind
  ) {
    #expect(kind(functions) == expected)
  }

  @Test func `a timer made for a context is the context's`() {
    let frames = ["time.AfterFunc", "context.WithDeadline"]
    #expect(kind(frames) == .context)
  }

  @Test func `a context that a server makes for a request is the connection's`() {
    let frames = ["context.WithCancel", "net/http.(*conn).readRequest"]
    #expect(kind(frames) == .network)
  }

  @Test func `text formatted for a metrics library is the metrics'`() {
    let frames = ["fmt.Sprintf", "github.com/prometheus/client_golang/prometheus.NewDesc"]
    #expect(kind(frames) == .metrics)
  }

  @Test func `of the other libraries the one nearest to the allocation tells`() {
    let frames = ["bytes.growSlice", "bytes.(*Buffer).Write", "encoding/json.Marshal"]
    #expect(kind(frames) == .bufferGrowth)
  }

  private func kind(_ functions: [String]) -> AllocationKind {
    AllocationKind(signsBelow: functions.map(AllocationKind.Signs.init))
  }
}
