import ArgumentParser
@main struct Leakbook: ParsableCommand { }
