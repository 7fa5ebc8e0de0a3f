import Testing

@testable import GoFormats

struct DebuggerGoroutinesTests {
  @Test func `a goroutine has a number, a state and a function`() {
    let text =
      "[New LWP 25293]\n* 1 running  runtime.systemstack_switch\n  18 waiting  runtime.gopark\n"
    #expect(
      DebuggerGoroutines(Array(text: text)).entries == [
        DebuggerGoroutines.Entry(
          id: 1,
          state: "running",
          function: "runtime.systemstack_switch"
        ),
        DebuggerGoroutines.Entry(id: 18, state: "waiting", function: "runtime.gopark"),
      ]
    )
  }

  @Test func `what gdb says besides is passed over`() throws {
    let goroutines = DebuggerGoroutines(try Fixture.bytes("gdb-info-goroutines.txt"))
    #expect(goroutines.entries.count == 18)
  }
}
