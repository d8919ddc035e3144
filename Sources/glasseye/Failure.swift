import ArgumentParser
import Foundation

extension ExitCode {
    /// A verdict is negative.
    static let negative = ExitCode(1)
    /// The command could not run.
    static let couldNotRun = ExitCode(2)
}

/// Says why the command cannot run, on standard error.
///
/// - Returns: the exit code to throw.
func failure(_ reason: some CustomStringConvertible) -> ExitCode {
    FileHandle.standardError.write(Data("glasseye: \(reason)\n".utf8))
    return .couldNotRun
}
