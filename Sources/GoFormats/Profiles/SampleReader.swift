/// Reads the samples of a profile.proto into columns, and each distinct stack once.
///
/// Most samples of a large profile repeat a stack with another object size or label. A stack is
/// known by the bytes of its references; only a new one is decoded and checked.
struct SampleReader {
  private let tables: ProfileTables
  private let locations: IdentifierTable
  private let columnCount: Int
  private let limits: ParseLimits
  /// The string that marks a heap profile's object size; `.max` when the profile has none.
  private let sizeKey: UInt64

  private var sampleCount = 0
  private var values: [Int64] = []
  private var stacks: [UInt32] = []
  private var objectSizes: [Int64] = []
  private var labels: [Profile.Label] = []
  /// The stacks of the last samples, to be looked up together.
  private var waiting: [Range<Int>] = []
  private var known = ByteInterner()
  private var stackStarts: [UInt32] = [0]
  private var stackLocations: [UInt32] = []

  // A value takes a byte at least: `byteCount`, the profile's size, bounds what is reserved.
  init(
    _ tables: ProfileTables,
    columnCount: Int,
    byteCount: Int,
    limits: ParseLimits
  ) throws(ParseError) {
    self.tables = tables
    self.columnCount = columnCount
    self.limits = limits
    locations = try IdentifierTable(tables.locations, of: "location") { $0.id }
    sizeKey = tables.strings.firstIndex(of: "bytes").map { UInt64($0) } ?? .max
    values.reserveCapacity(min(tables.sampleCount * columnCount, byteCount))
    stacks.reserveCapacity(tables.sampleCount)
  }

  /// Reads every sample of a profile.
  mutating func readAll(_ profile: ByteReader) throws(ParseError) {
    var profile = profile
    while let field = try profile.nextField() {
      guard field.number == 2 else { continue }
      try read(profile.message(field), at: field.offset)
    }
    try resolveWaiting(in: profile.bytes)
  }

  /// Moves what was read into a profile.
  consuming func finish(_ profile: inout Profile) {
    if !objectSizes.isEmpty {
      objectSizes += [Int64](repeating: 0, count: stacks.count - objectSizes.count)
    }
    profile.values = values
    profile.sampleStacks = stacks
    profile.objectSizes = objectSizes
    profile.labels = labels
    profile.stackStarts = stackStarts
    profile.stackLocations = stackLocations
  }

  private mutating func read(_ sample: ByteReader, at offset: Int) throws(ParseError) {
    var sample = sample
    let firstValue = values.count
    var stack = 0..<0
    // What follows the first piece of a stack that is not written in one.
    var rest: [UInt8] = []
    while let field = try sample.nextField() {
      switch (field.number, field.content) {
      case (1, .bytes(let range)) where stack.isEmpty && rest.isEmpty: stack = range
      case (1, _): try Self.append(field, of: sample, to: &rest)
      case (2, .bytes(let range)):
        var packed = sample.part(range)
        while !packed.isAtEnd {
          try checkRoom(after: firstValue, at: packed.offset)
          values.append(Int64(bitPattern: try packed.varint()))
        }
      case (2, _):
        try checkRoom(after: firstValue, at: field.offset)
        values.append(try sample.signed(field))
      case (3, _): try read(label: sample.message(field))
      default: break
      }
    }
    let count = values.count - firstValue
    guard count == columnCount else {
      throw Profile.malformed("sample has \(count) values for \(columnCount) types", at: offset)
    }
    sampleCount += 1
    if rest.isEmpty {
      waiting.append(stack)
      if waiting.count == 256 { try resolveWaiting(in: sample.bytes) }
      return
    }
    try Self.checkEnd(sample.part(stack))
    try resolveWaiting(in: sample.bytes)
    rest = sample.bytes[stack] + rest
    try rest.withUnsafeBufferPointer { (rest) throws(ParseError) in
      try resolve([0..<rest.count], in: rest)
    }
  }

