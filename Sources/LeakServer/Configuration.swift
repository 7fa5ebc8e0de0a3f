/// Where the server listens, whom it answers and what it takes in.
package struct Configuration: Sendable, Equatable {
  /// The address to bind.
  package let host: String
  /// 0 lets the system choose one.
  package let port: Int
  /// Where health and metrics are answered besides, on a listener of their own; 0 lets the system
  /// choose one.
  package let healthPort: Int
  /// Names, besides those of the loopback address, that a request may be sent to; lower case.
  package let hostNames: [String]
  /// Sites whose pages may read and write here, as browsers name them: `https://wiki.example`.
  package let origins: [String]
  package var limits: Limits
  package var rates: Rates

  /// The sizes and times beyond which a request is refused.
  package struct Limits: Sendable, Equatable {
    /// The longest request line and headers, in bytes.
    package var head = 16 << 10
    /// The largest JSON body, in bytes.
    package var json = 2 << 20
    /// How deep lists and objects of JSON may lie in one another.
    package var jsonDepth = 64
    /// The largest upload, in bytes as they are sent.
    package var upload = 64 << 20
    /// How many uploads are taken in at a time.
    package var uploadsAtOnce = 4
    /// How many more uploads may wait for a place, and long answers for theirs.
    package var waitingAtOnce = 16
    /// How long they wait before they are told to come back.
    package var waiting: Duration = .seconds(2)
    /// How many long answers are made at a time.
    package var pagesAtOnce = 8
    /// How many bytes of long answers may wait for clients to fetch them.
    package var waitingBytes = 48 << 20
    /// How many requests are worked on at a time; beyond, the server says that it is busy.
    package var requestsAtOnce = 256
    /// How long an upload waits for its diagnosis before it is answered without.
    package var patience: Duration = .seconds(1)
    /// How long a connection may be silent.
    package var idle: Duration = .seconds(30)
    /// How long a request may take to arrive, from its head to the last byte of its body.
    package var reading: Duration = .seconds(30)
    /// The same for uploads.
    package var readingUpload: Duration = .seconds(120)
    /// How long a client may take to fetch an answer.
    package var writing: Duration = .seconds(60)
    /// How many requests a connection may carry.
    package var requestsPerConnection = 1_000
    /// How many requests a client may send ahead of the answers.
    package var queuedRequests = 8
    /// How many connections may be open.
    package var connections = 2_000
    /// How many of them may come from one address that is not this machine's.
    package var connectionsPerAddress = 64
    /// How long a stopping server waits for requests under way.
    package var shutdown: Duration = .seconds(10)

    package init() {}
  }

  /// How many requests a second each address and each token may make, with twice as many at once.
  package struct Rates: Sendable, Equatable {
    /// GET and HEAD; 0 for any number.
    package var read = 50.0
    /// All others; 0 for any number.
    package var write = 10.0
    /// How many tokens that are not valid an address may show a minute; 0 for any number.
    ///
    /// A mistyped token is found out in fewer tries, and guessing gets nowhere.
    package var badTokens = 10.0
    /// Whether requests from this machine are counted by address: behind a proxy all come from it.
    package var includeLoopback = false

    package init() {}
  }

  /// Whether only this machine can reach the server.
  package var isLoopback: Bool { HostName(host)?.isLoopback == true }

  /// Checks where to listen.
  ///
  /// - Parameters:
  ///   - host: The address; one that other machines reach only with `hasTokens`.
  ///   - port: 0 to 65,535.
  ///   - healthPort: 0 to 65,535.
  ///   - hostNames: Further names that requests are sent to.
  ///   - origins: Sites whose pages may use the API.
  ///   - limits: What is taken in.
  ///   - rates: How often it is taken in.
  ///   - hasTokens: Whether there is a token that lets somebody in.
  /// - Throws: `ConfigurationError`.
  package init(
    host: String = "127.0.0.1",
    port: Int = 8_080,
    healthPort: Int = 0,
    hostNames: [String] = [],
    origins: [String] = [],
    limits: Limits = Limits(),
    rates: Rates = Rates(),
    hasTokens: Bool = false
  ) throws(ConfigurationError) {
    guard let name = HostName(host), name.isLoopback || hasTokens else { throw .notLoopback(host) }
    for port in [port, healthPort] where !(0...65_535).contains(port) { throw .badPort(port) }
    self.host = host
    self.port = port
    self.healthPort = healthPort
    self.hostNames = hostNames.map { $0.lowercased() }
    self.origins = try origins.map { origin throws(ConfigurationError) in
      let isSite = ["http://", "https://"].contains { scheme in
        origin.hasPrefix(scheme) && HostName(String(origin.dropFirst(scheme.count))) != nil
      }
      guard isSite else { throw .badOrigin(origin) }
      return origin.lowercased()
    }
    self.limits = limits
    self.rates = rates
  }
}

/// Why the server cannot be set up as asked.
package enum ConfigurationError: Error, Equatable, CustomStringConvertible {
  case notLoopback(String)
  case badPort(Int)
  case badOrigin(String)

  package var description: String {
    switch self {
    case .notLoopback(let host):
      "\(host) can be reached from other machines, and there are no tokens to keep them out; "
        + "make one with `leakbook token create`, or listen on 127.0.0.1"
    case .badPort(let port):
      "\(port) is not a port; choose one from 0 to 65535"
    case .badOrigin(let origin):
      "\(origin) is not a site; write it as browsers do: https://wiki.example"
    }
  }
}
