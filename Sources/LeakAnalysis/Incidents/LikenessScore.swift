package import LeakModel

/// Brings the grounds of a likeness together into one probability.
///
/// Tuned by leave-one-out on captures of 77 programs and 38 public incidents, in coarse steps on a
/// plateau (`Documentation/Similar.md`): a change of a weight by half moves MRR by less than 0.01.
package enum LikenessScore {
  /// Below this nothing is shown: most novel causes stay below, few known ones do.
  package static let least = 0.2
  /// Behind a first one that is shown, others are shown down to this: the list is for a person who
  /// looks through five.
  package static let leastFollowing = 0.02
  /// From here on a past incident is told as the same thing come back.
  package static let recurrence = 0.75

  /// What each ground is worth when it speaks with full voice.
  ///
  /// The same cause persuades, and so does the same code, which nothing but a recurrence shows.
  /// Library frames and symptoms are common to several causes: they decide between incidents of
  /// one. Words persuade only where most of them are shared, which seldom happens by chance.
  private static let (cause, ownFrames, frames, symptoms, words) = (0.95, 0.9, 0.2, 0.05, 0.8)

  /// The most that the words of two stories can come to by themselves.
  package static var mostByWords: Double { words }

  /// The probability that two incidents have the same cause: each ground may persuade by itself.
  package static func probability(_ grounds: LikenessGrounds) -> Double {
    let weighted = [
      (grounds.cause, cause), (grounds.ownFrames, ownFrames), (grounds.frames, frames),
      (grounds.symptoms, symptoms), (grounds.words, words),
    ]
    return 1 - weighted.reduce(1) { $0 * (1 - $1.1 * ($1.0 ?? 0)) }
  }
}

extension IncidentFeatures {
  /// What a cause keeps that a view does not name: no view is sure to know.
  private static let leastMass = 0.002
  /// How much sharper a story's words are taken than they are calibrated.
  private static let hintSharpness = 1.2

  /// The causes by evidence, names on the stacks and story together, with their probabilities.
  ///
  /// The views are pooled by their log-odds. The surer the evidence is by itself, the less the
  /// others are listened to: names say nothing new then, and a story tells of symptoms only.
  package var probableCauses: [Cause: Double] {
    let surety = causes.values.max() ?? 0
    let views = [
      (causes, 1), (names, 1 - surety), (hints, Self.hintSharpness * (1 - surety / 2)),
    ].filter { !$0.0.isEmpty }
    guard !views.isEmpty else { return [:] }
    let pooled = Cause.allCases.filter { $0 != .unknown }.map { cause in
      let logOdds = views.reduce(0.0) { sum, view in
        sum + view.1 * Portable.log(max(view.0[cause] ?? 0, Self.leastMass))
      }
      return (cause, Portable.exp(logOdds))
    }
    let total = pooled.reduce(0) { $0 + $1.1 }
    guard total > 0 else { return [:] }
    return Dictionary(uniqueKeysWithValues: pooled.map { ($0, $1 / total) })
  }
}
