import GoFormats
import LeakModel
import Testing

@testable import LeakAnalysis

struct ExcerptSubjectTests {
  private func subject(_ goroutines: [(String, [String])]) -> String? {
    FactSet(.dump(goroutines, source: "goroutines.txt")).word(.goroutineExcerptOf)
  }

  @Test func `picked out watchers of result sets are queries, whatever they wait for`() {
    let root = "database/sql.(*Rows).awaitDone"
    let closing = ["sync.(*RWMutex).Lock", "database/sql.(*Rows).close", root]
    #expect(subject([("select", [root]), ("semacquire", closing)]) == "queries")
  }

  @Test(arguments: [
    "context.propagateCancel.func1", "context.(*cancelCtx).propagateCancel.func2",
    "google.golang.org/grpc.newClientStreamWithParams.func4",
  ])
  func `a goroutine that only waits for a context's end belongs to the context`(root: String) {
    #expect(subject([("select", [root])]) == "contexts")
  }

  @Test func `a response whose body is open keeps readLoop in select`() {
    #expect(subject([("select", ["net/http.(*persistConn).readLoop"])]) == "responses")
  }

  @Test func `an idle connection belongs to its client`() {
    #expect(subject([("IO wait", ["net/http.(*persistConn).readLoop"])]) == "clients")
  }

  @Test func `the program's own goroutines are of no library`() {
    #expect(subject([("chan send", ["main.(*Hub).Publish", "main.pump"])]) == "other")
  }

  @Test func `a whole dump is no piece`() {
    let goroutines = [("select", ["context.propagateCancel.func1"]), ("running", ["main.main"])]
    #expect(subject(goroutines) == "nothing")
  }

  @Test func `goroutines that wait for contexts are counted`() {
    let facts = FactSet(
      .goroutines([(["context.propagateCancel.func1"], 37), (["main.main"], 1)])
    )
    #expect(facts.number(.goroutineContextWaitGrowth) == 37)
  }
}
