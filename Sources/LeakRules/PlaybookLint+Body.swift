extension PlaybookLint {
  /// The body has its title, the seven sections in order, none empty, and no unknown placeholder.
  static func bodyProblems(
    of source: PlaybookSource,
    title: String,
    language: Language
  ) -> [PlaybookProblem] {
    let body = PlaybookBody(source.body.text)
    let wanted = PlaybookBody.Section.allCases.map { $0.heading(in: language) }
    var problems: [PlaybookProblem] = []
    if body.title != title {
      let line = body.title.isEmpty ? "title:" : "# \(body.title)"
      problems.append(source.problem(at: line, "the body begins with '# \(title)'"))
    }
    let headings = body.parts.map(\.heading)
    if headings != wanted {
      // The first heading that departs; where the body ends too early, its last one.
      let odd = zip(headings, wanted).first { $0 != $1 }?.0
      let extra = headings.count > wanted.count ? headings[wanted.count] : headings.last
      let line = (odd ?? extra).map { "## \($0)" } ?? "title:"
      let message = "the headings are \(wanted.joined(separator: ", ")), in this order"
      problems.append(source.problem(at: line, message))
    }
    for part in body.parts where part.text.isEmpty {
      problems.append(source.problem(at: "## \(part.heading)", "'\(part.heading)' is empty"))
    }
    for name in PlaybookText.unknownPlaceholders(in: source.body.text) {
      let hint = NearestName.hint(name, among: PlaybookText.placeholders)
      problems.append(source.problem(at: "{{\(name)}}", "unknown placeholder '\(name)'\(hint)"))
    }
    return problems
  }
}
