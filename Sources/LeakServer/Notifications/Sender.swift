import AsyncHTTPClient
import LeakChat
import NIOCore
import NIOHTTP1

/// Sends requests, and tells what became of them without naming an address.
struct Sender: Sendable {
  let client: HTTPClient

  /// What came of a request.
  enum Outcome: Sendable, Equatable {
    case answered(Int, body: [UInt8])
    case failed(reason: String)

    /// What it means for the message.
    func receipt(readsCode: Bool) -> Receipt {
      switch self {
      case .answered(let status, let body):
        Receipt(status: status, body: body, readsCode: readsCode)
      case .failed(let reason): .tryLater(reason: reason)
      }
    }
  }

  /// Addresses are secrets: they are not followed elsewhere.
  static var configuration: HTTPClient.Configuration {
    HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(3), read: .seconds(5))
    )
  }

  /// Sends a request and reads the beginning of the answer.
  func send(_ outgoing: OutgoingRequest) async -> Outcome {
    var request = HTTPClientRequest(url: outgoing.url.reveal)
    request.method = .POST
    for (name, value) in outgoing.headers { request.headers.add(name: name, value: value) }
    request.body = .bytes(Array(outgoing.body.utf8))
    return await execute(request, upTo: 64 << 10, within: .seconds(10))
  }

  /// Asks for a file and reads it whole, or nothing of it when it is larger than the limit.
  func fetch(_ url: String, headers: [String: String], upTo limit: Int) async -> Outcome {
    var request = HTTPClientRequest(url: url)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    return await execute(request, upTo: limit, within: .seconds(60))
  }

  private func execute(
    _ request: HTTPClientRequest,
    upTo limit: Int,
    within time: TimeAmount
  ) async -> Outcome {
    do {
      let response = try await client.execute(request, timeout: time)
      let body = try? await response.body.collect(upTo: limit)
      return .answered(
        Int(response.status.code),
        body: body.map { Array($0.readableBytesView) } ?? []
      )
    } catch {
      // The client's own words can hold the address.
      return .failed(reason: "it could not be reached (\(type(of: error)))")
    }
  }
}
