import LeakAnalysis
import LeakModel
import Testing

@testable import LeakRules

struct EvaluationTests {
  private let playbook: Playbook
  /// Facts on which every requirement holds.
  private let matching: [FactID: FactValue] = [
    .goroutineGrowingWait: .word("chan_send"), .goroutineGrowingCount: .number(500),
  ]

  init() throws {
    playbook = try Playbook(path: Sample.path, text: Sample.english)
  }

  private func evaluate(_ more: [FactID: FactValue] = [:]) -> Evaluation {
    playbook.evaluate(Sample.facts(matching.merging(more) { $1 }))
  }

  @Test func `requirements that all hold are a match`() {
    #expect(evaluate().verdict == .match)
  }

  @Test func `a requirement that fails rules out`() {
    let verdict = evaluate([.goroutineGrowingCount: .number(99)]).verdict
    #expect(verdict == .noMatch(because: [playbook.requires[1]]))
  }

  @Test func `an exclusion that holds rules out`() {
    let verdict = evaluate([.goroutineFinalizerStuck: .flag(true)]).verdict
    #expect(verdict == .noMatch(because: playbook.excludes))
  }

  @Test func `a failing requirement decides even when another is unknown`() {
    let facts = Sample.facts([.goroutineGrowingCount: .number(99)])
    #expect(playbook.evaluate(facts).verdict == .noMatch(because: [playbook.requires[1]]))
  }

  @Test func `an unknown requirement leaves it undecided`() {
    let facts = Sample.facts([.goroutineGrowingCount: .number(500)])
    #expect(playbook.evaluate(facts).verdict == .unknown(missing: [.goroutineGrowingWait]))
  }

  @Test func `an unknown exclusion is told as not ruled out`() {
    #expect(evaluate().notRuledOut == playbook.excludes)
  }

  @Test func `a known exclusion is not told`() {
    #expect(evaluate([.goroutineFinalizerStuck: .flag(false)]).notRuledOut.isEmpty)
  }

  @Test func `a requirement with alternatives is missing all of its open facts`() throws {
    let text = Sample.english(
      "goroutine.growing.count >= 100",
      "goroutine.growing.count >= 100 or goroutine.slope >= 5 per min"
    )
    let evaluation = try Playbook(path: Sample.path, text: text)
      .evaluate(Sample.facts([.goroutineGrowingWait: .word("chan_send")]))
    #expect(evaluation.verdict == .unknown(missing: [.goroutineGrowingCount, .goroutineSlope]))
  }

  @Test func `clues add and subtract their weights`() {
    let evaluation = evaluate([
      .goroutineIsGrowing: .flag(false), .goroutineGrowingWaitMinutes: .number(8),
    ])
    #expect(evaluation.contributions.map(\.weight) == [-1.5, 1])
    #expect(evaluation.score == -3.5)
  }

  @Test func `a clue that only speaks for weighs plain zero when it does not hold`() {
    let weight = evaluate([.goroutineGrowingWaitMinutes: .number(1)]).contributions[1].weight
    #expect(weight == 0 && weight.sign == .plus)
  }

  @Test func `unknown clues weigh nothing`() {
    #expect(evaluate().contributions.map(\.truth) == [.unknown, .unknown])
    #expect(evaluate().score == -3)
  }

  @Test func `a fact missing twice is named once`() throws {
    let text = Sample.english("goroutine.growing.count >= 100", "goroutine.growing.wait != lock")
    let evaluation = try Playbook(path: Sample.path, text: text).evaluate(FactSet())
    #expect(evaluation.verdict == .unknown(missing: [.goroutineGrowingWait]))
  }
}
