import AsyncHTTPClient
import LeakDiagnosis
import NIOCore
import NIOHTTP1

/// Fetches a capture that a chat links to, if whoever runs the server has allowed its host.
struct LinkFetcher: Sendable {
  let policy: FetchPolicy

  /// - Parameter allowed: The hosts and ranges of addresses that may be asked.
  init(allowed: [String]) {
    policy = FetchPolicy(allowed: allowed)
  }

  private static let largest = 64 << 20

  /// Fetches what a link names.
  ///
  /// The address is checked, not the name: it is looked up once, all that it has are checked, and
  /// the one that was checked is connected to. Redirections are not followed.
  ///
  /// - Throws: `Problem`; it says nothing of what the other side answered.
  func fetch(_ text: String) async throws -> EvidenceFile {
    guard let link = CaptureLink(text) else {
      throw Problem(.badRequest, "the link is no plain http or https address")
    }
    guard policy.allows(host: link.host) else {
      throw Problem(
        .badRequest,
        "captures are not fetched from \(link.host): attach or paste the capture, or have "
          + "LEAKBOOK_FETCH_ALLOW name the host"
      )
    }
    guard !link.isLiveTarget else {
      throw Problem(
        .badRequest,
        "a running program is not asked from a chat: take the capture, then attach or link it"
      )
    }
    let addresses = await AnalysisExecutor().resolve(link.host)
    guard let first = addresses.first, addresses.allSatisfy({ policy.allows($0.address) }) else {
      throw Problem(.badRequest, "\(link.host) has no address that may be asked")
    }
    return try await download(link, from: first.text)
  }

  private func download(_ link: CaptureLink, from address: String) async throws -> EvidenceFile {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(3), read: .seconds(10))
    )
    configuration.dnsOverride = [link.host: address]
    let bytes: [UInt8]
    do {
      bytes = try await HTTPClient.withHTTPClient(configuration: configuration) { client in
        let request = HTTPClientRequest(url: link.url)
        let response = try await client.execute(request, timeout: .seconds(60))
        guard response.status == .ok else {
          throw Problem(.badRequest, "\(link.host) did not answer with a file")
        }
        let body = try await response.body.collect(upTo: Self.largest)
        return Array(body.readableBytesView)
      }
    } catch let problem as Problem {
      throw problem
    } catch is NIOTooManyBytesError {
      throw Problem(.badRequest, "the file is larger than 64 MiB")
    } catch {
      throw Problem(.badRequest, "\(link.host) could not be asked")
    }
    guard !bytes.isEmpty else { throw Problem(.badRequest, "the file is empty") }
    return EvidenceFile(source: UploadedFiles.safeName(link.name), bytes: bytes)
  }
}

extension AnalysisExecutor {
  /// Looks a name up on these threads: the system's resolver blocks.
  fileprivate func resolve(
    _ host: String
  ) async -> [(address: NetworkAddress, text: String)] {
    await withTaskExecutorPreference(self) { NetworkAddress.resolve(host) }
  }
}
