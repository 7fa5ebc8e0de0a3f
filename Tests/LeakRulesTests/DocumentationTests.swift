import EmbeddedCatalog
import LeakAnalysis
import Testing

@testable import LeakRules

/// The description of the format, `Playbooks/README.md`.
struct DocumentationTests {
  private let readme: String

  init() throws {
    readme = try #require(Catalog.playbooks.first { $0.path == "Playbooks/README.md" }).text
  }

  private func example() throws -> Playbook {
    let text = readme.split(separator: "````markdown\n")[1].split(separator: "````")[0]
    return try Playbook(path: "goroutine/channel-send-blocked.md", text: String(text))
  }

  @Test func `the example obeys the format`() throws {
    let playbook = try example()
    let problems =
      PlaybookLint.testProblems(of: playbook)
      + PlaybookLint.bodyProblems(
        of: playbook.source,
        title: playbook.title,
        language: .english
      )
    #expect(problems.isEmpty, "\(PlaybookError(problems))")
  }

  @Test(
    arguments: Playbook.keys + ["tests"] + Playbook.CulpritPlace.allCases.map(\.rawValue)
      + EvidenceKind.allCases.map(\.rawValue) + PlaybookText.placeholders.map { "{{\($0)}}" }
      + FactComparison.Comparator.allCases.map(\.rawValue) + ["in", "or"]
  )
  func `every word of the format is described`(word: String) {
    #expect(readme.contains("`\(word)`"))
  }
}
