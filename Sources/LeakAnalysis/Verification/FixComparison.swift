/// The evidence of a trouble beside that from after its fix, measured.
package struct FixComparison: Sendable, Equatable, Codable {
  package let answer: FixAnswer
  /// Why this is the answer: sentences, the decisive first; never empty.
  package let reasons: [String]
  /// All comparisons: growth, goroutines, heap, ends, cause, load, duration.
  package let checks: [FixCheck]
  /// GC count, pause, peak and slope before and after, and what else tells how it runs.
  package let table: [FixTableRow]

  /// Whether the captures of both sides are of one program, as far as they tell.
  package var isOfOneProgram: Bool { !checks.contains { $0.kind == .program } }

  /// What the captures do not tell: what a person vouches for, and what the trouble is.
  package struct Assurance: Sendable, Equatable {
    /// The load and the time were comparable, where the captures cannot tell.
    package let isComparable: Bool
    /// The cause is one whose fix changes how much is allocated: allocation tells no load then.
    package let isAllocationTheSymptom: Bool
    /// The cause is one that grows: else level memory does not show that it is gone.
    package let isGrowthTheSymptom: Bool

    package init(
      isComparable: Bool = false,
      isAllocationTheSymptom: Bool = false,
      isGrowthTheSymptom: Bool = true
    ) {
      self.isComparable = isComparable
      self.isAllocationTheSymptom = isAllocationTheSymptom
      self.isGrowthTheSymptom = isGrowthTheSymptom
    }
  }

  /// Measures both sides and judges.
  ///
  /// - Parameters:
  ///   - before: The evidence of the trouble.
  ///   - after: The evidence from after the fix.
  ///   - cause: What the later evidence is diagnosed as, where that tells something.
  ///   - assurance: What a person vouches for.
  package init(
    before: EvidenceBundle,
    after: EvidenceBundle,
    cause: FixCheck? = nil,
    assurance: Assurance = Assurance()
  ) {
    let load = LoadComparison(before, after, assurance)
    var checks = Self.slopes(before, after, loadRatio: load.ratio ?? 1)
    checks += Self.goroutines(before, after) + Self.heapSites(before, after)
    checks += Self.ends(before, after)
    if let cause { checks.append(cause) }
    checks += [load.check, Self.duration(before, after, assurance)]
    if let order = Self.order(before, after, assurance) { checks.append(order) }
    if let program = Self.program(before, after, assurance) { checks.append(program) }
    self.checks = checks
    self.table = Self.table(before, after, checks)
    (self.answer, self.reasons) = Self.judge(checks, assurance)
  }

  /// The answer: one thing worse makes it worse, one thing left or unclear makes it not yet.
  ///
  /// Absence of evidence proves nothing, so at least one symptom must have been seen to go.
  private static func judge(
    _ checks: [FixCheck],
    _ assurance: Assurance
  ) -> (FixAnswer, [String]) {
    let symptoms = checks.filter(\.isSymptom)
    // Another program tells neither that the fix works nor that it made things worse.
    if let other = checks.first(where: { $0.kind == .program }) {
      return (.notYet, [other.statement])
    }
    let worse = symptoms.filter { $0.outcome == .worse }
    if !worse.isEmpty { return (.worse, worse.map(\.statement)) }
    let open = checks.filter { $0.outcome == .fail } + checks.filter { $0.outcome == .unclear }
    let telling = symptoms.filter { assurance.isGrowthTheSymptom || !$0.isGrowth }
    guard telling.contains(where: { $0.outcome == .pass }) else {
      let nothing = "no symptom that the first evidence shows could be seen to go"
      return (.notYet, open.filter(\.isSymptom).isEmpty ? [nothing] : open.map(\.statement))
    }
    if !open.isEmpty { return (.notYet, open.map(\.statement)) }
    return (.verified, checks.map(\.statement))
  }
}
