import Foundation
import LeakDiagnosis
import LeakModel
import LeakRules
import Testing

/// No number in a capture ends the process: measuring and judging take any that a parser lets through.
struct HostileNumbersTests {
  private static let numbers = [
    "0", "-1", "1e30", "-1e30", "1e999", "9223372036854775807", "-9223372036854775808",
    "18446744073709551615", "99999999999999999999999",
  ]

  private let diagnoser: Diagnoser

  init() throws {
    diagnoser = Diagnoser(rulebook: try Rulebook.embedded)
  }

  @Test(arguments: try Self.texts(), Self.numbers)
  func `a capture whose numbers are all one is judged or refused`(
    name: String,
    number: String
  )
    throws
  {
    diagnose(name, try Self.text(name).replacing(/[0-9]+(\.[0-9]+)?/, with: number))
  }

  @Test(arguments: try Self.texts())
  func `a capture with one wild number is judged or refused`(name: String) throws {
    let text = try Self.text(name)
    let places = text.ranges(of: /[0-9]+(\.[0-9]+)?/)
    for index in stride(from: 0, to: places.count, by: max(1, places.count / 12)) {
      for number in ["1e30", "9223372036854775807"] {
        diagnose(name, text.replacingCharacters(in: places[index], with: number))
      }
    }
  }

  private func diagnose(_ name: String, _ text: String) {
    do {
      let file = EvidenceFile(source: name, bytes: Array(text.utf8))
      #expect(try !diagnoser.diagnose([file]).verdicts.isEmpty)
    } catch let error as Diagnoser.NothingRecognised {
      #expect(!error.ignored.isEmpty)
    } catch {
      Issue.record(error)
    }
  }

  /// The fixtures in text; long ones are cut, as each is read hundreds of times.
  private static func texts() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Fixture.folder.path)
      .filter { $0.contains(".") && !$0.hasSuffix(".gz") && !$0.hasSuffix(".out") }.sorted()
  }

  private static func text(_ name: String) throws -> String {
    String(decoding: try Fixture.file(name).bytes.prefix(16_384), as: UTF8.self)
  }
}
