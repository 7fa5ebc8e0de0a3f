import GoFormats
import LeakModel

extension FactSet {
  /// Adds what benchmarks and pprof's lists of objects tell of allocation.
  mutating func measureAllocationTexts(_ evidence: EvidenceBundle) {
    measureBenchmarks(evidence)
    measureReflection(evidence)
  }

  /// The benchmark that allocates most, as somebody who pastes several means that one.
  private mutating func measureBenchmarks(_ evidence: EvidenceBundle) {
    let results = evidence.benchmarks.flatMap { sourced in
      sourced.value.map { (source: sourced.source, result: $0) }
    }
    guard
      let (source, result) = results.max(by: {
        $0.result.bytesPerOperation < $1.result.bytesPerOperation
      })
    else { return }
    let (bytes, objects) = (result.bytesPerOperation, result.allocationsPerOperation)
    insert(
      .allocBytesPerOperation,
      bytes,
      "one operation of \(result.name) allocates \(Bytes(bytes))",
      [source]
    )
    insert(
      .allocObjectsPerOperation,
      objects,
      "one operation of \(result.name) allocates \(objects.shortText) objects",
      [source]
    )
    guard self[.allocMeanSize] == nil, objects > 0 else { return }
    insert(
      .allocMeanSize,
      bytes / objects,
      "an allocation of \(result.name) is \(Bytes(bytes / objects)) on average",
      [source]
    )
  }

  /// The packages whose business is to put values into interfaces and text.
  private mutating func measureReflection(_ evidence: EvidenceBundle) {
    guard let report = evidence.objectReport, report.value.kind == .top else { return }
    let listed = report.value.rows.reduce(0) { $0 + $1.flat }
    let whole = max(report.value.total ?? listed, listed)
    // Bare numbers without a type may count anything: below this, not the objects of a service.
    guard whole >= 10_000 else { return }
    let packages: Set = ["reflect", "fmt", "strconv", "runtime"]
    let share =
      report.value.rows.reduce(0) { sum, row in
        packages.contains(String(FunctionName(row.function).packagePath)) ? sum + row.flat : sum
      } / whole
    insert(
      .allocReflectionShare,
      share,
      "\(percent(share)) of the objects listed come from reflection, formatting and conversions",
      [report.source]
    )
  }
}
