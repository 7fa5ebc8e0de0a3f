import Foundation
import Testing

/// Everything that ever broke a parser, and every fixture, goes through every fuzz target again.
struct FuzzCorpusTests {
  /// Fuzz/Corpus: a folder for each target, in it the findings by name.
  private static let corpus = Fixture.folder
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz/Corpus")

  private static let findings = (FileManager.default.subpaths(atPath: corpus.path()) ?? [])
    .filter { $0.contains("/") }
    .sorted()

  @Test(arguments: findings)
  func `a past finding is read or refused`(path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.corpus.appending(path: path)))
    for target in FuzzTarget.allCases { target.read(bytes) }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `a target reads or refuses every fixture`(target: FuzzTarget) throws {
    for name in Fixture.all { target.read(try Fixture.bytes(name)) }
  }

  @Test func `the corpus has findings in folders of targets alone`() {
    let names = Set(FuzzTarget.allCases.map(\.rawValue))
    #expect(!Self.findings.isEmpty)
    #expect(Self.findings.allSatisfy { names.contains(String($0.prefix { $0 != "/" })) })
  }
}
