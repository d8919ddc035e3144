/// The head of an HTTP response, cut out of the bytes that come.
///
/// Source: RFC 9112 §2.1, §4, §5. Bounded by ``limit``; never reads a body.
struct HTTPResponseHead: Equatable, Sendable {
    /// Bytes of status line and fields together.
    static let limit = 16 << 10

    enum ParseError: Error, Equatable {
        case tooLong(limit: Int)
        case malformed
    }

    let status: Int
    /// In order, names in small letters.
    let fields: [(name: String, value: String)]

    static func == (left: Self, right: Self) -> Bool {
        left.status == right.status
            && left.fields.elementsEqual(right.fields) { $0.name == $1.name && $0.value == $1.value }
    }

    /// Values of a field in order; `name` in small letters.
    func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// Takes a head from the start of the bytes.
    ///
    /// - Returns: the head and the number of its bytes; nil while it is not whole.
    static func parse(_ bytes: [UInt8]) throws(ParseError) -> (head: HTTPResponseHead, count: Int)? {
        guard let end = end(in: bytes.prefix(limit)) else {
            guard bytes.count < limit else { throw .tooLong(limit: limit) }
            return nil
        }
        guard let text = String(validating: bytes.prefix(end), as: UTF8.self) else { throw .malformed }
        let lines = text.unicodeScalars.split(separator: "\n").map { scalars in
            String(scalars.last == "\r" ? Substring(scalars.dropLast()) : Substring(scalars))
        }.filter { !$0.isEmpty }
        let words = (lines.first ?? "").split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/"), words[1].utf8.count == 3, let status = Int(words[1]),
            status >= 100
        else { throw .malformed }
        var fields: [(String, String)] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw .malformed }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            fields.append((line[..<colon].lowercased(), String(value)))
        }
        return (HTTPResponseHead(status: status, fields: fields), end)
    }

    /// Number of bytes up to and with the empty line.
    private static func end(in bytes: ArraySlice<UInt8>) -> Int? {
        for index in bytes.indices where bytes[index] == 10 {
            if index + 1 < bytes.endIndex, bytes[index + 1] == 10 { return index + 2 }
            if index + 2 < bytes.endIndex, bytes[index + 1] == 13, bytes[index + 2] == 10 { return index + 3 }
        }
        return nil
    }
}
