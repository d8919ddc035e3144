import NIOCore

/// Why bytes are no request that is served here; the connection ends with this status.
struct HTTPRequestError: Error, Equatable {
    let status: Int
    let reason: String

    static let malformed = HTTPRequestError(status: 400, reason: "this is no HTTP request")
    static let headTooLarge = HTTPRequestError(
        status: 431, reason: "a request line with its headers has at most \(HTTPRequestParser.headLimit) bytes")
    static func bodyTooLarge(limit: Int) -> HTTPRequestError {
        HTTPRequestError(status: 413, reason: "a request body has at most \(limit) bytes")
    }
    static let unknownCoding = HTTPRequestError(status: 501, reason: "the only transfer coding here is chunked")
    static let unknownVersion = HTTPRequestError(status: 505, reason: "HTTP/1.1 and HTTP/1.0 are spoken here")
}

/// Request line and header fields, as far as they matter here.
struct HTTPHead: Equatable, Sendable {
    var method: String
    var target: String
    /// The `Host` field; empty where there is none.
    var host = ""
    var authorization: String?
    var contentType: String?
    /// 0 or 1, of HTTP/1.
    var minorVersion: Int
    /// The connection stays open after the answer.
    var isKeptAlive: Bool
    /// The client waits for `100 Continue` before it sends the body.
    var expectsContinue = false
    /// What asks for another protocol; nil where nothing does.
    var upgrade: HTTPUpgrade?
    /// The target without its query.
    var path: Substring { target.prefix { $0 != "?" } }
    fileprivate var contentLength: Int?
    /// The body comes in chunks.
    fileprivate(set) var isChunked = false
}

/// Reads the requests of one connection, whole ones, from bytes as they come.
///
/// Source: RFC 9112 §2 Message, §3 Request line, §5 Field syntax, §6 Message body, §7.1 Chunked transfer coding.
struct HTTPRequestParser {
    /// The longest request line with its header fields, and the longest trailer section, bytes.
    static let headLimit = 16 << 10
    /// The longest line that begins a chunk, bytes.
    private static let chunkLineLimit = 256

    enum Part: Equatable {
        /// The head of a request whose body is still to come and is asked for.
        case expectation
        case request(HTTPHead, body: [UInt8])
        /// A request for another protocol: nothing behind its head is read here, whatever length its body is said to have.
        case takeover(HTTPHead, HTTPTakeoverKind)
    }

    private enum Phase {
        case head
        case body(HTTPHead)
        case chunkSize(HTTPHead, body: [UInt8])
        case chunk(HTTPHead, body: [UInt8], size: Int)
        case trailer(HTTPHead, body: [UInt8], read: Int)
    }

    private var phase = Phase.head
    /// The longest body for a target, bytes.
    private let bodyLimit: @Sendable (String) -> Int
    /// That of the request that is being read.
    private var limit = 0

    init(bodyLimit: @escaping @Sendable (String) -> Int = { _ in HTTPServer.bodyLimit }) {
        self.bodyLimit = bodyLimit
    }

    /// Takes the next part from the front of the bytes; nil where more of them are needed.
    mutating func next(_ bytes: inout ByteBuffer) throws(HTTPRequestError) -> Part? {
        while true {
            switch phase {
            case .head:
                guard let head = try Self.head(&bytes) else { return nil }
                if let kind = head.takeoverKind { return .takeover(head, kind) }
                if head.contentLength != nil || head.isChunked { limit = bodyLimit(head.target) }
                if let length = head.contentLength, length > limit { throw .bodyTooLarge(limit: limit) }
                phase = head.isChunked ? .chunkSize(head, body: []) : .body(head)
                if head.expectsContinue, bytes.readableBytes == 0 { return .expectation }
            case .body(let head):
                guard let body = bytes.readBytes(length: head.contentLength ?? 0) else { return nil }
                phase = .head
                return .request(head, body: body)
            case .chunkSize(let head, let body):
                guard let line = try Self.line(&bytes, limit: Self.chunkLineLimit, else: .malformed) else { return nil }
                let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
                guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0,
                    digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-")
                else { throw .malformed }
                guard size <= limit - body.count else { throw .bodyTooLarge(limit: limit) }
                phase = size == 0 ? .trailer(head, body: body, read: 0) : .chunk(head, body: body, size: size)
            case .chunk(let head, var body, let size):
                guard bytes.readableBytes >= size + 2, let chunk = bytes.readBytes(length: size) else { return nil }
                guard bytes.readBytes(length: 2) == [0x0D, 0x0A] else { throw .malformed }
                phase = .head
                body += chunk
                phase = .chunkSize(head, body: body)
            case .trailer(let head, let body, let read):
                guard let line = try Self.line(&bytes, limit: Self.headLimit, else: .headTooLarge) else { return nil }
                guard line.isEmpty else {
                    guard read + line.count <= Self.headLimit else { throw .headTooLarge }
                    phase = .trailer(head, body: body, read: read + line.count)
                    continue
                }
                phase = .head
                return .request(head, body: body)
            }
        }
    }

