/// Lays out lines under short labels, within the width of a terminal.
struct ReportLayout {
  /// The columns a line may fill.
  let width: Int
  /// The columns of the labels, blanks included.
  let indent: Int
  private(set) var lines: [String] = []

  init(width: Int, indent: Int = 6) {
    self.width = width
    self.indent = indent
  }

  /// Adds a line as it is.
  mutating func add(_ line: String) {
    lines.append(line)
  }

  /// Adds text behind a label, wrapped.
  ///
  /// The aside is a remark at the right edge; it is left out where it does not fit.
  mutating func add(_ label: String, _ text: String, aside: String = "") {
    let room = width - indent
    let clean = PrintableText.clean(text)
    for (index, piece) in clean.wrapped(to: room).enumerated() {
      var line = (index == 0 ? label : "").padded(to: indent) + piece
      let gap = width - DisplayWidth.of(line) - DisplayWidth.of(aside)
      if index == 0, !aside.isEmpty, gap >= 2 {
        line += String(repeating: " ", count: gap) + aside
      }
      lines.append(line)
    }
  }

  /// Adds text behind a label, wrapped so that the whole of it stands beside the aside.
  mutating func addHead(_ label: String, _ text: String, aside: String) {
    let room = max(width - indent - DisplayWidth.of(aside) - 2, Terminal.narrowest / 2)
    for (index, piece) in PrintableText.clean(text).wrapped(to: room).enumerated() {
      let line = (index == 0 ? label : "").padded(to: indent) + piece
      lines.append(index == 0 ? line.padded(to: indent + room + 2) + aside : line)
    }
  }

  /// Adds text behind a label on one line, however long, so that it can be copied whole.
  mutating func add(_ label: String, verbatim text: String) {
    lines.append(label.padded(to: indent) + PrintableText.clean(text))
  }

  /// A line with one text at the left edge and one at the right; the left one is cut where needed.
  func split(_ left: String, _ right: String) -> String {
    let room = width - DisplayWidth.of(right) - 2
    return PrintableText.clean(left).cut(to: room).padded(to: room + 2) + right
  }
}
