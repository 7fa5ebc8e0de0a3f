import HTTPTypes
import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakStore
import Testing

@testable import LeakServer

struct ProblemTests {
  private static let id = IncidentID(number: 7)

  @Test(arguments: [
    (StoreError.noSuchIncident(id), 404), (.busy, 503), (.diskFull, 507), (.readOnly, 503),
    (.io(detail: "SQLITE_IOERR_FSYNC"), 503), (.corrupt(detail: "page 7"), 503),
    (.refused(detail: "CHECK"), 400), (.engine(detail: "syntax"), 500),
    (.notADatabase(path: "/secret/leakbook.db"), 503),
  ])
  func `what the store says becomes a status and tells no secret`(error: StoreError, status: Int) {
    let problem = Problem(error)
    #expect(problem.kind.status.code == status)
    #expect(!problem.detail.contains("/secret"))
    #expect(!problem.detail.contains("SQLITE"))
  }

  @Test(arguments: [
    CasebookError.alreadyClosed(id, .resolved), .notClosed(id, .open), .emptyFix(id),
    .linkToItself(id),
  ])
  func `a step that is refused is a conflict`(error: CasebookError) {
    #expect(Problem(error).kind == .conflict)
  }

  @Test func `a busy server says when to come again`() throws {
    let answer = try Problem(StoreError.busy).answer(requestID: "r")
    #expect(answer.headers[.retryAfter] == "1")
  }

  @Test func `an error that is not known says nothing of itself`() {
    struct Secret: Error {}
    let problem = Problem(Secret())
    #expect(problem.kind == .internalError)
    #expect(!problem.detail.contains("Secret"))
  }

  @Test func `a fault is told to whoever runs the server, a busy moment is not`() {
    #expect(Problem(StoreError.diskFull).isFault)
    #expect(!Problem(StoreError.busy).isFault)
    #expect(!Problem(CancellationError()).isFault)
    #expect(!Problem(StoreError.noSuchIncident(Self.id)).isFault)
  }
}
