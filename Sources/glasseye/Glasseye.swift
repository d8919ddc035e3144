import ArgumentParser

@main
struct Glasseye: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "glasseye",
        abstract: "The camera that isn't there: emulates ONVIF cameras and tests ONVIF devices.",
        discussion: "Exit codes: 0 all good, 1 a verdict is negative, 2 could not run, 64 usage.",
        version: "0.1.0",
        subcommands: [
            Serve.self, Render.self, Discover.self, Inspect.self, Test.self, ScoreCommand.self, ReportCommand.self,
            BenchCommand.self,
        ])
}
