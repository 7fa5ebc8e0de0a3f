import Testing

@testable import LeakStore

struct LabelTextTests {
  @Test(
    arguments: [
      ("{}", [:]), (#"{"go":"1.22"}"#, ["go": "1.22"]),
      (#"{"go":"1.22","pod":"a{b}:c,d"}"#, ["go": "1.22", "pod": "a{b}:c,d"]),
      (#"{"name":"","":"x"}"#, ["name": "", "": "x"]), (#"{"版本":"一"}"#, ["版本": "一"]),
      (#"{"path":"a\/b","quote":"\""}"#, ["path": "a/b", "quote": "\""]),
      (#"{ "go" : "1.22" }"#, ["go": "1.22"]),
    ] as [(String, [String: String])]
  )
  func `labels are read with and without escapes`(text: String, labels: [String: String]) throws {
    #expect(try LabelText.read(text) == labels)
  }

  @Test(arguments: ["", "{", "[]", #"{"a"}"#, #"{"a":1}"#, #"{"a":"b""c":"d"}"#])
  func `what is no object of texts is an error`(text: String) {
    #expect(throws: (any Error).self) { try LabelText.read(text) }
  }
}
