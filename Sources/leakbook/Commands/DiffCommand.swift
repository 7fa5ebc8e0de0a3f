import ArgumentParser
import GoFormats
import LeakAnalysis
import LeakCasebook

/// `leakbook diff`: what grew between two profiles of one program.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show which functions grew between two profiles."
  )

  @Argument(help: "The earlier profile.")
  var base: String

  @Argument(help: "The later profile, or - for standard input.")
  var profile: String

  @OptionGroup var functions: FunctionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let earlier = try ProfileInput(path: base)
    let later = try ProfileInput(path: profile)
    let column = try later.column(named: functions.sampleType)
    guard column < later.profile.sampleTypes.count else {
      throw Failure("\(profile): it has no values to compare", .badData)
    }
    // Every goroutine's leaf is in the runtime: only its callers tell goroutines apart.
    let isCumulative = functions.cum || later.format == .pprofGoroutine
    let growth = try ProfileGrowth(
      from: earlier,
      to: later,
      column: column,
      by: isCumulative ? .cumulative : .flat
    )
    try Self.compareKinds(earlier, later)
    if output.json {
      try Console.show(
        verbatim: CanonicalJSON.text(
          GrowthDocument(growth, base: base, profile: profile, count: functions.count)
        )
      )
    } else {
      let terminal = output.terminal
      let report = GrowthReport(
        growth: growth,
        base: base,
        profile: profile,
        count: functions.count
      )
      try Console.show(report.lines, terminal)
    }
  }
}

extension DiffCommand {
  /// Warns where two profiles may not be compared as they are.
  ///
  /// Another binary may have been renamed, and another rate is scaled by the runtime: the person who
  /// names the two files decides.
  ///
  /// - Throws: `Failure` where one holds a change and the other a level: that has no meaning at all.
  private static func compareKinds(_ base: ProfileInput, _ profile: ProfileInput) throws {
    let (old, new) = (ProfileKind(base.profile), ProfileKind(profile.profile))
    guard let objection = old.objection(to: new) else { return }
    let sentence = "\(base.source) cannot be compared with \(profile.source): \(objection)"
    guard old.isDelta == new.isDelta else { throw Failure(sentence, .badData) }
    Console.complain("warning: \(sentence)")
  }
}

/// What `diff --json` prints: `leakbook.diff/1`.
private struct GrowthDocument: Encodable {
  struct Row: Encodable {
    let name: String
    let flat: Int64
    let cum: Int64
  }

  let schema = "leakbook.diff/1"
  let base: String
  let profile: String
  let type: String
  let unit: String
  let before: Int64
  let after: Int64
  let growth: [Row]

  init(_ growth: ProfileGrowth, base: String, profile: String, count: Int) {
    self.base = base
    self.profile = profile
    type = growth.type.type
    unit = growth.type.unit
    before = growth.totalBefore
    after = growth.totalAfter
    self.growth = growth.rows.prefix(count).map {
      Row(name: $0.name, flat: $0.flat, cum: $0.cumulative)
    }
  }
}
