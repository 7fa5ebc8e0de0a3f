import ArgumentParser

/// Which functions of a profile a command shows, and by which of its values.
struct FunctionOptions: ParsableArguments {
  @Option(help: "How many functions to show.")
  var count = 10

  @Option(help: ArgumentHelp("The values to show, such as alloc_space.", valueName: "name"))
  var sampleType: String?

  @Flag(help: "Sort by what a function and all it calls hold.")
  var cum = false

  func validate() throws {
    guard count > 0 else { throw ValidationError("--count needs a number from 1 up") }
  }
}
