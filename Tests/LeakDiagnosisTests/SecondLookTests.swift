import Foundation
import LeakModel
import LeakRules
import Testing

@testable import LeakDiagnosis

struct SecondLookTests {
  private let diagnoser: Diagnoser

  init() throws {
    diagnoser = Diagnoser(rulebook: try Rulebook.embedded)
  }

  @Test func `a cache beside goroutines that pile up is named with its own function`() throws {
    let verdicts = try verdicts("two-http-body-unclosed-and-unbounded-cache")
    #expect(verdicts.prefix(2).map(\.cause) == [.httpBodyUnclosed, .unboundedCache])
    #expect(verdicts.map(\.isAlso) == [false, true] + verdicts.dropFirst(2).map { _ in false })
    let second = try #require(verdicts.dropFirst().first)
    #expect(second.culprit?.function == "main.(*priceBook).Quote")
  }

  @Test func `C memory beside goroutines that pile up is named`() throws {
    let verdicts = try verdicts("two-channel-send-blocked-and-cgo-leak")
    #expect(verdicts.prefix(2).map(\.cause) == [.channelSendBlocked, .cgoLeak])
    #expect(verdicts.dropFirst().first?.isAlso == true)
  }

  @Test func `what blocked goroutines hold is no second cause`() throws {
    // Each blocked sender keeps the file that another function has read.
    #expect(try !verdicts("case-channel-send-blocked").contains(where: \.isAlso))
  }

  @Test func `with goroutines alone there is one cause`() throws {
    let folder = Fixture.folder.appending(path: "two-http-body-unclosed-and-unbounded-cache")
    let files = try CaseFolder.read([folder.path]).files.filter {
      $0.source.contains("goroutine")
    }
    #expect(try !diagnoser.diagnose(files).verdicts.contains(where: \.isAlso))
  }

  private func verdicts(_ folder: String) throws -> [Verdict] {
    let path = Fixture.folder.appending(path: folder).path
    return try diagnoser.diagnose(try CaseFolder.read([path]).files).verdicts
  }
}
