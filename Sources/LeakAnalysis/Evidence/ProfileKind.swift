package import GoFormats

/// What two profiles must share for their difference to be the growth of one process.
package struct ProfileKind: Sendable, Equatable {
  /// Nil where the profile does not tell.
  package let program: ProgramName?
  /// What a sample stands for, such as bytes in a heap profile (runtime.MemProfileRate); 0 when unknown.
  package let period: Int64
  /// Whether it holds a change, as `?seconds=` asks for, and no level.
  ///
  /// The handler of net/http/pprof subtracts two profiles and sets the duration, which profiles of
  /// levels do not have; what was freed comes out negative.
  package let isDelta: Bool

  package init(_ profile: Profile) {
    program = ProgramName(profile)
    period = profile.period
    isDelta = profile.durationNanos > 0 || profile.values.contains { $0 < 0 }
  }

  /// Whether both may be of one program, as far as they tell.
  package func isSameProgram(as other: ProfileKind) -> Bool {
    guard let program, let name = other.program else { return true }
    return program.isAlike(name)
  }

  /// Why a profile cannot be compared with another one, as a clause about the first; nil when it can.
  package func objection(to reference: ProfileKind) -> String? {
    if !isSameProgram(as: reference), let program, let name = reference.program {
      return "it is of the program \(program.text), and the one it would be compared with of"
        + " \(name.text)"
    }
    if isDelta || reference.isDelta {
      return isDelta == reference.isDelta
        ? "both hold a change over some seconds: the difference of two changes is no growth"
        : isDelta
          ? "it holds a change over some seconds (?seconds=), and the other a level"
          : "it holds a level, and the other a change over some seconds (?seconds=)"
    }
    if period != reference.period, period > 0, reference.period > 0 {
      return "it was sampled at another rate: one in \(period), and the other one in"
        + " \(reference.period)"
    }
    return nil
  }
}
