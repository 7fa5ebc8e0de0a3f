/// What allocates at a site, told by the library frames below the program's own function.
package enum AllocationKind: String, Sendable, CaseIterable {
  /// The program's own function, no library frame below: make, new, append, map, literal.
  case own
  /// A whole input or text read into memory: io.ReadAll, os.ReadFile, bufio, strings.Builder.
  case read
  /// A buffer that grows while it is written: bytes.(*Buffer).grow.
  case bufferGrowth = "buffer_growth"
  /// Text made by fmt, strconv or a logger.
  case format
  /// Values made by a decoder: encoding/json and others.
  case decode
  /// Compressors: tables of hundreds of kilobytes each.
  case compressor
  /// Children of a context.
  case context
  /// Timers and tickers.
  case timer
  /// Time series of a metrics library.
  case metrics
  /// Entries of a cache library.
  case cacheLibrary = "cache_library"
  /// Objects made by a sync.Pool's New.
  case pool
  /// Result sets, statements and connections of database/sql and its drivers.
  case database
  /// Connections: net, net/http, crypto/tls, gRPC, database drivers.
  case network
  /// Clients and their connections, by the name of what makes them: NewClient, dialConn, newSession.
  case client
  case other
}

extension AllocationKind {
  /// What one function's name says of what it allocates.
  package struct Signs: Sendable {
    /// Bit n stands for sign n of those that name the trouble.
    fileprivate let naming: UInt16
    fileprivate let nearest: AllocationKind?

    package init(function: String) {
      naming = AllocationKind.namingSigns.enumerated().reduce(0) { bits, sign in
        sign.element.holds(function) ? bits | 1 << UInt16(sign.offset) : bits
      }
      nearest = AllocationKind.nearestSigns.first { $0.holds(function) }?.kind
    }
  }

  /// Reads the kind from the calls between the allocation and the program's own function.
  ///
  /// - Parameter signs: Those of the calls, leaf first; none for the function's own allocations.
  package init(signsBelow signs: some Sequence<Signs>) {
    // Some libraries name the trouble wherever they stand on the stack; for the rest the call
    // nearest to the allocation tells what it is.
    var naming: UInt16 = 0
    var nearest: AllocationKind?
    var isOwn = true
    for sign in signs {
      isOwn = false
      naming |= sign.naming
      nearest = nearest ?? sign.nearest
    }
    if isOwn {
      self = .own
    } else if naming != 0 {
      self = Self.namingSigns[naming.trailingZeroBitCount].kind
    } else {
      self = nearest ?? .other
    }
  }

  private typealias Sign = (kind: AllocationKind, holds: @Sendable (String) -> Bool)

  /// A timer made for a context is the context's, a map grown by a metrics library the metrics'.
  private static let namingSigns: [Sign] = [
    (.metrics, { name in metricsLibraries.contains { name.hasPrefix($0) } }),
    (.cacheLibrary, { name in cacheLibraries.contains { name.hasPrefix($0) } }),
    (.database, { name in databasePackages.contains { name.hasPrefix($0) } }),
    (.client, makesClient),
    // A server makes a context for each connection and request, and cancels it after.
    (.network, { name in serverConnections.contains { name.hasPrefix($0) } }),
    (.context, { $0.hasPrefix("context.") }),
    (.timer, { timerFunctions.contains($0) }),
    (.pool, { $0 == "sync.(*Pool).Get" }),
    (.compressor, { name in compressors.contains { name.hasPrefix($0) } }),
    (.read, { name in wholeReaders.contains { name.hasPrefix($0) } }),
  ]

  /// Whether a library's function makes a client or a connection: Go names constructors for what
  /// they make (Effective Go, "Package names").
  private static let makesClient: @Sendable (String) -> Bool = { name in
    guard FunctionName(name).origin(file: "") != .own else { return false }
    let normalized = FunctionName(name).normalized
    let base = (normalized.split(separator: ".").last.map(String.init) ?? name).lowercased()
    let verbs = ["new", "dial", "open", "connect", "create"]
    guard let verb = verbs.first(where: { base.hasPrefix($0) }) else { return false }
    let object = base.dropFirst(verb.count)
    let objects = ["conn", "client", "session", "transport", "cluster", "http2client"]
    return objects.contains { object.contains($0) }
  }

  private static let nearestSigns: [Sign] = [
    (.network, { name in networkPackages.contains { name.hasPrefix($0) } }),
    (.read, { name in readers.contains { name.hasPrefix($0) } }),
    (.bufferGrowth, { name in growers.contains { name.hasPrefix($0) } }),
    (.decode, { name in decoders.contains { name.hasPrefix($0) } }),
    (.format, { name in formatters.contains { name.hasPrefix($0) } }),
  ]

