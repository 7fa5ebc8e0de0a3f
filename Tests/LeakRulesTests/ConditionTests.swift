import LeakAnalysis
import LeakModel
import Testing

@testable import LeakRules

struct ConditionTests {
  @Test(arguments: [
    ("goroutine.count == 10", 10.0, Truth.yes), ("goroutine.count == 10", 11, .no),
    ("goroutine.count != 10", 11, .yes), ("goroutine.count != 10", 10, .no),
    ("goroutine.count >= 10", 10, .yes), ("goroutine.count >= 10", 9, .no),
    ("goroutine.count <= 10", 10, .yes), ("goroutine.count <= 10", 11, .no),
    ("goroutine.count > 10", 11, .yes), ("goroutine.count > 10", 10, .no),
    ("goroutine.count < 10", 9, .yes), ("goroutine.count < 10", 10, .no),
  ])
  func `a number is compared as written`(text: String, value: Double, truth: Truth) throws {
    let facts = Sample.facts([.goroutineCount: .number(value)])
    #expect(try Condition(text).evaluate(facts) == truth)
  }

  @Test(arguments: [
    ("goroutine.growing.wait == select", Truth.no),
    ("goroutine.growing.wait != select", .yes),
    ("goroutine.growing.wait in [select, lock]", .no),
    ("goroutine.growing.wait in [ select, chan_send ]", .yes),
  ])
  func `a word is compared as written`(text: String, truth: Truth) throws {
    let facts = Sample.facts([.goroutineGrowingWait: .word("chan_send")])
    #expect(try Condition(text).evaluate(facts) == truth)
  }

  @Test(arguments: [
    ("gc.off == true", Truth.no), ("gc.off == false", .yes), ("gc.off != true", .yes),
  ])
  func `a flag is compared as written`(text: String, truth: Truth) throws {
    #expect(try Condition(text).evaluate(Sample.facts([.gcOff: .flag(false)])) == truth)
  }

  @Test(arguments: ["goroutine.count >= 1", "gc.off == true", "gc.off != true"])
  func `a fact that was not measured is unknown`(text: String) throws {
    #expect(try Condition(text).evaluate(FactSet()) == .unknown)
  }

  /// `nil` leaves the fact out.
  @Test(
    arguments: [
      (true, true, .yes), (true, false, .yes), (false, true, .yes), (false, false, .no),
      (true, nil, .yes), (nil, true, .yes), (false, nil, .unknown), (nil, false, .unknown),
      (nil, nil, .unknown),
    ] as [(Bool?, Bool?, Truth)]
  )
  func `one alternative that holds decides, else one unknown leaves it open`(
    burst: Bool?,
    off: Bool?,
    truth: Truth
  ) throws {
    var values: [FactID: FactValue] = [:]
    values[.goroutineBurst] = burst.map(FactValue.flag)
    values[.gcOff] = off.map(FactValue.flag)
    let condition = try Condition("goroutine.burst == true or gc.off == true")
    #expect(condition.evaluate(Sample.facts(values)) == truth)
  }

  @Test func `only the open alternatives are missing`() throws {
    let condition = try Condition("goroutine.burst == true or gc.off == true")
    let facts = Sample.facts([.goroutineBurst: .flag(false)])
    #expect(condition.missing(in: facts) == [.gcOff])
  }

  @Test func `a value that is no number is unknown`() throws {
    let facts = Sample.facts([.heapGrowth: .number(.nan)])
    #expect(try Condition("heap.growth < 1 MiB").evaluate(facts) == .unknown)
  }

  @Test func `a value of another type is unknown`() throws {
    let facts = Sample.facts([.heapGrowth: .word("much")])
    #expect(try Condition("heap.growth < 1 MiB").evaluate(facts) == .unknown)
  }

  @Test func `a condition prints as written`() throws {
    let text = "heap.growth >=  1 MiB or gc.off == true"
    #expect(try "\(Condition(text))" == text)
  }
}
