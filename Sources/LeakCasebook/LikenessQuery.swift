package import LeakAnalysis
package import LeakModel

/// What a look for the like goes by.
package struct LikenessQuery: Sendable {
  /// Those of the evidence and of the words; a cause that a person settled is no part of them.
  package var features = IncidentFeatures()
  /// The title and story, or a sentence.
  package var text = ""
  package var service: String?
  /// What a process of that service may take.
  package var memoryLimit: Bytes?
  package var labels: [String: String] = [:]
  /// The incident that asks; it is not among the hits.
  package var incident: IncidentID?

  package init() {}
}
