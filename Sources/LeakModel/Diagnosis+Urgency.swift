extension Diagnosis {
  /// How urgent the trouble is that the first verdict tells of; nil for one that tells of none.
  ///
  /// That the evidence does not suffice is no trouble, unless what the container went through is:
  /// only that makes an unknown cause more urgent than P2.
  package var troubleSeverity: Severity? {
    switch verdicts.first?.cause {
    case nil, .healthy: nil
    case .unknown where severity <= .p2: nil
    default: severity
    }
  }
}
