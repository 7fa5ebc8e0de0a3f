import LeakAnalysis
import LeakModel
import Testing

struct GoroutineCourseTests {
  @Test func `a straight line rises throughout`() throws {
    let course = try course { 50 + Double($0) * 4 }
    #expect(course.rises)
    #expect(!course.bursts)
    #expect(!course.risesFromOnset)
  }

  @Test func `connections that come up to their number do not rise throughout`() throws {
    #expect(try !course { min(600, 20 + Double($0) * 8) }.rises)
  }

  @Test func `a spike shorter than a window is a burst`() throws {
    let course = try course { (150..<153).contains($0) ? 2_900 : 70 }
    #expect(course.bursts)
    #expect(course.peak == 2_900)
  }

  @Test func `a spike at start-up is none`() throws {
    #expect(try !course { (5..<9).contains($0) ? 3_000 : 70 }.bursts)
  }

  @Test func `a level that turns into a straight rise has an onset`() throws {
    #expect(try course { 10 + max(0, Double($0) - 120) * 5 }.risesFromOnset)
  }

  @Test func `a rise that slows down as its first are done has none`() throws {
    let course = try course { step in
      let since = max(0, Double(step) - 120)
      return 70 + 4_000 * since / (since + 15)
    }
    #expect(!course.risesFromOnset)
    #expect(course.bursts)
  }

  @Test func `a rise that lasted for a few samples has none`() throws {
    #expect(try !course { 10 + max(0, Double($0) - 190) * 50 }.risesFromOnset)
  }

  @Test func `from an onset on, goroutines that wait for others are stalled and growing`() {
    let facts = Self.facts(waitingIn: ["runtime.gopark", "runtime.chanrecv1", "main.ask"])
    #expect(facts.flag(.goroutineStalled) == true)
    #expect(facts.flag(.goroutineIsGrowing) == true)
  }

  @Test func `from an onset on, goroutines that sleep are not stalled`() {
    let facts = Self.facts(waitingIn: ["runtime.gopark", "time.Sleep", "main.poll"])
    #expect(facts.flag(.goroutineStalled) == false)
    #expect(facts.flag(.goroutineIsGrowing) == false)
  }

  private static func facts(waitingIn stack: [String]) -> FactSet {
    FactSet(
      .series { [.numGoroutine: 10 + max(0, Double($0) - 60) * 20] },
      .goroutines([(stack, 400)])
    )
  }

  private func course(_ value: (Int) -> Double) throws -> GoroutineCourse {
    let samples = (0..<200).map { Sample(time: Double($0), value: value($0)) }
    return try #require(GoroutineCourse(samples))
  }
}