    /// Takes one line, without its end.
    private static func line(
        _ bytes: inout ByteBuffer, limit: Int, else error: HTTPRequestError
    ) throws(HTTPRequestError) -> [UInt8]? {
        guard let length = bytes.readableBytesView.prefix(limit + 2).firstIndex(of: 0x0A) else {
            guard bytes.readableBytes <= limit else { throw error }
            return nil
        }
        guard var line = bytes.readBytes(length: length - bytes.readerIndex + 1) else { return nil }
        line.removeLast()
        if line.last == 0x0D { line.removeLast() }
        return line
    }

    // MARK: Head

    /// Takes a whole head; empty lines before it are skipped (RFC 9112 §2.2).
    private static func head(_ bytes: inout ByteBuffer) throws(HTTPRequestError) -> HTTPHead? {
        while let first = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self), first == 0x0D || first == 0x0A {
            bytes.moveReaderIndex(forwardBy: 1)
        }
        guard let length = end(of: bytes.readableBytesUInt8Span) else {
            guard bytes.readableBytes <= headLimit else { throw .headTooLarge }
            return nil
        }
        guard length <= headLimit else { throw .headTooLarge }
        let head = try parse(bytes.readableBytesUInt8Span.extracting(first: length))
        bytes.moveReaderIndex(forwardBy: length)
        return head
    }

    /// The length of the head with the empty line that ends it.
    private static func end(of bytes: Span<UInt8>) -> Int? {
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x0A else {
                index += 1
                continue
            }
            if index + 1 < bytes.count, bytes[index + 1] == 0x0A { return index + 2 }
            if index + 2 < bytes.count, bytes[index + 1] == 0x0D, bytes[index + 2] == 0x0A { return index + 3 }
            index += 1
        }
        return nil
    }

    private static func parse(_ bytes: Span<UInt8>) throws(HTTPRequestError) -> HTTPHead {
        var cursor = 0
        guard let line = nextLine(bytes, &cursor) else { throw .malformed }
        var head = try requestLine(bytes, line)
        while let line = nextLine(bytes, &cursor), !line.isEmpty { try field(bytes, line, &head) }
        if head.isChunked, head.contentLength != nil { throw .malformed }
        return head
    }

    /// The next line without its end.
    private static func nextLine(_ bytes: Span<UInt8>, _ cursor: inout Int) -> Range<Int>? {
        let start = cursor
        while cursor < bytes.count {
            if bytes[cursor] == 0x0A {
                let end = cursor > start && bytes[cursor - 1] == 0x0D ? cursor - 1 : cursor
                cursor += 1
                return start..<end
            }
            cursor += 1
        }
        return nil
    }

    private static func requestLine(
        _ bytes: Span<UInt8>, _ line: Range<Int>
    ) throws(HTTPRequestError) -> HTTPHead {
        guard let first = line.first(where: { bytes[$0] == 0x20 }),
            let last = line.last(where: { bytes[$0] == 0x20 }), first < last, first > line.lowerBound,
            line.upperBound - last == 9, text(bytes, last + 1..<last + 6) == "HTTP/", bytes[last + 7] == 0x2E
        else { throw .malformed }
        for index in line.lowerBound..<first where !isTokenCharacter(bytes[index]) { throw .malformed }
        for index in first + 1..<last where bytes[index] <= 0x20 || bytes[index] >= 0x7F { throw .malformed }
        let minor = bytes[last + 8]
        guard bytes[last + 6] == UInt8(ascii: "1"), minor == UInt8(ascii: "0") || minor == UInt8(ascii: "1") else {
            throw .unknownVersion
        }
        return HTTPHead(
            method: text(bytes, line.lowerBound..<first), target: text(bytes, first + 1..<last),
            minorVersion: Int(minor) - 0x30, isKeptAlive: minor == UInt8(ascii: "1"))
    }

    private static func field(
        _ bytes: Span<UInt8>, _ line: Range<Int>, _ head: inout HTTPHead
    ) throws(HTTPRequestError) {
        var colon = line.lowerBound
        while colon < line.upperBound, isTokenCharacter(bytes[colon]) { colon += 1 }
        guard colon < line.upperBound, colon > line.lowerBound, bytes[colon] == UInt8(ascii: ":") else {
            throw .malformed
        }
        let name = line.lowerBound..<colon
        var value = colon + 1..<line.upperBound
        while let first = value.first, bytes[first] == 0x20 || bytes[first] == 0x09 {
            value = first + 1..<value.upperBound
        }
        while let last = value.last, bytes[last] == 0x20 || bytes[last] == 0x09 { value = value.lowerBound..<last }
        for index in value where bytes[index] < 0x20 && bytes[index] != 0x09 || bytes[index] == 0x7F {
            throw .malformed
        }
        // By length first: most fields are none of these.
        switch name.count {
        case 4 where matches(bytes, name, "host"):
            guard head.host.isEmpty else { throw .malformed }
            head.host = text(bytes, value)
        case 6 where matches(bytes, name, "expect"):
            head.expectsContinue = matches(bytes, value, "100-continue")
        case 10 where matches(bytes, name, "connection"):
            for option in text(bytes, value).lowercased().split(separator: ",") {
                let option = option.filter { $0 != " " && $0 != "\t" }
                if option == "close" { head.isKeptAlive = false }
                if option == "keep-alive" { head.isKeptAlive = true }
                if option == "upgrade" {
                    head.upgrade = head.upgrade ?? HTTPUpgrade()
                    head.upgrade?.isWanted = true
                }
            }
        case 12 where matches(bytes, name, "content-type"):
            head.contentType = text(bytes, value)
        case 13 where matches(bytes, name, "authorization"):
            head.authorization = text(bytes, value)
        case 14 where matches(bytes, name, "content-length"):
            guard value.count <= contentLengthDigits, value.allSatisfy({ (0x30...0x39).contains(bytes[$0]) }),
                let length = Int(text(bytes, value)), head.contentLength ?? length == length
            else { throw .malformed }
            head.contentLength = length
        case 17 where matches(bytes, name, "transfer-encoding"):
            guard matches(bytes, value, "chunked"), !head.isChunked else { throw .unknownCoding }
            head.isChunked = true
        case 7 where matches(bytes, name, "upgrade"), 15 where matches(bytes, name, "x-sessioncookie"),
            17 where matches(bytes, name, "sec-websocket-key"), 21 where matches(bytes, name, "sec-websocket-version"),
            22 where matches(bytes, name, "sec-websocket-protocol"):
            try upgrade(field: name.count, text(bytes, value), &head)
        default: break
        }
    }

    /// Takes a field of another protocol, which the length of its name tells.
    private static func upgrade(
        field length: Int, _ value: String, _ head: inout HTTPHead
    ) throws(HTTPRequestError) {
        var upgrade = head.upgrade ?? HTTPUpgrade()
        switch length {
        case 7: upgrade.protocols = upgrade.protocols.map { $0 + ", " + value } ?? value
        case 15:
            guard upgrade.cookie ?? value == value else { throw .malformed }
            upgrade.cookie = value
        case 17:
            guard upgrade.webSocketKey == nil else { throw .malformed }
            upgrade.webSocketKey = value
        case 21: upgrade.webSocketVersion = upgrade.webSocketVersion.map { $0 + ", " + value } ?? value
        default: upgrade.webSocketProtocols = upgrade.webSocketProtocols.map { $0 + ", " + value } ?? value
        }
        head.upgrade = upgrade
    }

    /// Digits that fit into an `Int`.
    private static let contentLengthDigits = 18

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Equal to a lower-case word, letters of either case.
    private static func matches(_ bytes: Span<UInt8>, _ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            for offset in 0..<range.count {
                let byte = bytes[range.lowerBound + offset]
                let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                if (isUpper ? byte | 0x20 : byte) != word[offset] { return false }
            }
            return true
        }
    }

    /// RFC 9110 §5.6.2 Tokens.
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "!"),
            UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
