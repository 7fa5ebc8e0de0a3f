package import LeakModel

/// Checks what a playbook must be beyond its syntax: complete, tested, and in its place.
package enum PlaybookLint {
  /// Checks all playbooks with their Chinese twins.
  ///
  /// - Parameters:
  ///   - rulebook: The playbooks as read.
  ///   - causes: The causes that need a playbook.
  ///   - needsTwins: Whether each needs a Chinese twin; those of a team may be in one language.
  /// - Returns: The problems in the order of the causes; empty when all is well.
  package static func problems(
    in rulebook: Rulebook,
    covering causes: [Cause] = Cause.allCases.filter { $0 != .unknown },
    needsTwins: Bool = true
  ) -> [PlaybookProblem] {
    let missing = causes.filter { rulebook.playbook(for: $0) == nil }.map { cause in
      PlaybookProblem(
        path: "\(cause.family.rawValue)/\(cause.rawValue).md",
        line: 1,
        column: 1,
        message: "the cause \(cause.rawValue) has no playbook",
        sourceLine: ""
      )
    }
    let orphans = rulebook.orphanTranslations.map {
      $0.source.problem(at: "id:", "\($0.id.rawValue) has no English playbook")
    }
    return missing + orphans
      + rulebook.playbooks.flatMap { playbook in
        problems(of: playbook, in: rulebook)
          + (needsTwins ? twinProblems(of: playbook, in: rulebook) : [])
      }
  }

  private static func problems(of playbook: Playbook, in rulebook: Rulebook) -> [PlaybookProblem] {
    placeProblems(of: playbook)
      + lookAlikeProblems(of: playbook, in: rulebook)
      + bodyProblems(of: playbook.source, title: playbook.title, language: .english)
      + testProblems(of: playbook)
  }

  /// The file is named after the cause and lies in the folder of its family.
  private static func placeProblems(of playbook: Playbook) -> [PlaybookProblem] {
    let (id, family, source) = (playbook.id, playbook.family, playbook.source)
    var problems: [PlaybookProblem] = []
    if id == .unknown { problems.append(source.problem(at: "id:", "unknown is no cause")) }
    if family != id.family {
      let message = "the family of \(id.rawValue) is \(id.family.rawValue)"
      problems.append(source.problem(at: "family:", message))
    }
    if !isPath(source.path, of: id) {
      problems.append(source.problem(at: "id:", "the file of \(id.rawValue) is \(name(of: id))"))
    }
    return problems
  }

  private static func lookAlikeProblems(
    of playbook: Playbook,
    in rulebook: Rulebook
  ) -> [PlaybookProblem] {
    var seen: Set<Cause> = []
    return playbook.looksLike.compactMap { lookAlike in
      let target = lookAlike.playbook
      let reason: String? =
        if target == playbook.id {
          "a playbook does not look like itself"
        } else if rulebook.playbook(for: target) == nil {
          "\(target.rawValue) has no playbook"
        } else {
          seen.insert(target).inserted ? nil : "\(target.rawValue) stands twice"
        }
      return reason.map { playbook.source.problem(at: "playbook: \(target.rawValue)", $0) }
    }
  }

  /// The Chinese twin exists and names the same look-alikes in the same order.
  private static func twinProblems(
    of playbook: Playbook,
    in rulebook: Rulebook
  ) -> [PlaybookProblem] {
    let id = playbook.id
    guard let twin = rulebook.translation(of: id) else {
      return [playbook.source.problem(at: "id:", "no Chinese twin zh/\(name(of: id))")]
    }
    var problems: [PlaybookProblem] = []
    if !isPath(twin.source.path, of: id) {
      let message = "the Chinese file of \(id.rawValue) is zh/\(name(of: id))"
      problems.append(twin.source.problem(at: "id:", message))
    }
    let targets = playbook.looksLike.map(\.playbook.rawValue)
    if twin.looksLike.map(\.playbook.rawValue) != targets {
      let message = "the English playbook looks like \(targets.joined(separator: ", "))"
      problems.append(twin.source.problem(at: "looks_like:", message))
    }
    return problems + bodyProblems(of: twin.source, title: twin.title, language: .chinese)
  }

  private static func name(of cause: Cause) -> String {
    "\(cause.family.rawValue)/\(cause.rawValue).md"
  }

  private static func isPath(_ path: String, of cause: Cause) -> Bool {
    path == name(of: cause) || path.hasSuffix("/" + name(of: cause))
  }
}
