/// Why a message of a platform is not taken.
package enum ChatError: Error, Equatable, CustomStringConvertible {
  /// The platform is not set up: `variable` would do it.
  case notConfigured(Platform, variable: String)
  /// The signature is missing or wrong, or the time it was made at is too far off.
  case notSigned(String)
  case badBody(String)

  package var description: String {
    switch self {
    case .notConfigured(let platform, let variable):
      "\(platform.rawValue) is not set up here; set \(variable) and start the server again"
    case .notSigned(let reason): reason
    case .badBody(let reason): reason
    }
  }
}
