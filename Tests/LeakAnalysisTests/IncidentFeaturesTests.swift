import LeakAnalysis
import LeakModel
import Testing

struct IncidentFeaturesTests {
  @Test func `features survive their text`() {
    let features = IncidentFeatures(
      stacks: [
        GrowingStack(
          kind: .goroutine,
          state: "chan_send",
          weight: 0.25,
          calls: [
            .init(function: "main.run", isOwn: true), .init(function: "io.Copy", isOwn: false),
          ]
        ),
        GrowingStack(kind: .heap, state: "", weight: 1, calls: []),
      ],
      symptoms: ["gc.off == true"],
      causes: [.lockBlocked: 0.5],
      names: [.cgoLeak: 0.125],
      hints: [.timerLeak: 0.75]
    )
    #expect(IncidentFeatures(text: features.text) == features)
  }

  @Test(arguments: ["", "stack", "stack\tx\ty\t1", "cause\tno-such\t5", "hint\ttimer-leak", "\t\t"])
  func `a line of another shape is passed over`(text: String) {
    #expect(IncidentFeatures(text: text) == IncidentFeatures())
  }

  @Test func `a name with a tab or a line end cannot break the text`() {
    let call = GrowingStack.Call(function: "a\tb\nc", isOwn: false)
    let features = IncidentFeatures(stacks: [
      GrowingStack(kind: .crash, state: "", weight: 1, calls: [call])
    ])
    let read = IncidentFeatures(text: features.text)
    #expect(read.stacks.map(\.calls) == [[.init(function: "a b c", isOwn: false)]])
  }

  @Test func `growing goroutines are stacks without the runtime's frames`() {
    let bundle = EvidenceBundle([
      .goroutines([(["runtime.gopark", "runtime.selectgo", "net/http.(*conn).x", "main.run"], 50)])
    ])
    let features = IncidentFeatures(evidence: bundle, symptoms: [], causes: [:])
    #expect(
      features.stacks == [
        GrowingStack(
          kind: .goroutine,
          state: "select",
          weight: 1,
          calls: [
            .init(function: "net/http.(*conn).x", isOwn: false),
            .init(function: "main.run", isOwn: true),
          ]
        )
      ]
    )
  }

  @Test func `all keys hold a run of own functions as one mark`() {
    let stack = GrowingStack(
      kind: .heap,
      state: "",
      weight: 1,
      calls: ["main.a", "main.b", "io.Copy", "main.c"].map {
        .init(function: $0, isOwn: $0.hasPrefix("main"))
      }
    )
    #expect(stack.ownKeys == ["main.a", "main.b", "main.c"])
    #expect(stack.allKeys == [GrowingStack.ownMark, "io.Copy", GrowingStack.ownMark])
  }

  @Test func `an incident is found by functions, symptoms and causes that are not improbable`() {
    let features = IncidentFeatures(
      stacks: [
        GrowingStack(
          kind: .heap,
          state: "",
          weight: 1,
          calls: [.init(function: "main.a", isOwn: true), .init(function: "io.Copy", isOwn: false)]
        )
      ],
      symptoms: ["gc.off == true"],
      causes: [.lockBlocked: 0.5, .cgoLeak: 0.03]
    )
    #expect(
      features.traits == [
        .ownFunction("main.a"), .libraryFunction("io.Copy"), .symptom("gc.off == true"),
        .cause(.lockBlocked),
      ]
    )
  }
}
