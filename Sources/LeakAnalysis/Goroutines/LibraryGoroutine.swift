/// The functions of libraries that run goroutines for their callers.
package enum LibraryGoroutine {
  /// One for each client connection (Go 1.27, net/http/transport.go).
  ///
  /// HTTP/2 is bundled into net/http (`http2ClientConn`) or, since Go 1.27, a package below it.
  package static let httpClient: Set<String> = [
    "net/http.(*persistConn).readLoop", "net/http.(*http2ClientConn).readLoop",
    "net/http.(*http2clientConnReadLoop).run", "golang.org/x/net/http2.(*clientConnReadLoop).run",
    "net/http/internal/http2.(*clientConnReadLoop).run",
  ]
  /// One for each request over HTTP/2, or with a Client.Timeout, whose response body is still open
  /// (Go 1.27, net/http/internal/http2/transport.go: it ends when the body is read to its end or closed).
  package static let httpStream: Set<String> = [
    "net/http.(*http2clientStream).doRequest", "net/http/internal/http2.(*clientStream).doRequest",
    "golang.org/x/net/http2.(*clientStream).doRequest",
    // Watches Client.Timeout until the body is closed (net/http/client.go).
    "net/http.setRequestCancel.func4", "net/http.setRequestCancel.func3",
  ]
  /// One for each client connection or ClientConn (grpc-go 1.4x to 1.7x).
  package static let rpcClient: Set<String> = [
    "google.golang.org/grpc/internal/transport.(*http2Client).reader",
    "google.golang.org/grpc.(*addrConn).resetTransport",
    "google.golang.org/grpc.(*ccBalancerWrapper).watcher",
    "google.golang.org/grpc/internal/grpcsync.(*CallbackSerializer).run",
  ]
  /// One for each sql.DB (database/sql/sql.go, OpenDB).
  package static let sqlPool: Set<String> = ["database/sql.(*DB).connectionOpener"]
  /// One for each open result set or transaction with a context.
  package static let sqlRows: Set<String> = [
    "database/sql.(*Rows).awaitDone", "database/sql.(*Tx).awaitDone",
  ]
  /// Started to wait for a context's end and clean up after it; by their normalised names.
  ///
  /// propagateCancel starts one for a parent that is no context of the standard library (Go 1.27,
  /// context/context.go); gRPC one for each stream, until it is read to its end or cancelled
  /// (grpc-go stream.go, newClientStream); etcd one for each watch (client/v3 watch.go).
  package static let contextWaiters: Set<String> = [
    "context.propagateCancel", "context.(*cancelCtx).propagateCancel",
    "google.golang.org/grpc.newClientStream", "google.golang.org/grpc.newClientStreamWithParams",
    "go.etcd.io/etcd/client/v3.(*watchGrpcStream).serveSubstream",
    "go.etcd.io/etcd/clientv3.(*watchGrpcStream).serveSubstream",
    "github.com/coreos/etcd/clientv3.(*watchGrpcStream).serveSubstream",
  ]
  /// Waiting for a connection of a full pool.
  package static let sqlConnWait: Set<String> = ["database/sql.(*DB).conn"]
  /// Runs inside a server's request.
  package static let handlers: Set<String> = [
    "net/http.(*conn).serve", "net/http.(*http2serverConn).runHandler",
    "golang.org/x/net/http2.(*serverConn).runHandler",
    "net/http/internal/http2.(*serverConn).runHandler",
    "google.golang.org/grpc.(*Server).handleStream",
  ]
  /// Accept connections until the process ends.
  package static let servers: Set<String> = [
    "net/http.(*Server).Serve", "google.golang.org/grpc.(*Server).Serve",
    "net/rpc.(*Server).Accept",
  ]
  /// Run finalizers and cleanups (runtime/mfinal.go, mcleanup.go; `runfinq` until Go 1.24).
  package static let finalizerRunners: Set<String> = [
    "runtime.runfinq", "runtime.runFinalizers", "runtime.runCleanups",
  ]
}
