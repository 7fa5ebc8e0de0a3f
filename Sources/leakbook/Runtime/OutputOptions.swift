import ArgumentParser
import LeakRules

/// How a command answers.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON instead of text.")
  var json = false

  @Option(help: ArgumentHelp("The language of titles and playbooks.", valueName: "en|zh"))
  var lang: Language?

  @Option(help: ArgumentHelp("When to use bold letters.", valueName: "auto|always|never"))
  var color: ColorChoice = .auto

  /// What the answer is shown on.
  var terminal: Terminal { .current(color: color) }

  /// The language asked for, else that of the environment.
  var language: Language { lang ?? .ofEnvironment }
}

/// How a command that lists things answers.
struct ListOptions: ParsableArguments {
  @OptionGroup var output: OutputOptions

  @Flag(help: "Print one JSON object a line.")
  var jsonl = false
}

extension Language: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
