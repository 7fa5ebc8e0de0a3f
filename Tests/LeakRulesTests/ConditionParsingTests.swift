import LeakAnalysis
import LeakModel
import Testing

@testable import LeakRules

struct ConditionParsingTests {
  @Test(arguments: [
    ("heap.growth >= 3 B", 3.0), ("heap.growth >= 40KiB", 40_960),
    ("heap.growth >= 1.5 MiB", 1_572_864), ("heap.growth >= 2GiB", 2_147_483_648),
    ("heap.growth >= -1 KiB", -1_024), ("alloc.rate > 2 KiB/s", 2_048),
    ("heap.site.share > 30%", 0.3), ("heap.site.share > 0.3", 0.3),
    ("goroutine.growing.wait_minutes >= 5 min", 5), ("goroutine.growing.wait_minutes >= 2h", 120),
    ("goroutine.slope >= 5 per min", 5), ("goroutine.slope >= 2 per s", 120),
    ("goroutine.slope >= 60 per h", 1), ("gc.rate > 30 per min", 0.5), ("gc.rate > 3 per s", 3),
    ("goroutine.count >= 100", 100),
  ])
  func `a number is read in the unit of its fact`(text: String, value: Double) throws {
    guard case .number(_, let number) = try FactComparison(text).test else {
      Issue.record("no number")
      return
    }
    #expect(number == value)
  }

  @Test(arguments: [
    (
      "goroutine.growng.wait == select", 0,
      "unknown fact 'goroutine.growng.wait', "
        + "did you mean 'goroutine.growing.wait'?"
    ),
    ("  nonsense == 1", 2, "unknown fact 'nonsense'"),
    ("", 0, "unknown fact ''"),
    ("goroutine.count => 1", 16, "unknown comparator '=>', expected == != >= <= > < or in"),
    ("goroutine.count", 15, "a condition is a fact, a comparator and a value"),
    ("goroutine.count >=", 18, "a condition is a fact, a comparator and a value"),
    ("goroutine.count >= many", 19, "goroutine.count is a number, found 'many'"),
    ("goroutine.count >= 0x10", 20, "goroutine.count takes no unit, found 'x10'"),
    ("goroutine.count >= 5 MiB", 21, "goroutine.count takes no unit, found 'MiB'"),
    ("heap.growth >= 5 min", 17, "heap.growth takes B, KiB, MiB, GiB, found 'min'"),
    ("heap.growth >= 5", 16, "heap.growth takes B, KiB, MiB, GiB, found no unit"),
    ("heap.growth >= inf", 15, "heap.growth is a number, found 'inf'"),
    (
      "goroutine.growing.wait == chan_sent", 26,
      "goroutine.growing.wait is never 'chan_sent', did you mean 'chan_send'?"
    ),
    (
      "goroutine.growing.wait >= lock", 23,
      "goroutine.growing.wait is no number: only == and != compare it"
    ),
    (
      "goroutine.growing.wait in lock", 26,
      "'in' needs a list of words in brackets, found 'lock'"
    ),
    (
      "goroutine.growing.wait in [lock, luck]", 33,
      "goroutine.growing.wait is never 'luck', did you mean 'lock'?"
    ),
    (
      "goroutine.growing.wait in []", 26,
      "'in' needs a list of words in brackets, found '[]'"
    ),
    (
      "goroutine.count in [1, 2]", 19,
      "'in' needs a fact that is a word, goroutine.count is none"
    ),
    ("gc.off == yes", 10, "gc.off is true or false, found 'yes'"),
    ("gc.off > true", 7, "gc.off is no number: only == and != compare it"),
  ])
  func `a wrong condition is an error at the wrong part`(
    text: String,
    offset: Int,
    message: String
  ) {
    #expect(throws: TextError(offset: offset, message: message)) { try Condition(text) }
  }

  @Test func `alternatives are read in their order`() throws {
    let condition = try Condition("goroutine.burst == true or goroutine.growing.count >= 1000")
    #expect(
      condition.alternatives == [
        try FactComparison("goroutine.burst == true"),
        try FactComparison("goroutine.growing.count >= 1000"),
      ]
    )
  }

  @Test func `a fact compared twice is named once`() throws {
    let condition = try Condition("heap.growth < 1 B or gc.off == true or heap.growth > 9 B")
    #expect(condition.facts == [.heapGrowth, .gcOff])
  }

  @Test(arguments: [
    ("gc.of == true or heap.growth > 1 B", 0, "unknown fact 'gc.of', did you mean 'gc.off'?"),
    ("gc.off == true or heap.groth > 1 B", 18, "unknown fact 'heap.groth'"),
    ("gc.off == true or heap.growth > 1", 33, "heap.growth takes B, KiB, MiB, GiB, found no unit"),
    (
      "gc.off == true or goroutine.growing.wait in [lock, luck]", 51,
      "goroutine.growing.wait is never 'luck'"
    ),
    ("gc.off == true or gc.off == false or gc.rate => 1 per s", 45, "unknown comparator '=>'"),
    ("gc.off == true or ", 18, "unknown fact ''"),
    (" or gc.off == true", 0, "unknown fact ''"),
    ("gc.off == true or  or gc.off == false", 18, "unknown fact ''"),
    ("gc.off == true and gc.off == false", 10, "gc.off is true or false, found 'true and"),
    ("gc.off == true OR gc.off == false", 10, "gc.off is true or false, found 'true OR"),
  ])
  func `a wrong alternative is an error at its own place`(
    text: String,
    offset: Int,
    message: String
  ) {
    let error = #expect(throws: TextError.self) { try Condition(text) }
    #expect(error?.offset == offset)
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "no error")")
  }

  @Test(arguments: FactID.allCases)
  func `every fact can be asked for`(fact: FactID) throws {
    let literal =
      switch fact.definition.type {
      case .flag: "true"
      case .word(let words): words[0]
      case .number(.bytes): "1 MiB"
      case .number(.bytesPerSecond): "1 MiB/s"
      case .number(.perMinute), .number(.perSecond): "1 per s"
      case .number(.minutes), .number(.seconds): "1 min"
      case .number(.count), .number(.ratio): "1"
      }
    #expect(try Condition("\(fact.rawValue) == \(literal)").facts == [fact])
  }
}
