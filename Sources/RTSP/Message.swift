/// Header fields in the order of the message; names compare without case.
///
/// Source: RFC 2326 §4.2, RFC 2068 §4.2.
package struct Headers: Hashable, Sendable {
    /// One line of a head.
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var fields: [Field]

    package init(_ fields: [(String, String)] = []) {
        self.fields = fields.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of a field; setting replaces all of them, nil removes them.
    package subscript(name: String) -> String? {
        get { fields.first { $0.name.equalsIgnoringCase(name) }?.value }
        set {
            fields.removeAll { $0.name.equalsIgnoringCase(name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// All values of a field, in order.
    package func all(_ name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
    }

    /// Appends a further field, also when one of that name is there.
    package mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }
}

/// A request, of any version.
///
/// Source: RFC 2326 §6.
package struct Request: Hashable, Sendable {
    /// As sent; methods are case-sensitive.
    package var method: String
    /// Absolute URL, or `*`.
    package var uri: String
    /// `RTSP/1.0`.
    package var version: String
    package var headers: Headers
    package var body: [UInt8]

    package init(
        _ method: String, _ uri: String, headers: Headers = Headers(), body: [UInt8] = [], version: String = "RTSP/1.0"
    ) {
        self.method = method
        self.uri = uri
        self.version = version
        self.headers = headers
        self.body = body
    }

    /// The bytes as sent; Content-Length is set when there is a body.
    package var bytes: [UInt8] {
        Message.bytes("\(method) \(uri) \(version)", headers, body)
    }
}

/// A response.
///
/// Source: RFC 2326 §7.
package struct Response: Hashable, Sendable {
    package var status: Status
    package var version: String
    package var headers: Headers
    package var body: [UInt8]

    package init(_ status: Status, headers: Headers = Headers(), body: [UInt8] = [], version: String = "RTSP/1.0") {
        self.status = status
        self.version = version
        self.headers = headers
        self.body = body
    }

    /// The bytes as sent; Content-Length is set when there is a body.
    package var bytes: [UInt8] {
        Message.bytes("\(version) \(status.code) \(status.reason)", headers, body)
    }
}

/// Status code and reason phrase.
///
/// Source: RFC 2326 §7.1.1 and §11.
package struct Status: Hashable, Sendable {
    /// 100 to 999.
    package var code: Int
    package var reason: String

    package init(code: Int, reason: String) {
        self.code = code
        self.reason = reason
    }

    package static let ok = Status(code: 200, reason: "OK")
    package static let badRequest = Status(code: 400, reason: "Bad Request")
    package static let unauthorized = Status(code: 401, reason: "Unauthorized")
    package static let notFound = Status(code: 404, reason: "Not Found")
    package static let methodNotAllowed = Status(code: 405, reason: "Method Not Allowed")
    package static let notAcceptable = Status(code: 406, reason: "Not Acceptable")
    package static let parameterNotUnderstood = Status(code: 451, reason: "Parameter Not Understood")
    package static let notEnoughBandwidth = Status(code: 453, reason: "Not Enough Bandwidth")
    package static let sessionNotFound = Status(code: 454, reason: "Session Not Found")
    package static let methodNotValidInThisState = Status(code: 455, reason: "Method Not Valid in This State")
    package static let invalidRange = Status(code: 457, reason: "Invalid Range")
    package static let aggregateOperationNotAllowed = Status(code: 459, reason: "Aggregate Operation Not Allowed")
    package static let unsupportedTransport = Status(code: 461, reason: "Unsupported Transport")
    /// Source: RFC 4567 §3.2.
    package static let keyManagementFailure = Status(code: 463, reason: "Key Management Failure")
    package static let internalServerError = Status(code: 500, reason: "Internal Server Error")
    package static let notImplemented = Status(code: 501, reason: "Not Implemented")
    package static let serviceUnavailable = Status(code: 503, reason: "Service Unavailable")
    package static let versionNotSupported = Status(code: 505, reason: "RTSP Version Not Supported")
    package static let optionNotSupported = Status(code: 551, reason: "Option Not Supported")
}

/// What comes over an RTSP connection.
package enum Message: Hashable, Sendable {
    case request(Request)
    case response(Response)
    /// Interleaved binary data (RFC 2326 §10.12).
    case interleaved(channel: UInt8, ArraySlice<UInt8>)

    static func bytes(_ start: String, _ headers: Headers, _ body: [UInt8]) -> [UInt8] {
        var head = start + "\r\n"
        for field in headers.fields where !(field.name.equalsIgnoringCase("Content-Length")) {
            head += "\(field.name): \(field.value)\r\n"
        }
        if !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }

    /// The bytes as sent.
    package var bytes: [UInt8] {
        switch self {
        case .request(let request): request.bytes
        case .response(let response): response.bytes
        case .interleaved(let channel, let data):
            [0x24, channel, UInt8(truncatingIfNeeded: data.count >> 8), UInt8(truncatingIfNeeded: data.count)]
                + data.prefix(0xFFFF)
        }
    }
}

extension String {
    /// ASCII letters compare without case.
    func equalsIgnoringCase(_ other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy {
                $0 == $1 || ($0 | 0x20 == $1 | 0x20 && (0x61...0x7A).contains($0 | 0x20))
            }
    }

    /// Without spaces and tabs at both ends.
    var trimmed: String {
        String(trimmedView)
    }

    var trimmedView: Substring {
        self[...].trimmedView
    }
}

extension Substring {
    var trimmedView: Substring {
        var view = drop { $0 == " " || $0 == "\t" }
        while let last = view.last, last == " " || last == "\t" { view.removeLast() }
        return view
    }

    var trimmed: String { String(trimmedView) }
}
