import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakChat
import LeakDiagnosis
import LeakModel
import LeakStore

extension Problem {
  /// Says what an error means for whoever asked.
  ///
  /// The only table of its kind: handlers throw what they get. An error that it does not know is
  /// a defect; what it says goes to the log and not to the client.
  init(_ error: any Error) {
    switch error {
    case let problem as Problem:
      self = problem
    case let error as StoreError:
      self.init(error)
    case let error as CasebookError:
      self.init(error)
    case let error as Diagnoser.NothingRecognised:
      self.init(.nothingRecognised, "none of the files is a capture that leakbook knows")
      self.ignored = error.ignored
    case let error as SearchQueryError:
      self.init(.badRequest, error.description)
    case is CancellationError:
      self.init(.busy, "the server is stopping; try again when it is back")
    case let error as ChatError:
      self.init(error)
    case let error as MultipartError:
      self.init(.badRequest, error.description)
    case let error as any HTTPResponseError where error.status == .contentTooLarge:
      self.init(.tooLarge, "the body is larger than this path takes")
    case let error as any HTTPResponseError where error.status.kind == .clientError:
      self.init(.badRequest, "the request cannot be read")
    default:
      self.init(.internalError, "the log tells more under the number of this request")
    }
  }

  /// What the store says is for whoever runs the server: paths and commands stay in the log.
  private init(_ error: StoreError) {
    switch error {
    case .noSuchIncident(let id):
      self.init(.noSuchIncident, "there is no incident \(id)")
    case .busy:
      self.init(.busy, "the database is locked by another process; try again in a moment")
    case .diskFull:
      self.init(.diskFull, "the disk that holds the database is full; nothing was kept of this")
    case .changedMeanwhile(let id):
      self.init(.preconditionFailed, "\(id) has been changed meanwhile; read it again")
    case .refused:
      self.init(.badRequest, "the database refuses a value of the request")
    case .alreadyClaimed:
      self.init(.requestUnderWay, "a request with this Idempotency-Key has not ended yet")
    case .missing, .exists, .inUse, .isFolder, .cannotCreate, .cannotOpen, .readOnlyDisk,
      .notADatabase,
      .truncated, .foreign,
      .newerSchema, .olderSchema, .io, .readOnly, .corrupt:
      self.init(.storeUnavailable, "the database cannot be used; the server's log tells why")
    case .engine, .noSuchToken, .tokenExists:
      self.init(.internalError, "the log tells more under the number of this request")
    }
  }

  private init(_ error: CasebookError) {
    switch error {
    case .alreadyClosed(let id, let status):
      self.init(.conflict, "\(id) is \(status.rawValue) already; reopen it first")
    case .notClosed(let id, let status):
      self.init(.conflict, "\(id) is \(status.rawValue): there is nothing to reopen")
    case .notAllowed(let id, let from, let to):
      self.init(.conflict, "\(id) is \(from.rawValue) and cannot become \(to.rawValue)")
    case .originalIsDuplicate(let id, let original):
      self.init(.conflict, "\(id) is itself a duplicate of \(original): link to \(original)")
    case .notLinked(let id, let target):
      self.init(.conflict, "\(id) is not linked to \(target): there is nothing to undo")
    case .nothingToVerify(let id, let status):
      self.init(.conflict, "\(id) is \(status.rawValue): only a resolved incident can be verified")
    case .nothingToCompare(let id):
      self.init(.conflict, "\(id) has no readable evidence of the trouble to compare with")
    case .sameEvidence(let id):
      self.init(.conflict, "these captures are the evidence of \(id) itself")
    case .emptyFix(let id):
      self.init(.conflict, "\(id) cannot be resolved without a fix")
    case .linkToItself(let id):
      self.init(.conflict, "\(id) cannot be a duplicate of itself")
    case .damagedEvidence:
      self.init(.storeUnavailable, "a stored capture is damaged; the server's log tells which")
    }
  }

  private init(_ error: ChatError) {
    switch error {
    case .notConfigured: self.init(.notConfigured, error.description)
    case .notSigned: self.init(.badSignature, error.description)
    case .badBody: self.init(.badRequest, error.description)
    }
  }

  /// Whether whoever runs the server must hear of it.
  var isFault: Bool { kind.status.code >= 500 && kind != .busy }
}
