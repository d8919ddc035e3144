/// Why a file cannot be scored.
package struct ScoreInputError: Error, Hashable, Sendable {
    /// The file's name.
    package var file: String
    /// Counted from 1; nil where the mistake is of the whole file.
    package var line: Int?
    /// What is wrong there, and what would be right.
    package var what: String

    package init(file: String, line: Int? = nil, what: String) {
        self.file = file
        self.line = line
        self.what = what
    }
}

extension ScoreInputError: CustomStringConvertible {
    package var description: String { line.map { "\(file), line \($0): \(what)" } ?? "\(file): \(what)" }
}
