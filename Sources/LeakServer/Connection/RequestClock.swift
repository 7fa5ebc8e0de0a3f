import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose client takes too long to send a request or to fetch an answer, sends
/// too many requests ahead, or has had enough of them.
///
/// The framework's idle timeout begins anew with every byte of a body, so a client that drips its
/// body would stay for ever; and it leaves a client alone that does not read.
final class RequestClock: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: Configuration.Limits
  /// Whether a request is an upload, which may take longer.
  private let isUpload: @Sendable (HTTPRequest) -> Bool
  private var readDeadline: Scheduled<Void>?
  private var writeDeadline: Scheduled<Void>?
  /// Requests whose answers are not written yet.
  private var queued = 0
  private var answered = 0

  init(
    limits: Configuration.Limits,
    isUpload: @escaping @Sendable (HTTPRequest) -> Bool
  ) {
    self.limits = limits
    self.isUpload = isUpload
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      queued += 1
      guard queued <= limits.queuedRequests else {
        context.close(promise: nil)
        return
      }
      readDeadline = close(context, after: isUpload(head) ? limits.readingUpload : limits.reading)
    case .body: break
    case .end:
      readDeadline?.cancel()
      readDeadline = nil
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      writeDeadline = writeDeadline ?? close(context, after: limits.writing)
      if answered + 1 == limits.requestsPerConnection { head.headerFields[.connection] = "close" }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body:
      context.write(data, promise: promise)
    case .end:
      queued -= 1
      answered += 1
      let written = promise ?? context.eventLoop.makePromise()
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      written.futureResult.whenComplete { _ in
        let (clock, context) = bound.value
        clock.answerWritten(context)
      }
      context.write(data, promise: written)
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    readDeadline?.cancel()
    writeDeadline?.cancel()
  }

  private func answerWritten(_ context: ChannelHandlerContext) {
    if queued == 0 {
      writeDeadline?.cancel()
      writeDeadline = nil
    }
    if answered >= limits.requestsPerConnection { context.close(promise: nil) }
  }

  private func close(_ context: ChannelHandlerContext, after time: Duration) -> Scheduled<Void> {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    return context.eventLoop.scheduleTask(in: TimeAmount(time)) {
      bound.value.close(promise: nil)
    }
  }
}

@available(*, unavailable)
extension RequestClock: Sendable {}
