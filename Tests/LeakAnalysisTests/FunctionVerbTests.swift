import LeakAnalysis
import Testing

struct FunctionVerbTests {
  @Test(arguments: [
    ("main.(*prices).LookupAll", FunctionVerb.answers), ("us/shop/mail.parseHeader", .answers),
    ("main.fetch.func1", .answers), ("main.(*Ring[go.shape.int]).Push", .adds),
    ("main.seenBefore", .adds), ("main.run", .other), ("main.address", .other), ("?", .other),
  ])
  func `the first known word of a name tells what the function does`(
    name: String,
    expected: FunctionVerb
  ) {
    #expect(FunctionVerb(name) == expected)
  }
}
