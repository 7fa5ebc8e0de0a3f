extension FactSet {
  /// Measures every fact that the evidence allows.
  ///
  /// Pure: the same evidence gives the same facts.
  package init(measuring evidence: EvidenceBundle) {
    self.init()
    measureSeries(evidence)
    measureGC(evidence)
    if let growth = evidence.heapGrowth {
      measureHeapProfiles(growth, evidence)
    }
    measureAllocationTexts(evidence)
    measureGoroutines(evidence)
    measureGoroutineTotals(evidence)
    measureProcess(evidence)
    measureContainer(evidence)
    measureCrash(evidence)
  }
}
