import Foundation
import Testing

/// What somebody with the database file in their hands does to the audit log.
struct AuditTamperTests {
  private static let unlocked = "DROP TRIGGER auditIsNotChanged; DROP TRIGGER auditIsNotDeleted;"

  @Test(arguments: [
    ("UPDATE audit SET actor = 'nobody' WHERE id = 2", "entry 2 was changed"),
    ("UPDATE audit SET result = 'refused' WHERE id = 4", "entry 4 was changed"),
    ("DELETE FROM audit WHERE id = 1", "entry 1 is missing"),
    ("DELETE FROM audit WHERE id = 3", "entry 3 is missing"),
    ("DELETE FROM audit WHERE id = 4", "entries 4 to 4 are missing at the end"),
    ("DELETE FROM audit", "entries 1 to 4 are missing at the end"),
    (
      "UPDATE audit SET id = -1 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3;"
        + "UPDATE audit SET id = 3 WHERE id = -1",
      "entry 2 does not follow the one before it"
    ),
    ("UPDATE audit SET previous = hash WHERE id = 3", "entry 3 does not follow the one before it"),
  ])
  func `an entry that is changed, taken away or moved is named`(
    change: String,
    sentence: String
  ) throws {
    let program = try Program()
    defer { program.remove() }
    for name in ["a", "b", "c", "d"] {
      #expect(try program.run(["token", "create", name]).exitCode == 0)
    }
    #expect(try program.run(["audit", "verify"]).output == "whole: 4 entries\n")
    let python = """
      import sqlite3
      base = sqlite3.connect("leakbook.db")
      base.executescript("\(Self.unlocked) \(change)")
      """
    #expect(try program.shell("python3 -c '\(python.replacing("'", with: "'\\''"))'").exitCode == 0)
    let outcome = try program.run(["audit", "verify"])
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
  }
}
