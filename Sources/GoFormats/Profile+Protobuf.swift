extension Profile {
  /// Reads a profile.proto, already inflated.
  ///
  /// Accepts what google/pprof accepts (profile.ParseUncompressed and CheckValid, 2026): packed and
  /// unpacked numbers, identifiers in any order, unknown fields, locations without lines.
  ///
  /// - Throws: `ParseError` at the byte where the data departs from the format or exceeds a limit;
  ///   at byte 0 where the parts contradict one another.
  /// - Complexity: linear; allocates little beside the columns themselves.
  package init(protobuf bytes: [UInt8], limits: ParseLimits = .default) throws(ParseError) {
    self.init()
    guard !bytes.isEmpty else { throw Self.malformed("no data") }
    let reader = ByteReader(bytes, format: "pprof")
    let tables = try ProfileTables(reader, limits: limits)
    try setHeader(tables)
    try setLocations(tables)
    try readSamples(reader, tables, limits)
  }

  static func malformed(_ reason: String, at offset: Int = 0) -> ParseError {
    ParseError(format: "pprof", place: .byte(offset), reason: reason)
  }

  private mutating func setHeader(_ tables: ProfileTables) throws(ParseError) {
    for index in tables.otherStrings { _ = try tables.string(index) }
    for valueType in tables.sampleTypes { sampleTypes.append(try tables.resolve(valueType)) }
    let periodType = try tables.resolve(tables.periodType)
    self.periodType = periodType == ValueType(type: "", unit: "") ? nil : periodType
    period = tables.period
    timeNanos = tables.timeNanos
    durationNanos = tables.durationNanos
    for comment in tables.comments { comments.append(try tables.string(comment)) }
    let name = try tables.string(tables.defaultSampleType)
    defaultSampleType = name.isEmpty ? nil : name
    guard tables.sampleCount == 0 || !sampleTypes.isEmpty else {
      throw Self.malformed("samples without a sample type")
    }
  }

  private mutating func setLocations(_ tables: ProfileTables) throws(ParseError) {
    _ = try IdentifierTable(tables.mappings, of: "mapping") { $0.id }
    mappingCount = tables.mappings.count
    for mapping in tables.mappings {
      mappingFiles.append(try tables.string(mapping.file))
      buildIDs.append(try tables.string(mapping.buildID))
    }
    for function in tables.functions {
      functionNames.append(try tables.string(function.name))
      functionFiles.append(try tables.string(function.file))
    }
    let functions = try IdentifierTable(tables.functions, of: "function") { $0.id }
    lineFunctions.reserveCapacity(tables.lines.count)
    for line in tables.lines {
      let function = functions[line.function]
      guard function != .max else {
        throw Self.malformed("a line refers to function \(line.function), which is missing")
      }
      lineFunctions.append(function)
      lineNumbers.append(Int32(clamping: line.number))
    }
    locationStarts = tables.locations.map { UInt32(truncatingIfNeeded: $0.firstLine) }
    locationStarts.append(UInt32(truncatingIfNeeded: tables.lines.count))
    locationAddresses = tables.locations.map(\.address)
  }

  private mutating func readSamples(
    _ reader: ByteReader,
    _ tables: ProfileTables,
    _ limits: ParseLimits
  ) throws(ParseError) {
    let locations = try IdentifierTable(tables.locations, of: "location") { $0.id }
    values.reserveCapacity(tables.sampleCount * sampleTypes.count)
    sampleStarts.reserveCapacity(tables.sampleCount + 1)
    sampleLocations.reserveCapacity(tables.referenceCount)
    var reader = reader
    while let field = try reader.nextField() {
      guard field.number == 2 else { continue }
      try read(sample: reader.message(field), at: field.offset, locations, tables, limits)
    }
    if !objectSizes.isEmpty {
      objectSizes += [Int64](repeating: 0, count: sampleCount - objectSizes.count)
    }
  }

  private mutating func read(
    sample: ByteReader,
    at offset: Int,
    _ locations: IdentifierTable,
    _ tables: ProfileTables,
    _ limits: ParseLimits
  ) throws(ParseError) {
    let firstLocation = sampleLocations.count
    let firstValue = values.count
    var sample = sample
    while let field = try sample.nextField() {
      switch (field.number, field.content) {
      case (1, .bytes(let range)):
        try sample.readVarints(in: range) { sampleLocations.append(locations[$0]) }
      case (1, _): sampleLocations.append(locations[try sample.number(field)])
      case (2, .bytes(let range)):
        try sample.readVarints(in: range) { values.append(Int64(bitPattern: $0)) }
      case (2, _): values.append(try sample.signed(field))
      case (3, _): try read(label: sample.message(field), tables)
      default: break
      }
    }
    guard values.count - firstValue == sampleTypes.count else {
      let count = values.count - firstValue
      throw Self.malformed("sample has \(count) values for \(sampleTypes.count) types", at: offset)
    }
    guard sampleLocations.count - firstLocation <= limits.framesPerStack else {
      throw Self.malformed("more frames than the limit of \(limits.framesPerStack)", at: offset)
    }
    guard !sampleLocations[firstLocation...].contains(.max) else {
      throw Self.malformed("sample refers to a location that is missing", at: offset)
    }
    guard let start = UInt32(exactly: sampleLocations.count) else {
      throw Self.malformed("more than 4 G location references", at: offset)
    }
    sampleStarts.append(start)
  }

  /// Reads a label of the sample at hand, whose index is the number of complete samples.
  private mutating func read(
    label: ByteReader,
    _ tables: ProfileTables
  ) throws(ParseError) {
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
    let name = try tables.string(key)
    if text != 0 {
      labels.append(Label(sample: sampleCount, key: name, value: try tables.string(text)))
    } else if number != 0 || unit != 0 {
      _ = try tables.string(unit)
      guard name == "bytes" else {
        labels.append(Label(sample: sampleCount, key: name, value: "\(number)"))
        return
      }
      setObjectSize(number)
    }
  }

  /// Keeps the first size that the sample at hand gives; samples without one have 0.
  private mutating func setObjectSize(_ size: Int64) {
    guard objectSizes.count <= sampleCount else { return }
    objectSizes += [Int64](repeating: 0, count: sampleCount - objectSizes.count)
    objectSizes.append(size)
  }
}

extension ProfileTables {
  /// - Throws: `ParseError` when the string table has no such entry.
  func string(_ index: UInt64) throws(ParseError) -> String {
    guard index < UInt64(strings.count) else {
      throw Profile.malformed("string \(index) is not in the table of \(strings.count)")
    }
    return strings[Int(index)]
  }

  func resolve(_ valueType: ValueType) throws(ParseError) -> Profile.ValueType {
    Profile.ValueType(type: try string(valueType.type), unit: try string(valueType.unit))
  }
}
