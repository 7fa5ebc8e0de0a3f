/// Rows of text in columns, each as wide as its widest cell.
struct ColumnText {
  /// One for each row, without blanks at the end.
  let lines: [String]

  /// - Parameters:
  ///   - header: The names of the columns.
  ///   - rows: Each as long as the header.
  init(_ header: [String], _ rows: [[String]]) {
    let all = [header] + rows.map { $0.map(PrintableText.clean) }
    let widths = header.indices.map { column in
      all.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    self.lines = all.map { row in
      // Nothing is padded behind the last cell.
      let cells = zip(row.dropLast(), widths).map { $0.padded(to: $1) }
      return (cells + row.suffix(1)).joined(separator: "  ")
    }
  }
}
