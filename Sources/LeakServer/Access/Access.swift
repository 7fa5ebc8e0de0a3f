import LeakModel
import LeakStore

/// Who may use a route.
enum Access: Sendable, Equatable {
  /// Everybody who reaches the server: the route tells nothing of what is kept.
  case everyone
  /// Whoever holds a token with this scope; while there are no tokens, whoever sits at the machine.
  case token(Scope)
  /// Whoever can sign the request with a secret shared beforehand, which the route itself checks.
  case signature

  /// Whether what is done here goes into the audit log: whatever changes something.
  var isAudited: Bool {
    switch self {
    case .everyone, .token(.read): false
    case .token, .signature: true
    }
  }
}

/// Who asks.
enum Principal: Sendable, Equatable {
  /// Nobody in particular.
  case anonymous
  /// Whoever sits at the machine, while there are no tokens.
  case local
  case token(Token)

  /// The name that the audit log gives.
  var actor: String {
    switch self {
    case .anonymous: "anonymous"
    case .local: "local"
    case .token(let token): "token:\(token.name)"
    }
  }

  /// Whether a request that is let in to read may change things, too.
  var mayWrite: Bool {
    switch self {
    case .anonymous: false
    case .local: true
    case .token(let token): token.allows(.write)
    }
  }

  /// Who a change is by when the request does not say.
  var author: String {
    if case .token(let token) = self { token.name } else { "api" }
  }

  /// Tells the keys of one from the equal ones of another.
  var keySpace: String {
    switch self {
    case .anonymous: "anonymous"
    case .local: "local"
    case .token(let token): String(token.id)
    }
  }
}
