import Foundation

/// An address of the internet, version 4 written as version 6 (`::ffff:a.b.c.d`).
struct NetworkAddress: Sendable, Hashable {
  /// 16 bytes.
  let bytes: [UInt8]

  /// Reads the usual form of either version; nil for the other ways to write a number.
  init?(_ text: String) {
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = Self.mapped + withUnsafeBytes(of: four) { Array($0) }
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      bytes = Self.unwrapped(withUnsafeBytes(of: six) { Array($0) })
    } else {
      return nil
    }
  }

  private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

  /// What an address leads to in the end: 64:ff9b::/96 (RFC 6052), ::a.b.c.d and 2002::/16 (RFC
  /// 3056) hold one of version 4.
  private static func unwrapped(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) {
      return mapped + bytes[12...]
    }
    if bytes.starts(with: [0x20, 0x02]) { return mapped + bytes[2..<6] }
    let isCompatible = bytes.prefix(12).allSatisfy { $0 == 0 } && bytes[12] != 0
    return isCompatible ? mapped + bytes[12...] : bytes
  }

  /// The addresses of a name, each once; empty when it has none.
  ///
  /// Blocks while it asks.
  static func resolve(_ host: String) -> [(address: NetworkAddress, text: String)] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var found: [(NetworkAddress, String)] = []
    var entry = list
    while let info = entry?.pointee {
      var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let size = socklen_t(name.count)
      if getnameinfo(info.ai_addr, info.ai_addrlen, &name, size, nil, 0, NI_NUMERICHOST) == 0 {
        let text = String(
          decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
          as: UTF8.self
        )
        // One with a zone, `fe80::1%eth0`, is not readable as a number, and must not be reached.
        guard let address = NetworkAddress(text) else { return [] }
        if !found.contains(where: { $0.0 == address }) { found.append((address, text)) }
      }
      entry = info.ai_next
    }
    return found
  }
}

/// A range of addresses, written `10.0.0.0/8` or `fd00::/8`.
struct Network: Sendable, Equatable {
  private let base: NetworkAddress
  /// Of 128.
  private let prefix: Int

  /// Reads a range; nil without a length, or with one that its version does not have.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let base = NetworkAddress(String(parts[0])), let length = Int(parts[1])
    else { return nil }
    let isFour = !parts[0].contains(":")
    guard (0...(isFour ? 32 : 128)).contains(length) else { return nil }
    self.base = base
    self.prefix = length + (isFour ? 96 : 0)
  }

  func contains(_ address: NetworkAddress) -> Bool {
    (0..<prefix).allSatisfy { bit in
      let mask = UInt8(0x80) >> (bit % 8)
      return base.bytes[bit / 8] & mask == address.bytes[bit / 8] & mask
    }
  }
}
