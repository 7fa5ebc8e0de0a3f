import LeakModel
import LeakRules

/// The playbooks, one a line, under the names of their families.
struct PlaybookTable {
  let playbooks: [Playbook]

  func lines(width: Int) -> [String] {
    let idWidth = playbooks.map { DisplayWidth.of($0.id.rawValue) }.max() ?? 0
    var lines: [String] = []
    var family: Cause.Family?
    for playbook in playbooks {
      if playbook.family != family {
        family = playbook.family
        lines.append(playbook.family.rawValue)
      }
      let start = "  \(playbook.id.rawValue.padded(to: idWidth))  \(playbook.severity.rawValue)  "
      lines.append(start + playbook.title.cut(to: max(12, width - DisplayWidth.of(start))))
    }
    return lines
  }
}
