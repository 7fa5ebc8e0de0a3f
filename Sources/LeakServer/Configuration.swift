/// Where the server listens, whom it answers and what it takes in.
package struct Configuration: Sendable, Equatable {
  /// The address to bind: always one of this machine only.
  package let host: String
  /// 0 lets the system choose one.
  package let port: Int
  /// Names, besides those of the loopback address, that a request may be sent to; lower case.
  package let hostNames: [String]
  package var limits: Limits

  /// The sizes and times beyond which a request is refused.
  package struct Limits: Sendable, Equatable {
    /// The largest JSON body, in bytes.
    package var json = 2 << 20
    /// The largest upload, in bytes as they are sent.
    package var upload = 64 << 20
    /// How many uploads are taken in at a time.
    package var uploadsAtOnce = 4
    /// How long a connection may be silent.
    package var idle: Duration = .seconds(30)
    /// How long a stopping server waits for requests under way.
    package var shutdown: Duration = .seconds(10)

    package init() {}
  }

  /// Checks where to listen.
  ///
  /// - Parameters:
  ///   - host: `localhost`, `::1` or an address that begins with `127.`.
  ///   - port: 0 to 65,535.
  ///   - hostNames: Further names that a proxy on this machine passes on.
  ///   - limits: What is taken in.
  /// - Throws: `ConfigurationError`; whoever can reach the server may read and write everything.
  package init(
    host: String = "127.0.0.1",
    port: Int = 8_080,
    hostNames: [String] = [],
    limits: Limits = Limits()
  ) throws(ConfigurationError) {
    guard HostName(host)?.isLoopback == true else { throw .notLoopback(host) }
    guard (0...65_535).contains(port) else { throw .badPort(port) }
    self.host = host
    self.port = port
    self.hostNames = hostNames.map { $0.lowercased() }
    self.limits = limits
  }
}

/// Why the server cannot be set up as asked.
package enum ConfigurationError: Error, Equatable, CustomStringConvertible {
  case notLoopback(String)
  case badPort(Int)

  package var description: String {
    switch self {
    case .notLoopback(let host):
      "\(host) can be reached from other machines, and there are no tokens to keep them out; "
        + "listen on 127.0.0.1"
    case .badPort(let port):
      "\(port) is not a port; choose one from 0 to 65535"
    }
  }
}
