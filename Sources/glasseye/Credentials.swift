import ArgumentParser
import Foundation

/// User name and password, the latter also from the environment, where it stays out of the process list.
struct Credentials: ParsableArguments {
    static let variable = "GLASSEYE_PASSWORD"

    @Option(help: "User name.")
    var user = "admin"

    @Option(help: "Password; better given by the environment variable \(variable).")
    var password: String?

    /// The password from the option or, without it, the environment.
    var secret: String? { password ?? ProcessInfo.processInfo.environment[Self.variable] }
}
