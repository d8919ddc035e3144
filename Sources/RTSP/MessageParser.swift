/// Cuts the bytes of an RTSP connection into messages, however they are split on the way.
///
/// Memory is bounded by `headLimit` + `bodyLimit` + one interleaved frame, beyond what one call hands in.
package struct MessageParser: Sendable {
    /// Bytes of start line and headers together.
    package static let headLimit = 16 << 10
    /// Bytes of a body.
    package static let bodyLimit = 64 << 10
    /// Fields of a head.
    package static let fieldLimit = 100

    /// Why the bytes are no RTSP; the connection cannot be read on.
    package enum ParseError: Error, Equatable {
        case headTooLong(limit: Int)
        case tooManyFields(limit: Int)
        case bodyTooLong(bytes: Int, limit: Int)
        case malformedStartLine
        case malformedField
        case malformedContentLength
        case notUTF8
    }

    private var buffer: [UInt8] = []
    private var position = 0
    /// How far the search for the end of a head has come.
    private var searched = 0
    private var failure: ParseError?

    package init() {}

    /// Bytes that wait for the rest of a message.
    package var bufferedCount: Int { buffer.count - position }

    /// Adds what was received.
    package mutating func append(_ bytes: some Collection<UInt8>) {
        if position > 0 {
            buffer.removeFirst(position)
            searched = max(0, searched - position)
            position = 0
        }
        buffer += bytes
    }

    /// - Returns: the next whole message; nil when more bytes are needed.
    /// - Throws: the same error at each call after the first.
    package mutating func next() throws(ParseError) -> Message? {
        if let failure { throw failure }
        do throws(ParseError) {
            return try parse()
        } catch {
            failure = error
            buffer = []
            position = 0
            throw error
        }
    }

    private mutating func parse() throws(ParseError) -> Message? {
        // Line ends between messages are skipped (RFC 2068 §4.1).
        while position < buffer.count, buffer[position] == 13 || buffer[position] == 10 { position += 1 }
        searched = max(searched, position)
        guard position < buffer.count else {
            // Connections by the thousand wait for a long time; they hold nothing meanwhile.
            (buffer, position, searched) = ([], 0, 0)
            return nil
        }
        if buffer[position] == 0x24 {
            guard buffer.count - position >= 4 else { return nil }
            let length = Int(buffer[position + 2]) << 8 | Int(buffer[position + 3])
            guard buffer.count - position >= 4 + length else { return nil }
            let channel = buffer[position + 1]
            let data = buffer[(position + 4)..<(position + 4 + length)]
            position += 4 + length
            searched = position
            return .interleaved(channel: channel, ArraySlice(Array(data)))
        }
        guard let end = headEnd() else {
            guard buffer.count - position <= Self.headLimit else { throw .headTooLong(limit: Self.headLimit) }
            return nil
        }
        guard end - position <= Self.headLimit else { throw .headTooLong(limit: Self.headLimit) }
        guard let head = String(validating: buffer[position..<end], as: UTF8.self) else { throw .notUTF8 }
        let (start, headers) = try Self.head(head)
        let length = try Self.contentLength(headers)
        guard buffer.count - end >= length else { return nil }
        let body = Array(buffer[end..<end + length])
        position = end + length
        searched = position
        return try Self.message(start, headers, body)
    }

    /// Index behind the empty line.
    private mutating func headEnd() -> Int? {
        var index = max(position, searched - 3)
        while index < buffer.count {
            if buffer[index] == 10 {
                if index + 1 < buffer.count, buffer[index + 1] == 10 { return index + 2 }
                if index + 2 < buffer.count, buffer[index + 1] == 13, buffer[index + 2] == 10 { return index + 3 }
            }
            index += 1
        }
        searched = buffer.count
        return nil
    }

    private static func head(_ text: String) throws(ParseError) -> (start: Substring, headers: Headers) {
        // "\r\n" is one Character in Swift, so lines are split on scalars.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: true)
            .map { Substring($0.last == "\r" ? $0.dropLast() : $0) }.filter { !$0.isEmpty }
        guard let start = lines.first else { throw .malformedStartLine }
        guard lines.count - 1 <= fieldLimit else { throw .tooManyFields(limit: fieldLimit) }
        var headers = Headers()
        for line in lines.dropFirst() {
            if line.first == " " || line.first == "\t" {
                // A folded line continues the value (RFC 2068 §4.2).
                guard let last = headers.fields.indices.last else { throw .malformedField }
                headers.fields[last].value += " " + line.trimmed
                continue
            }
            guard let colon = line.firstIndex(of: ":") else { throw .malformedField }
            let name = line[..<colon].trimmed
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .malformedField }
            headers.add(name, line[line.index(after: colon)...].trimmed)
        }
        return (start, headers)
    }

    private static func contentLength(_ headers: Headers) throws(ParseError) -> Int {
        let values = Set(headers.all("Content-Length"))
        guard let value = values.first else { return 0 }
        guard values.count == 1, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(value) else {
            throw .malformedContentLength
        }
        guard length <= bodyLimit else { throw .bodyTooLong(bytes: length, limit: bodyLimit) }
        return length
    }

    private static func message(
        _ start: Substring, _ headers: Headers, _ body: [UInt8]
    ) throws(ParseError) -> Message {
        let words = start.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        if start.hasPrefix("RTSP/") {
            guard words.count >= 2, words[1].utf8.count == 3, let code = Int(words[1]), code >= 100 else {
                throw .malformedStartLine
            }
            let status = Status(code: code, reason: words.count > 2 ? String(words[2]) : "")
            return .response(Response(status, headers: headers, body: body, version: String(words[0])))
        }
        guard words.count == 3, words[0].utf8.allSatisfy(isToken), words[2].hasPrefix("RTSP/"),
            words[2].utf8.count <= 16, !words[2].contains(" ")
        else { throw .malformedStartLine }
        return .request(
            Request(String(words[0]), String(words[1]), headers: headers, body: body, version: String(words[2])))
    }

    /// Source: RFC 2068 §2.2 token.
    private static func isToken(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains(byte)
    }
}
