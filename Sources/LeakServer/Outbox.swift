import Hummingbird
import Synchronization

/// Sends long answers in slices, and no more of them at a time than memory has room for.
///
/// An answer stays in memory until its client has fetched it, and a client may take its time.
final class Outbox: Sendable {
  /// Answers up to this many bytes are sent at once and not counted.
  private static let short = 256 << 10
  /// What the connection takes before it must be waited for again.
  private static let slice = 64 << 10

  private let limit: Int
  private let waiting = Mutex(0)

  /// - Parameter limit: How many bytes may wait.
  init(limit: Int) {
    self.limit = limit
  }

  /// Makes the body of an answer.
  ///
  /// - Throws: `Problem` of kind busy when too much waits already.
  func body(_ bytes: [UInt8]) throws(Problem) -> ResponseBody {
    guard bytes.count > Self.short else {
      return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    }
    let room = try Room(bytes.count, in: self)
    let buffer = ByteBuffer(bytes: bytes)
    return ResponseBody(contentLength: bytes.count) { writer in
      defer { withExtendedLifetime(room) {} }
      var rest = buffer
      while let slice = rest.readSlice(length: min(Self.slice, rest.readableBytes)),
        slice.readableBytes > 0
      {
        try await writer.write(slice)
      }
      try await writer.finish(nil)
    }
  }

  /// The bytes of one answer, which stop counting when nobody holds it any more.
  private final class Room: Sendable {
    private let count: Int
    private let outbox: Outbox

    init(_ count: Int, in outbox: Outbox) throws(Problem) {
      let hasRoom = outbox.waiting.withLock { waiting in
        guard waiting == 0 || waiting + count <= outbox.limit else { return false }
        waiting += count
        return true
      }
      guard hasRoom else {
        throw Problem(.busy, "too many long answers wait to be fetched; try again in a moment")
      }
      self.count = count
      self.outbox = outbox
    }

    deinit { outbox.waiting.withLock { $0 -= count } }
  }
}
