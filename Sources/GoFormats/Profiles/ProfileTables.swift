/// Everything in a profile.proto but its samples, still with the file's own identifiers.
///
/// Samples come first in most files yet refer to what follows; hence two passes: this one collects
/// the tables and counts the samples, the next reads the samples straight into their columns.
struct ProfileTables {
  struct Mapping {
    var id: UInt64 = 0
    var file: UInt64 = 0
    var buildID: UInt64 = 0
  }

  struct Location {
    var id: UInt64 = 0
    var address: UInt64 = 0
    /// Where the location's lines start in `lines`.
    var firstLine = 0
  }

  struct Line {
    var function: UInt64 = 0
    var number: Int64 = 0
  }

  struct Function {
    var id: UInt64 = 0
    var name: UInt64 = 0
    var file: UInt64 = 0
  }

  /// A value type as two indexes into the string table.
  struct ValueType {
    var type: UInt64 = 0
    var unit: UInt64 = 0
  }

  var strings: [String] = []
  var sampleTypes: [ValueType] = []
  var mappings: [Mapping] = []
  var locations: [Location] = []
  var lines: [Line] = []
  var functions: [Function] = []
  var periodType = ValueType()
  var period: Int64 = 0
  var timeNanos: Int64 = 0
  var durationNanos: Int64 = 0
  var comments: [UInt64] = []
  var defaultSampleType: UInt64 = 0
  /// The largest index that is only checked: of drop_frames, keep_frames, doc_url and system names.
  var largestOtherString: UInt64 = 0
  var sampleCount = 0

  init(_ reader: ByteReader, limits: ParseLimits) throws(ParseError) {
    var reader = reader
    while let field = try reader.nextField() {
      let offset = field.offset
      switch field.number {
      case 1:
        try Profile.check(sampleTypes.count, limits.sampleTypes, of: "sample types", at: offset)
        sampleTypes.append(try Self.valueType(reader.message(field)))
      case 2:
        try Profile.check(sampleCount, limits.samples, of: "samples", at: offset)
        sampleCount += 1
      case 3:
        try Profile.check(mappings.count, limits.mappings, of: "mappings", at: offset)
        mappings.append(try Self.mapping(reader.message(field), at: offset))
      case 4:
        try Profile.check(locations.count, limits.locations, of: "locations", at: offset)
        try add(location: reader.message(field), at: offset, limits)
      case 5:
        try Profile.check(functions.count, limits.functions, of: "functions", at: offset)
        try add(function: reader.message(field), at: offset)
      case 6:
        try Profile.check(strings.count, limits.strings, of: "strings", at: offset)
        try add(string: field, of: reader)
      case 7, 8, 15: noteOtherString(try reader.number(field))
      case 9:
        guard timeNanos == 0 else { throw reader.error("a second profile follows the first") }
        timeNanos = try reader.signed(field)
      case 10: durationNanos = try reader.signed(field)
      case 11: periodType = try Self.valueType(reader.message(field))
      case 12: period = try reader.signed(field)
      case 13: try add(comments: field, of: reader, limits)
      case 14: defaultSampleType = try reader.number(field)
      default: break
      }
    }
  }

  private mutating func noteOtherString(_ index: UInt64) {
    largestOtherString = max(largestOtherString, index)
  }

  private mutating func add(
    string field: ByteReader.Field,
    of reader: ByteReader
  ) throws(ParseError) {
    let range = try reader.range(field)
    guard !strings.isEmpty || range.isEmpty else {
      throw reader.error("the first entry of the string table must be empty")
    }
    strings.append(String(decoding: reader.bytes[range], as: UTF8.self))
  }

  private static func valueType(_ reader: ByteReader) throws(ParseError) -> ValueType {
    var reader = reader
    var valueType = ValueType()
    while let field = try reader.nextField() {
      switch field.number {
      case 1: valueType.type = try reader.number(field)
      case 2: valueType.unit = try reader.number(field)
      default: break
      }
    }
    return valueType
  }

  private static func mapping(
    _ reader: ByteReader,
    at offset: Int
  ) throws(ParseError) -> Mapping {
    var reader = reader
    var mapping = Mapping()
    while let field = try reader.nextField() {
      switch field.number {
      case 1: mapping.id = try reader.number(field)
      case 5: mapping.file = try reader.number(field)
      case 6: mapping.buildID = try reader.number(field)
      case 2...4, 7...10: _ = try reader.number(field)
      default: break
      }
    }
    try Profile.check(id: mapping.id, of: "mapping", at: offset)
    return mapping
  }

  private mutating func add(
    location reader: ByteReader,
    at offset: Int,
    _ limits: ParseLimits
  ) throws(ParseError) {
    var reader = reader
    var location = Location(firstLine: lines.count)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: location.id = try reader.number(field)
      case 3: location.address = try reader.number(field)
      case 4:
        try Profile.check(lines.count, limits.lines, of: "lines", at: field.offset)
        lines.append(try Self.line(reader.message(field)))
      case 2, 5: _ = try reader.number(field)
      default: break
      }
    }
    try Profile.check(id: location.id, of: "location", at: offset)
    locations.append(location)
  }

  private static func line(_ reader: ByteReader) throws(ParseError) -> Line {
    var reader = reader
    var line = Line()
    while let field = try reader.nextField() {
      switch field.number {
      case 1: line.function = try reader.number(field)
      case 2: line.number = try reader.signed(field)
      case 3: _ = try reader.number(field)
      default: break
      }
    }
    return line
  }

  private mutating func add(function reader: ByteReader, at offset: Int) throws(ParseError) {
    var reader = reader
    var function = Function()
    while let field = try reader.nextField() {
      switch field.number {
      case 1: function.id = try reader.number(field)
      case 2: function.name = try reader.number(field)
      case 3: noteOtherString(try reader.number(field))
      case 4: function.file = try reader.number(field)
      case 5: _ = try reader.number(field)
      default: break
      }
    }
    try Profile.check(id: function.id, of: "function", at: offset)
    functions.append(function)
  }

  private mutating func add(
    comments field: ByteReader.Field,
    of reader: ByteReader,
    _ limits: ParseLimits
  ) throws(ParseError) {
    guard case .bytes = field.content else {
      try Profile.check(comments.count, limits.comments, of: "comments", at: field.offset)
      comments.append(try reader.number(field))
      return
    }
    var packed = try reader.message(field)
    while !packed.isAtEnd {
      try Profile.check(comments.count, limits.comments, of: "comments", at: packed.offset)
      comments.append(try packed.varint())
    }
  }
}
