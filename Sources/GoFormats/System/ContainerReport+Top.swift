extension ContainerReport {
  /// Reads the tables of `kubectl top pod` and `docker stats`.
  ///
  /// `cart-7c9f-xk2   12m   512Mi` under `NAME CPU(cores) MEMORY(bytes)`; with `--containers` the
  /// container's name follows its pod's. `cart   0.50%   17.5MiB / 512MiB` under Docker's header.
  static func read(table bytes: [UInt8]) -> [ContainerReport] {
    var text = TextCursor(bytes)
    var reports: [ContainerReport] = []
    while let line = text.takeLine() {
      if let report = ContainerReport(row: line) { reports.append(report) }
    }
    return reports
  }

  /// Whether a line is the header of such a table.
  static func isTableHeader(_ line: TextCursor) -> Bool {
    line.find("MEMORY(bytes)") != nil || line.find("MEM USAGE / LIMIT") != nil
  }

  private init?(row: TextCursor) {
    guard !Self.isTableHeader(row) else { return nil }
    self.init()
    var row = row
    var names: [String] = []
    while let word = row.takeWord() {
      var cursor = row.part(word)
      // The first size with a unit of memory is the usage; `12m` are thousandths of a CPU.
      if let size = MemoryQuantity(&cursor, .decimal), size.hasUnit, cursor.isAtEnd,
        row.bytes[word.upperBound - 1] != UInt8(ascii: "m")
      {
        memoryUsage = Int64(min(size.bytes, 9e18))
        break
      }
      names.append(row.string(word))
    }
    guard memoryUsage != nil, names.count >= 2 else { return nil }
    row.skipBlanks()
    if row.take("/ "), let limit = MemoryQuantity(&row, .decimal) {
      memoryLimit = Int64(min(limit.bytes, 9e18))
    }
    name = names[names.count - 2]
  }
}
