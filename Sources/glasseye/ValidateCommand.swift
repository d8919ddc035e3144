import ArgumentParser

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Validate the reference core on drawn scenes: pictures first, truth afterwards.",
        subcommands: [ValidateRun.self, ValidateCore.self, ValidateCamera.self, ValidateDevice.self],
        defaultSubcommand: ValidateRun.self)
}
