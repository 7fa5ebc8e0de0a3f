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
  /// Indexes that are only checked: drop_frames, keep_frames, doc_url and system names.
  var otherStrings: [UInt64] = []
  var sampleCount = 0

  init(_ reader: ByteReader, limits: ParseLimits) throws(ParseError) {
    var reader = reader
    while let field = try reader.nextField() {
      switch field.number {
      case 1:
        guard sampleTypes.count < limits.sampleTypes else {
          throw Profile.malformed(
            "more sample types than the limit of \(limits.sampleTypes)",
            at: field.offset
          )
        }
        sampleTypes.append(try Self.valueType(reader.message(field)))
      case 2:
        sampleCount += 1
        guard sampleCount <= limits.samples else {
          throw Profile.malformed(
            "more samples than the limit of \(limits.samples)",
            at: field.offset
          )
        }
      case 3: try add(mapping: reader.message(field))
      case 4: try add(location: reader.message(field))
      case 5: try add(function: reader.message(field))
      case 6: try add(string: field, of: reader, limits)
      case 7, 8, 15: otherStrings.append(try reader.number(field))
      case 9:
        guard timeNanos == 0 else { throw reader.error("a second profile follows the first") }
        timeNanos = try reader.signed(field)
      case 10: durationNanos = try reader.signed(field)
      case 11: periodType = try Self.valueType(reader.message(field))
      case 12: period = try reader.signed(field)
      case 13: try add(comments: field, of: reader)
      case 14: defaultSampleType = try reader.number(field)
      default: break
      }
    }
  }

  private mutating func add(
    string field: ByteReader.Field,
    of reader: ByteReader,
    _ limits: ParseLimits
  ) throws(ParseError) {
    let range = try reader.range(field)
    guard !strings.isEmpty || range.isEmpty else {
      throw reader.error("the first entry of the string table must be empty")
    }
    guard strings.count < limits.strings else {
      throw reader.error("more strings than the limit of \(limits.strings)")
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

  private mutating func add(mapping reader: ByteReader) throws(ParseError) {
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
    mappings.append(mapping)
  }

  private mutating func add(location reader: ByteReader) throws(ParseError) {
    var reader = reader
    var location = Location(firstLine: lines.count)
    while let field = try reader.nextField() {
      switch field.number {
      case 1: location.id = try reader.number(field)
      case 3: location.address = try reader.number(field)
      case 4: lines.append(try Self.line(reader.message(field)))
      case 2, 5: _ = try reader.number(field)
      default: break
      }
    }
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

  private mutating func add(function reader: ByteReader) throws(ParseError) {
    var reader = reader
    var function = Function()
    while let field = try reader.nextField() {
      switch field.number {
      case 1: function.id = try reader.number(field)
      case 2: function.name = try reader.number(field)
      case 3: otherStrings.append(try reader.number(field))
      case 4: function.file = try reader.number(field)
      case 5: _ = try reader.number(field)
      default: break
      }
    }
    functions.append(function)
  }

  private mutating func add(
    comments field: ByteReader.Field,
    of reader: ByteReader
  ) throws(ParseError) {
    guard case .bytes = field.content else {
      comments.append(try reader.number(field))
      return
    }
    var packed = try reader.message(field)
    while !packed.isAtEnd { comments.append(try packed.varint()) }
  }
}

/// Indexes by identifier: an array while identifiers are 1 to n, a dictionary for the others.
struct IdentifierTable {
  private var dense: [UInt32]
  private var sparse: [UInt64: UInt32] = [:]

  /// - Throws: `ParseError` when an identifier is 0 or occurs twice.
  init<Element>(
    _ elements: [Element],
    of kind: String,
    id: (Element) -> UInt64
  ) throws(ParseError) {
    dense = [UInt32](repeating: .max, count: elements.count + 1)
    for (index, element) in elements.enumerated() {
      let id = id(element)
      guard id != 0 else { throw Self.error("a \(kind) has the reserved id 0") }
      let isNew: Bool
      if id < UInt64(dense.count) {
        isNew = dense[Int(id)] == .max
        dense[Int(id)] = UInt32(truncatingIfNeeded: index)
      } else {
        isNew = sparse.updateValue(UInt32(truncatingIfNeeded: index), forKey: id) == nil
      }
      guard isNew else { throw Self.error("several \(kind)s have the id \(id)") }
    }
  }

  /// The index of the element with an identifier; `UInt32.max` when there is none.
  subscript(id: UInt64) -> UInt32 {
    id < UInt64(dense.count) ? dense[Int(id)] : sparse[id] ?? .max
  }

  private static func error(_ reason: String) -> ParseError {
    ParseError(format: "pprof", place: .byte(0), reason: reason)
  }
}
