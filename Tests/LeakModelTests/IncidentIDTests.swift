import LeakModel
import Testing

struct IncidentIDTests {
  @Test(arguments: ["INC-12", "inc-12", "Inc-12", "12"])
  func `an incident is named by its number with or without the prefix`(text: String) {
    #expect(IncidentID(text)?.number == 12)
  }

  @Test(arguments: [
    "", "INC", "INC-", "INC-0", "0", "INC--1", "-1", "INC-1x", "INC 12", "BUG-12", "INC-1.5",
    "99999999999999999999",
  ])
  func `what is no incident number is refused`(text: String) {
    #expect(IncidentID(text) == nil)
  }

  @Test func `an incident number is written with the prefix`() {
    #expect(IncidentID(number: 12).description == "INC-12")
  }

  @Test func `incidents are ordered by number and not by text`() {
    #expect(IncidentID(number: 9) < IncidentID(number: 12))
  }
}
