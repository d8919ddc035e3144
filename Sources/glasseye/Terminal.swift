import Foundation

/// Colour and lines that are written over, on a terminal only.
struct Style: Sendable {
    /// Whether standard output is a terminal that may be coloured (https://no-color.org).
    let isTerminal = isatty(STDOUT_FILENO) == 1
    private let hasColour = ProcessInfo.processInfo.environment["NO_COLOR"] == nil

    /// A verdict in a column of one width.
    func coloured(_ verdict: String) -> String {
        let text = Table.padded(verdict, 14)
        guard isTerminal, hasColour else { return text }
        let colour =
            switch verdict {
            case "pass": "32"
            case "fail": "31;1"
            case "inconclusive": "33"
            default: "2"
            }
        return "\u{1B}[\(colour)m\(text)\u{1B}[0m"
    }

    /// A severity in a column of one width.
    func severity(_ word: String) -> String {
        let text = Table.padded(word, 7)
        guard isTerminal, hasColour else { return text }
        return "\u{1B}[\(word == "error" ? "31;1" : word == "warning" ? "33" : "2")m\(text)\u{1B}[0m"
    }

    /// Writes a line that the next one replaces.
    func transient(_ text: String) {
        print("\r\u{1B}[2K\(text)", terminator: "")
    }

    func clear() {
        if isTerminal { print("\r\u{1B}[2K", terminator: "") }
    }
}

/// Text in aligned columns.
struct Table {
    let columns: [String]

    func text(_ rows: [[String]]) -> String {
        let all = [columns] + rows
        let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let line = zip(row, widths).map { Self.padded($0, $1) }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
