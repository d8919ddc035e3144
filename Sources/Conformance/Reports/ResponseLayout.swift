/// A message laid out for reading, an element a line, with those marked that findings are about.
struct ResponseLayout {
    struct Line: Equatable {
        var text: String
        var isMarked: Bool
    }

    private static let indent = "  "
    /// Deeper elements stand no further to the right.
    private static let deepest = 20

    private(set) var lines: [Line] = []

    var text: String { lines.map(\.text).joined(separator: "\n") }

    /// `message`: start line and headers, an empty line, then the body whose lines the findings count.
    init(_ message: String, findings: [Finding]) {
        let raw = message.split(omittingEmptySubsequences: false) { $0.isNewline }
        let bodyStart = (raw.firstIndex { $0.isEmpty } ?? -1) + 1
        var depth = 0
        for (index, line) in raw.enumerated() {
            guard index >= bodyStart, line.contains("<") else {
                lines.append(Line(text: String(line), isMarked: false))
                continue
            }
            let about = findings.filter { $0.line == index - bodyStart + 1 }
            let names = about.compactMap { Self.element(in: $0.found) }
            for piece in Self.pieces(of: line) {
                if piece.hasPrefix("</") { depth = max(0, depth - 1) }
                let isMarked = !about.isEmpty && (names.isEmpty || names.contains { Self.opens(piece, $0) })
                lines.append(
                    Line(
                        text: String(repeating: Self.indent, count: min(depth, Self.deepest)) + piece,
                        isMarked: isMarked))
                let closes = piece.contains("</") || piece.hasSuffix("/>")
                if piece.hasPrefix("<"), !closes, !piece.hasPrefix("<?"), !piece.hasPrefix("<!") { depth += 1 }
            }
        }
    }

    /// The line cut wherever one tag follows another.
    private static func pieces(of line: Substring) -> [String] {
        var result: [String] = []
        var piece = ""
        var last: Character?
        for character in line {
            if character == "<", last == ">" {
                result.append(piece)
                piece = ""
            }
            piece.append(character)
            if !character.isWhitespace || last != ">" { last = character }
        }
        return (result + [piece]).map(\.trimmingWhitespace).filter { !$0.isEmpty }
    }

    /// The local name that libxml2's message is about.
    private static func element(in message: String) -> String? {
        message.firstMatch(of: #/Element '(?:\{[^}]*\})?([^']+)'/#).map { String($0.1) }
    }

    private static func opens(_ piece: String, _ name: String) -> Bool {
        guard piece.hasPrefix("<"), !piece.hasPrefix("</") else { return false }
        let tag = piece.dropFirst().prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
        return tag.split(separator: ":").last.map(String.init) == name
    }
}
