import Testing

@testable import GoFormats

struct ProfileProtobufTests {
  private func failure(_ bytes: [UInt8]) -> String? {
    do throws(ParseError) {
      _ = try Profile(protobuf: bytes)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func `samples become columns`() throws {
    let profile = try Profile(
      protobuf: ProfileWriter.profile {
        $0.sample([1, 2], [64])
        $0.sample([2], [8])
      }
    )
    #expect(profile.sampleTypes == [Profile.ValueType(type: "space", unit: "bytes")])
    #expect(profile.values == [64, 8])
    #expect(Array(profile.locations(ofSample: 0)) == [0, 1])
    #expect(Array(profile.locations(ofSample: 1)) == [1])
    #expect(profile.functionNames == ["main.leaf", "main.root"])
    #expect(profile.lineNumbers == [10, 20])
  }

  @Test func `numbers may come one a field instead of packed`() throws {
    let profile = try Profile(
      protobuf: ProfileWriter.profile {
        $0.message(2) {
          $0.number(1, 1)
          $0.number(1, 2)
          $0.number(2, 64)
        }
      }
    )
    #expect(Array(profile.locations(ofSample: 0)) == [0, 1])
    #expect(profile.values == [64])
  }

  @Test func `a stack in pieces is the stack in one`() throws {
    let profile = try Profile(
      protobuf: ProfileWriter.profile {
        $0.sample([1, 2, 1], [8])
        $0.message(2) {
          $0.packed(1, [1])
          $0.number(1, 2)
          $0.packed(2, [4])
          $0.packed(1, [1])
        }
      }
    )
    #expect(profile.sampleStacks == [0, 0])
    #expect(Array(profile.locations(ofSample: 1)) == [0, 1, 0])
  }

  @Test func `a piece that ends inside a reference is an error`() {
    let bytes = ProfileWriter.profile {
      $0.message(2) {
        $0.content(1, [0x81])
        $0.content(1, [0x00])
        $0.packed(2, [4])
      }
    }
    #expect(throws: ParseError.self) { try Profile(protobuf: bytes) }
  }

  @Test func `a stack that many samples share is kept once`() throws {
    let profile = try Profile(
      protobuf: ProfileWriter.profile { profile in
        for sample: UInt64 in 0..<600 { profile.sample([1, sample % 2 + 1], [sample]) }
      }
    )
    #expect(profile.stackCount == 2)
    #expect(profile.sampleStacks == (0..<600).map { $0 % 2 })
    #expect(profile.stackLocations == [0, 0, 0, 1])
  }

  @Test func `a negative value is kept`() throws {
    let bytes = ProfileWriter.profile { $0.sample([1], [UInt64(bitPattern: -5)]) }
    #expect(try Profile(protobuf: bytes).values == [-5])
  }

  @Test func `the label bytes is the object size, others stay labels`() throws {
    let profile = try Profile(
      protobuf: ProfileWriter.profile {
        $0.sample([1], [1])
        $0.message(2) { sample in
          sample.packed(1, [1])
          sample.packed(2, [64])
          sample.message(3) {
            $0.number(1, 2)
            $0.number(3, 512)
          }
          sample.message(3) {
            $0.number(1, 6)
            $0.number(2, 4)
          }
        }
      }
    )
    #expect(profile.objectSizes == [0, 512])
    #expect(profile.labels == [Profile.Label(sample: 1, key: "request", value: "main.root")])
  }

  @Test func `identifiers need not be 1 to n`() throws {
    var writer = ProfileWriter()
    writer.strings(["", "space", "bytes", "main.leaf"])
    writer.message(1) { $0.number(1, 1) }
    writer.sample([1 << 40], [7])
    writer.message(5) {
      $0.number(1, 99)
      $0.number(2, 3)
    }
    writer.message(4) { location in
      location.number(1, 1 << 40)
      location.message(4) { $0.number(1, 99) }
    }
    let profile = try Profile(protobuf: writer.bytes)
    #expect(Array(profile.locations(ofSample: 0)) == [0])
    #expect(profile.functionNames == ["main.leaf"])
  }

  @Test func `unknown fields are passed over`() throws {
    var writer = ProfileWriter()
    writer.content(200, [1, 2, 3])
    writer.number(201, 4)
    let bytes = writer.bytes + ProfileWriter.profile { $0.sample([1], [64]) }
    #expect(try Profile(protobuf: bytes).values == [64])
  }

  @Test func `a missing location is an error`() {
    let bytes = ProfileWriter.profile { $0.sample([9], [64]) }
    #expect(failure(bytes) == "sample refers to a location that is missing")
  }

  @Test func `a sample with too many values is an error`() {
    let bytes = ProfileWriter.profile { $0.sample([1], [1, 2]) }
    #expect(failure(bytes) == "sample has more values than the 1 types")
  }

  @Test func `a string table that does not start with the empty string is an error`() {
    var writer = ProfileWriter()
    writer.strings(["space"])
    #expect(failure(writer.bytes) == "the first entry of the string table must be empty")
  }

  @Test func `a string index beyond the table is an error`() {
    var writer = ProfileWriter()
    writer.strings([""])
    writer.message(1) { $0.number(1, 7) }
    #expect(failure(writer.bytes) == "string 7 is not in the table of 1")
  }

  @Test func `a second profile behind the first is an error`() {
    var writer = ProfileWriter()
    writer.strings([""])
    writer.number(9, 1)
    writer.number(9, 2)
    #expect(failure(writer.bytes) == "a second profile follows the first")
  }

  @Test func `an identifier that occurs twice is an error`() {
    let bytes = ProfileWriter.profile { _ in }
    var twice = ProfileWriter()
    twice.message(4) { $0.number(1, 3) }
    #expect(failure(bytes + twice.bytes) == "several locations have the id 3")
  }

  @Test(arguments: [(3, "mapping"), (4, "location"), (5, "function")] as [(UInt64, String)])
  func `the reserved id 0 is an error where it stands`(field: UInt64, kind: String) {
    var writer = ProfileWriter()
    writer.strings([""])
    let place = writer.bytes.count
    writer.content(field, [])
    writer.content(field, [])
    #expect(throws: Profile.malformed("a \(kind) has the reserved id 0", at: place)) {
      try Profile(protobuf: writer.bytes)
    }
  }
}
