import Hummingbird
import Logging
import NIOCore

/// What goes with a request through middleware and routes.
struct CallContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The address it came from, without the port; nil without a socket.
  let address: String?

  init(source: Source) {
    coreContext = CoreRequestContextStorage(source: source)
    address = source.channel.remoteAddress?.ipAddress
  }

  /// The number under which the log tells of the request.
  ///
  /// Not the framework's `id`, which traps with a log handler that keeps no metadata.
  var requestID: String { logger[metadataKey: Self.requestIDKey]?.description ?? "unknown" }

  private static let requestIDKey = "hb.request.id"

  /// The context under the number that a client gave its request.
  ///
  /// Shape: up to 64 letters, digits and `-_.`; nil for anything else, since it goes into the log.
  func withRequestID(_ text: String?) -> CallContext? {
    guard let text, (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isPlain) else {
      return nil
    }
    var context = self
    context.logger[metadataKey: Self.requestIDKey] = .string(text)
    return context
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}
