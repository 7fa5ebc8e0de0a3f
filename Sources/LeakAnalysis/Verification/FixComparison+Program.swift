import GoFormats
import LeakModel

extension FixComparison {
  /// Finds that the evidence is of another program; nil when it is not, or nothing tells.
  ///
  /// A renamed binary that still holds packages of its own by the same import paths is the same
  /// program; `main` says nothing, as every program has one.
  static func program(
    _ before: EvidenceBundle,
    _ after: EvidenceBundle,
    _ assurance: Assurance
  ) -> FixCheck? {
    let (old, new) = (before.programs, after.programs)
    guard !assurance.isComparable, let first = old.min(), let second = new.min(),
      !new.contains(where: { name in old.contains { $0.isAlike(name) } }),
      before.ownPackages.isDisjoint(with: after.ownPackages)
    else { return nil }
    return FixCheck(
      .program,
      second.text,
      unit: "",
      before: nil,
      after: nil,
      .fail,
      "these captures are of another binary: \(second.text), and those of the trouble of"
        + " \(first.text); if it was only renamed, vouch for it with --comparable"
    )
  }
}

extension EvidenceBundle {
  /// The import paths of the program's own packages that the stacks show, `main` left out.
  fileprivate var ownPackages: Set<String> {
    var packages: Set<String> = []
    func learn(_ frame: Frame) {
      guard ownCode.isOwn(frame) else { return }
      let path = FunctionName(frame.function).importPath
      if path != "main" { packages.insert(path) }
    }
    for census in censuses {
      for group in census.groups { group.frames.forEach(learn) }
    }
    for heap in heaps {
      for (function, file) in zip(heap.value.functionNames, heap.value.functionFiles) {
        learn(Frame(function: function, file: file, line: 0))
      }
    }
    return packages
  }
}
