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
    try bytes.withUnsafeBufferPointer { (bytes) throws(ParseError) in
      let reader = ByteReader(bytes)
      let tables = try ProfileTables(reader, limits: limits)
      try setHeader(tables)
      try setLocations(tables)
      var samples = try SampleReader(
        tables,
        columnCount: sampleTypes.count,
        byteCount: bytes.count,
        limits: limits
      )
      try samples.readAll(reader)
      samples.finish(&self)
    }
  }

  static func malformed(_ reason: String, at offset: Int = 0) -> ParseError {
    ParseError(format: "pprof", place: .byte(offset), reason: reason)
  }

  /// - Throws: `ParseError` at a byte where there is one more of a kind than a limit allows.
  @inline(__always)
  static func check(
    _ count: Int,
    _ limit: Int,
    of kind: StaticString,
    at offset: Int
  ) throws(ParseError) {
    guard count < limit else {
      throw malformed("more \(kind) than the limit of \(limit)", at: offset)
    }
  }

  /// - Throws: `ParseError` when an identifier is 0, which stands for none.
  static func check(
    id: UInt64,
    of kind: StaticString,
    at offset: Int
  ) throws(ParseError) {
    guard id != 0 else { throw malformed("a \(kind) has the reserved id 0", at: offset) }
  }

  private mutating func setHeader(_ tables: ProfileTables) throws(ParseError) {
    _ = try tables.string(tables.largestOtherString)
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
