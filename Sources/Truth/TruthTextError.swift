/// Why a text is no truth.
public struct TruthTextError: Error, Hashable, Sendable {
    /// Counted from 1.
    public var line: Int
    /// What is wrong there, and what is right.
    public var what: String

    public init(line: Int, what: String) {
        self.line = line
        self.what = what
    }
}

extension TruthTextError: CustomStringConvertible {
    public var description: String { "line \(line): \(what)" }
}
