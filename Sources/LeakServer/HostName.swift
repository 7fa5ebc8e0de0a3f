/// The host part of an address or of a `Host` header, without the port.
struct HostName: Equatable {
  /// In lower case, an IPv6 address without its brackets.
  let name: String

  /// Reads `name`, `name:port`, `[v6]`, `[v6]:port` or a bare IPv6 address; nil for anything else.
  init?(_ authority: String) {
    let host: Substring
    let port: Substring
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { return nil }
      host = authority[authority.index(after: authority.startIndex)..<close]
      port = authority[authority.index(after: close)...]
      guard host.contains(":") else { return nil }
    } else if authority.count(where: { $0 == ":" }) > 1 {
      host = authority[...]
      port = ""
    } else {
      host = authority.prefix { $0 != ":" }
      port = authority[host.endIndex...]
    }
    guard !host.isEmpty, host.utf8.allSatisfy(Self.isAllowed), Self.isPort(port) else {
      return nil
    }
    self.name = host.lowercased()
  }

  /// Whether only this machine can be meant.
  var isLoopback: Bool {
    if name == "localhost" || name == "::1" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Whether it is an address and no name: four numbers, or one with colons.
  var isAddress: Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return name.contains(":") || parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: ":"):
      true
    default: false
    }
  }

  /// Whether a text is empty, or a colon and a port.
  private static func isPort(_ text: Substring) -> Bool {
    text.isEmpty
      || text.hasPrefix(":") && text.count > 1 && text.dropFirst().allSatisfy { "0"..."9" ~= $0 }
  }
}
