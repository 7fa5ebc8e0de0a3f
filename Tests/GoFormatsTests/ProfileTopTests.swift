import Testing

@testable import GoFormats

struct ProfileTopTests {
  private func totals(_ samples: (inout ProfileWriter) -> Void) throws -> FunctionTotals {
    FunctionTotals(try Profile(protobuf: ProfileWriter.profile(samples: samples)))
  }

  @Test func `flat belongs to the leaf, cumulative to every caller`() throws {
    let totals = try totals { $0.sample([1, 2], [64]) }
    #expect(
      totals.top(10, column: 0, by: .flat) == [
        FunctionTotals.Row(name: "main.leaf", flat: 64, cumulative: 64),
        FunctionTotals.Row(name: "main.root", flat: 0, cumulative: 64),
      ]
    )
  }

  @Test func `a recursive function counts once a sample`() throws {
    let totals = try totals { $0.sample([1, 1, 1], [64]) }
    #expect(totals.top(1, column: 0, by: .cumulative).first?.cumulative == 64)
  }

  @Test func `equal values come in the order of names`() throws {
    let totals = try totals {
      $0.sample([2], [8])
      $0.sample([1], [8])
    }
    #expect(totals.top(2, column: 0, by: .flat).map(\.name) == ["main.leaf", "main.root"])
  }

  @Test func `a location without a line is unresolved, no function`() throws {
    let totals = try totals { $0.sample([3, 2], [8]) }
    #expect(totals.top(10, column: 0, by: .flat).map(\.name) == ["main.root"])
    #expect(
      totals.unresolved(column: 0) == FunctionTotals.Row(name: "?", flat: 8, cumulative: 8)
    )
  }

  @Test func `the total is the sum of all samples`() throws {
    let totals = try totals {
      $0.sample([1], [8])
      $0.sample([], [4])
    }
    #expect(totals.totals == [12])
  }

  @Test func `a real heap profile names its largest holder`() throws {
    let profile = try Profile(reading: Fixture.bytes("heap-http-body-unclosed.pb.gz"))
    let column = try #require(profile.column("inuse_space"))
    let top = FunctionTotals(profile).top(1, column: column, by: .flat)
    #expect(profile.sampleCount == 114)
    #expect(top.map(\.name) == ["main.(*locator).locate"])
  }
}
