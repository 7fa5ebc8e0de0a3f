import HTTPTypes
import Hummingbird
import Testing

@testable import LeakServer

struct IntakeTests {
  /// A request whose body comes in pieces of 1,000 bytes, with no length announced.
  private func chunked(_ count: Int) -> Request {
    let (chunks, source) = AsyncStream.makeStream(of: ByteBuffer.self)
    for _ in 0..<count { source.yield(ByteBuffer(repeating: 1, count: 1_000)) }
    source.finish()
    return Request(
      head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/"),
      body: RequestBody(asyncSequence: chunks)
    )
  }

  @Test func `a body in chunks is taken up to the limit`() async throws {
    let body = try await Intake.body(of: chunked(3), upTo: 3_000)
    #expect(body.readableBytes == 3_000)
  }

  @Test func `a body in chunks is refused beyond the limit`() async {
    let error = await #expect(throws: (any Error).self) {
      try await Intake.body(of: chunked(4), upTo: 3_000)
    }
    #expect(error.map { Problem($0).kind } == .tooLarge)
  }
}
