/// What may be fetched because a chat asks for it: by default nothing.
struct FetchPolicy: Sendable {
  private let hosts: Set<String>
  private let networks: [Network]

  /// - Parameter allowed: Host names, exactly as links write them, and ranges of addresses.
  init(allowed: [String]) {
    networks = allowed.compactMap { Network($0) }
    hosts = Set(allowed.filter { Network($0) == nil }.map { $0.lowercased() })
  }

  /// Never, whatever is allowed: metadata services, link-local, multicast, unspecified, broadcast.
  private static let forbidden = [
    "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32", "::/128", "fe80::/10",
    "ff00::/8", "fd00:ec2::254/128",
  ].compactMap { Network($0) }

  /// Only where a range allows it: networks that are somebody's own.
  private static let inner = [
    "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24",
    "192.168.0.0/16", "198.18.0.0/15", "240.0.0.0/4", "::1/128", "fc00::/7",
  ].compactMap { Network($0) }

  /// Whether a host may be looked up at all.
  func allows(host: String) -> Bool {
    if let address = NetworkAddress(host) {
      return networks.contains { $0.contains(address) } && allows(address)
    }
    return hosts.contains(host)
  }

  /// Whether an address that an allowed host has may be connected to.
  func allows(_ address: NetworkAddress) -> Bool {
    if Self.forbidden.contains(where: { $0.contains(address) }) { return false }
    let isInner = Self.inner.contains { $0.contains(address) }
    return !isInner || networks.contains { $0.contains(address) }
  }
}

/// A link taken apart; nothing about it may be unusual.
struct CaptureLink: Sendable, Equatable {
  let url: String
  /// In lower case, an IPv6 address without its brackets.
  let host: String
  /// The last part of the path, for a name.
  let name: String

  /// Reads a link; nil unless it is plain HTTP or HTTPS.
  ///
  /// Readers of addresses disagree about user names, backslashes, blanks, escapes in the host and
  /// upper case; links with any of them are not read.
  init?(_ text: String) {
    guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }),
      text.utf8.count <= 2_000, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 92 })
    else { return nil }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let path = rest[authority.endIndex...].prefix { $0 != "?" && $0 != "#" }
    guard let host = HostName(String(authority)), authority == authority.lowercased(),
      !authority.contains("@"), !host.name.hasSuffix(".")
    else { return nil }
    self.url = text
    self.host = host.name
    self.name = path.split(separator: "/").last.map(String.init) ?? "capture"
  }

  /// Whether it is the debug endpoint of a running program, which costs that program something.
  var isLiveTarget: Bool { url.contains("/debug/pprof") }
}