  /// Functions that make a timer (Go 1.27, time/sleep.go and time/tick.go).
  private static let timerFunctions: Set<String> = [
    "time.NewTimer", "time.newTimer", "time.After", "time.AfterFunc", "time.NewTicker", "time.Tick",
    "time.startTimer",
  ]
  private static let metricsLibraries = [
    "github.com/prometheus/client_golang/", "go.opentelemetry.io/otel/sdk/metric",
    "go.opentelemetry.io/otel/attribute", "github.com/VictoriaMetrics/metrics.",
    "github.com/rcrowley/go-metrics.", "github.com/armon/go-metrics",
    "github.com/hashicorp/go-metrics", "github.com/uber-go/tally", "go.opencensus.io/stats",
    "github.com/go-kit/kit/metrics", "github.com/cactus/go-statsd-client", "expvar.",
  ]
  private static let cacheLibraries = [
    "github.com/patrickmn/go-cache", "github.com/hashicorp/golang-lru",
    "github.com/dgraph-io/ristretto", "github.com/allegro/bigcache", "github.com/coocood/freecache",
    "github.com/golang/groupcache", "github.com/bluele/gcache", "github.com/jellydator/ttlcache",
    "github.com/ReneKroon/ttlcache", "github.com/karlseguin/ccache", "github.com/eko/gocache",
    "github.com/maypok86/otter", "github.com/VictoriaMetrics/fastcache",
    "github.com/muesli/cache2go", "github.com/Code-Hex/go-generics-cache",
    "github.com/akyoto/cache",
  ]
  private static let compressors = [
    "compress/", "github.com/klauspost/compress", "github.com/andybalholm/brotli",
    "github.com/pierrec/lz4", "github.com/golang/snappy",
  ]
  private static let networkPackages = [
    "net.", "net/http.(*Transport)", "net/http.(*Client)", "net/http.(*persistConn)",
    "net/http.(*conn)", "net/http.(*http2", "crypto/tls.", "google.golang.org/grpc",
    "golang.org/x/net/http2", "github.com/redis/go-redis",
  ]
  private static let serverConnections = [
    "net/http.(*conn).", "net/http.(*http2serverConn)", "net/http/internal/http2.(*serverConn)",
    "golang.org/x/net/http2.(*serverConn)",
    "google.golang.org/grpc/internal/transport.(*http2Server)",
  ]
  private static let databasePackages = [
    "database/sql.", "github.com/lib/pq", "github.com/jackc/pgx", "github.com/go-sql-driver/mysql",
    "github.com/mattn/go-sqlite3", "modernc.org/sqlite", "go.mongodb.org/mongo-driver",
  ]
  private static let wholeReaders = [
    "io.ReadAll", "io/ioutil.ReadAll", "os.ReadFile", "io/ioutil.ReadFile",
    "bytes.(*Buffer).ReadFrom", "bufio.(*Scanner)", "bufio.(*Reader).ReadString",
    "bufio.(*Reader).ReadBytes", "bufio.(*Reader).collectFragments",
  ]
  private static let readers = [
    "io.copyBuffer", "strings.(*Builder)",
    "strings.Clone", "bytes.Clone", "strings.Join", "strings.Repeat", "strings.(*byteReplacer)",
    "strings.ToLower", "strings.ToUpper", "bytes.Fields", "bytes.Split", "strings.Split",
    "strings.genSplit", "strings.Fields",
  ]
  private static let decoders = [
    "encoding/", "gopkg.in/yaml", "sigs.k8s.io/yaml", "google.golang.org/protobuf",
    "github.com/golang/protobuf", "github.com/gogo/protobuf", "github.com/json-iterator",
    "github.com/bytedance/sonic", "github.com/goccy/go-json", "github.com/tidwall/gjson",
    "github.com/vmihailenco/msgpack", "github.com/ugorji/go", "image/", "html/", "text/template",
  ]
  private static let growers = [
    "bytes.growSlice", "bytes.makeSlice", "bytes.(*Buffer)", "slices.Grow", "slices.Insert",
    "strings.Builder", "bufio.NewWriterSize", "bufio.NewReaderSize",
  ]
  private static let formatters = [
    "fmt.", "strconv.", "log.", "log/slog.", "reflect.", "go.uber.org/zap",
    "github.com/sirupsen/logrus", "github.com/rs/zerolog",
  ]
}