  /// A sample's values start at an index; they must not be more than the columns.
  private func checkRoom(after firstValue: Int, at offset: Int) throws(ParseError) {
    guard values.count - firstValue < columnCount else {
      throw Profile.malformed("sample has more values than the \(columnCount) types", at: offset)
    }
  }

  private mutating func resolveWaiting(
    in bytes: UnsafeBufferPointer<UInt8>
  ) throws(ParseError) {
    try resolve(waiting, in: bytes)
    waiting.removeAll(keepingCapacity: true)
  }

  /// Appends references in the packed form: Go's runtime writes one or two unpacked.
  private static func append(
    _ field: ByteReader.Field,
    of sample: ByteReader,
    to bytes: inout [UInt8]
  ) throws(ParseError) {
    guard case .bytes(let range) = field.content else {
      var id = try sample.number(field)
      while id >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: id) | 0x80)
        id >>= 7
      }
      bytes.append(UInt8(truncatingIfNeeded: id))
      return
    }
    try checkEnd(sample.part(range))
    bytes.append(contentsOf: sample.bytes[range])
  }

  /// A piece must end where a reference ends: what follows it must not complete one.
  private static func checkEnd(_ piece: ByteReader) throws(ParseError) {
    guard let last = piece.rest.last, last >= 0x80 else { return }
    throw piece.error("data ends inside a varint")
  }

  /// Gives samples their stacks, whose references are parts of some bytes; new ones are decoded.
  private mutating func resolve(
    _ references: [Range<Int>],
    in bytes: UnsafeBufferPointer<UInt8>
  ) throws(ParseError) {
    let numbers = known.intern(
      references.map { UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[$0])) }
    )
    let whole = ByteReader(bytes)
    for (number, references) in zip(numbers, references) {
      if number == stackStarts.count - 1 { try decode(whole.part(references)) }
      stacks.append(UInt32(truncatingIfNeeded: number))
    }
  }

  private mutating func decode(_ references: ByteReader) throws(ParseError) {
    let offset = references.offset
    let first = stackLocations.count
    var references = references
    while !references.isAtEnd {
      try Profile.check(
        stackLocations.count - first,
        limits.framesPerStack,
        of: "frames",
        at: references.offset
      )
      let location = locations[try references.varint()]
      guard location != .max else {
        throw Profile.malformed("sample refers to a location that is missing", at: offset)
      }
      stackLocations.append(location)
    }
    guard let start = UInt32(exactly: stackLocations.count) else {
      throw Profile.malformed("more than 4 G location references", at: offset)
    }
    stackStarts.append(start)
  }
}

extension SampleReader {
  /// Reads a label of the sample at hand, whose index is the number of complete samples.
  private mutating func read(label: ByteReader) throws(ParseError) {
    let offset = label.offset
    var label = label
    var key: UInt64 = 0
    var text: UInt64 = 0
    var number: Int64 = 0
    var unit: UInt64 = 0
    while let field = try label.nextField() {
      switch field.number {
      case 1: key = try label.number(field)
      case 2: text = try label.number(field)
      case 3: number = try label.signed(field)
      case 4: unit = try label.number(field)
      default: break
      }
    }
    if text == 0, unit == 0, number != 0, key == sizeKey {
      setObjectSize(number)
      return
    }
    let name = try tables.string(key)
    try Profile.check(labels.count, limits.labels, of: "labels", at: offset)
    if text != 0 {
      labels.append(Profile.Label(sample: sampleCount, key: name, value: try tables.string(text)))
    } else if number != 0 || unit != 0 {
      _ = try tables.string(unit)
      guard name == "bytes" else {
        labels.append(Profile.Label(sample: sampleCount, key: name, value: "\(number)"))
        return
      }
      setObjectSize(number)
    }
  }

  /// Keeps the first size that the sample at hand gives; samples without one have 0.
  private mutating func setObjectSize(_ size: Int64) {
    guard objectSizes.count <= sampleCount else { return }
    if objectSizes.isEmpty { objectSizes.reserveCapacity(tables.sampleCount) }
    while objectSizes.count < sampleCount { objectSizes.append(0) }
    objectSizes.append(size)
  }
}
