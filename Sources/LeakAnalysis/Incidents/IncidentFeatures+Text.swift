import LeakModel

/// Features as text that is quick to read: a look for the like reads some hundred of them.
///
/// Shape: lines whose fields are parted by tabs. The first field names the line: `stack` (kind,
/// state, weight, then the calls, own ones with `+`, others with `-`), `symptom`, `cause`,
/// `name` and `hint` (each with its probability).
extension IncidentFeatures {
  package var text: String {
    var lines: [String] = []
    for stack in stacks {
      let calls = stack.calls.map { ($0.isOwn ? "+" : "-") + Self.field($0.function) }
      lines.append(
        (["stack", stack.kind.rawValue, Self.field(stack.state), Self.thousandths(stack.weight)]
          + calls).joined(separator: "\t")
      )
    }
    lines += symptoms.map { "symptom\t\(Self.field($0))" }
    for (name, causes) in [("cause", causes), ("name", names), ("hint", hints)] {
      for (cause, probability) in causes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        lines.append("\(name)\t\(cause.rawValue)\t\(Self.thousandths(probability))")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Reads what `text` wrote; a line of another shape is passed over.
  package init(text: String) {
    self.init()
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
      switch (fields[0], fields.count) {
      case ("stack", 4...):
        guard let kind = GrowingStack.Kind(rawValue: fields[1]) else { continue }
        stacks.append(
          GrowingStack(
            kind: kind,
            state: fields[2],
            weight: Self.probability(fields[3]),
            calls: fields[4...].map {
              GrowingStack.Call(function: String($0.dropFirst()), isOwn: $0.hasPrefix("+"))
            }
          )
        )
      case ("symptom", 2): symptoms.append(fields[1])
      case ("cause", 3):
        if let cause = Cause(rawValue: fields[1]) { causes[cause] = Self.probability(fields[2]) }
      case ("name", 3):
        if let cause = Cause(rawValue: fields[1]) { names[cause] = Self.probability(fields[2]) }
      case ("hint", 3):
        if let cause = Cause(rawValue: fields[1]) { hints[cause] = Self.probability(fields[2]) }
      default: continue
      }
    }
  }

  private static func thousandths(_ value: Double) -> String {
    String(Int((min(max(value, 0), 1) * 1_000).rounded()))
  }

  private static func probability(_ text: String) -> Double {
    Double(Int(text) ?? 0) / 1_000
  }

  /// A name that cannot break a line; functions hold neither tabs nor line ends, logs may.
  private static func field(_ text: String) -> String {
    text.utf8.contains { $0 < 0x20 }
      ? String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }) : text
  }
}
