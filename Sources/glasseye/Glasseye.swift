import ArgumentParser
@main struct Glasseye: ParsableCommand {}
