import ArgumentParser

/// The commands that a command line names, and what a word that is none was probably meant to be.
struct CommandPath {
  /// The program and the subcommands that were recognised: `leakbook playbook`.
  let known: [String]
  /// The command line that was probably meant; nil when no command is near.
  let suggestion: String?

  /// Walks down the commands as far as the words name them.
  init(_ words: [String]) {
    var command: any ParsableCommand.Type = Leakbook.self
    var known = ["leakbook"]
    var suggestion: String?
    for word in words {
      let names = command.subcommands
      guard !names.isEmpty, !word.hasPrefix("-") else { break }
      guard let next = names[word] else {
        suggestion = EditDistance.nearest(to: word, among: names.keys.sorted())
          .map { (known + [$0]).joined(separator: " ") }
        break
      }
      known.append(word)
      command = next
    }
    self.known = known
    self.suggestion = suggestion
  }
}

extension ParsableCommand {
  /// The commands below this one, by name.
  fileprivate static var subcommands: [String: any ParsableCommand.Type] {
    let types =
      configuration.ungroupedSubcommands
      + configuration.groupedSubcommands.flatMap(\.subcommands)
    return Dictionary(
      types.compactMap { type in type.configuration.commandName.map { ($0, type) } },
      uniquingKeysWith: { first, _ in first }
    )
  }
}
