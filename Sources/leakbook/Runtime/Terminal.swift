import Foundation

/// What standard output is able to show.
struct Terminal: Sendable, Equatable {
  /// The columns that a report may fill.
  let width: Int
  /// Whether bold letters are understood.
  let isStyled: Bool
  /// Whether a person looks at it: drawings may use more than ASCII.
  var isRich = false

  /// The width where there is no terminal to ask.
  static let pipedWidth = 80
  /// Longer lines are hard to follow, however wide the window.
  static let widest = 100
  /// Below this a table is no table.
  static let narrowest = 40

  /// Reads the terminal and the environment.
  ///
  /// The choice `auto` leaves it to `NO_COLOR`, `FORCE_COLOR`, whether there is a terminal, and
  /// `TERM`, in this order.
  static func current(color: ColorChoice = .auto) -> Terminal {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(STDOUT_FILENO) == 1
    var size = winsize()
    let columns =
      isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
    return Terminal(
      width: columns == 0 ? pipedWidth : min(max(columns, narrowest), widest),
      isStyled: color.isStyled(environment, isTerminal: isTerminal),
      isRich: isTerminal && environment["TERM"] != "dumb"
    )
  }
}

/// When to write bold letters.
enum ColorChoice: String, CaseIterable, Sendable {
  case auto
  case always
  case never

  /// Decides by the conventions of no-color.org and of chalk's `FORCE_COLOR`.
  func isStyled(_ environment: [String: String], isTerminal: Bool) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto where environment["NO_COLOR"].map { !$0.isEmpty } == true: false
    case .auto where environment["FORCE_COLOR"].map { !["", "0", "false"].contains($0) } == true:
      true
    case .auto: isTerminal && environment["TERM"] != "dumb"
    }
  }
}
