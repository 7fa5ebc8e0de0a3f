import Foundation
import HTTPTypes
import LeakChat
import LeakModel

extension Call {
  /// The request as a platform's reader wants it: the bytes that are signed, untouched.
  func raw(at now: Instant) -> RawRequest {
    var headers: [String: String] = [:]
    for field in head.headerFields { headers[field.name.canonicalName] = field.value }
    return RawRequest(headers: headers, query: query.all, body: bytes, now: now)
  }
}

/// Bytes in JSON, as Base64.
struct Bytes64: Decodable {
  let bytes: [UInt8]

  init(from decoder: any Decoder) throws {
    bytes = [UInt8](try decoder.singleValueContainer().decode(Data.self))
  }
}
