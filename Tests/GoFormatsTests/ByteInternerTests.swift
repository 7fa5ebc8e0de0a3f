import Testing

@testable import GoFormats

struct ByteInternerTests {
  private func numbers(_ strings: [[UInt8]]) -> [Int] {
    var interner = ByteInterner()
    return strings.map { interner.intern($0, 0..<$0.count).number }
  }

  @Test func `numbers follow the order in which strings are first seen`() {
    #expect(numbers([[1], [2], [1], []]) == [0, 1, 0, 2])
  }

  @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 17, 24, 33])
  func `strings that differ in any byte are two`(count: Int) {
    let string = [UInt8](repeating: 7, count: count)
    let others = string.indices.map { index in
      var other = string
      other[index] = 8
      return other
    }
    let all = [string] + others + [string + [0]]
    #expect(numbers(all + all) == Array(0..<all.count) + Array(0..<all.count))
  }

  @Test func `numbers stay when the table grows`() {
    let strings = (0..<5_000).map { "string \($0 % 2_500)".utf8.map { $0 } }
    #expect(numbers(strings) == (0..<5_000).map { $0 % 2_500 })
  }

  @Test func `several strings at once get the numbers of one by one`() {
    let strings = (0..<5_000).map { "string \($0 % 2_500)".utf8.map { $0 } }
    let bytes = strings.flatMap { $0 }
    var interner = ByteInterner()
    let found = bytes.withUnsafeBytes { bytes in
      var start = 0
      return interner.intern(
        strings.map { string in
          start += string.count
          return UnsafeRawBufferPointer(rebasing: bytes[start - string.count..<start])
        }
      )
    }
    #expect(found == numbers(strings))
  }
}
