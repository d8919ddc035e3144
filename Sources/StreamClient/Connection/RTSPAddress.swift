import RTSP

/// Where a stream is: the peer to connect to, and the URL that requests name.
struct RTSPAddress: Equatable {
    let host: String
    let port: Int
    /// Path and query of an HTTP tunnel or WebSocket.
    var tunnelPath: String
    /// What RTSP requests name, without user and password.
    let url: String
    /// Of the URL's user information, decoded; the password may be empty.
    let credentials: StreamCredentials?

    private static let standardPorts = [
        "rtsp": 554, "rtsps": 322, "http": 80, "https": 443, "ws": 80, "wss": 443,
    ]

    /// Reads an `rtsp`, `rtsps`, `http`, `https`, `ws` or `wss` address; a port that it lacks is that of the transport.
    ///
    /// - Throws: ``StreamError/badAddress(_:reason:)``.
    init(_ text: String, for transport: StreamTransport) throws(StreamError) {
        guard let end = text.firstRange(of: "://") else {
            throw .badAddress(text, reason: "it has no scheme; give one such as rtsp://camera/stream")
        }
        let scheme = text[..<end.lowerBound].lowercased()
        guard Self.standardPorts[scheme] != nil else {
            throw .badAddress(text, reason: "\(scheme) is none of rtsp, rtsps, http, https, ws, wss")
        }
        let rest = String(text[end.upperBound...])
        // The rest of the rules are those of RTSP, which the other schemes share.
        guard let parsed = RTSPURL("rtsp://" + rest), !parsed.host.isEmpty else {
            throw .badAddress(text, reason: "it has no host, or more than \(RTSPURL.limit) bytes")
        }
        host = parsed.host
        let tail = parsed.authority.split(separator: "]", omittingEmptySubsequences: false).last ?? ""
        if let colon = tail.lastIndex(of: ":") {
            guard let given = UInt16(tail[tail.index(after: colon)...]), given > 0 else {
                throw .badAddress(text, reason: "its port is no number from 1 to 65535")
            }
            port = Int(given)
        } else {
            port = Self.standardPorts[Self.scheme(of: transport)] ?? 554
        }
        url = scheme == "rtsps" || transport == .rtsps ? "rtsps" + parsed.text.dropFirst(4) : parsed.text
        tunnelPath = parsed.path + (parsed.query.map { "?\($0)" } ?? "")
        credentials = Self.credentials(in: rest)
    }

    private static func scheme(of transport: StreamTransport) -> String {
        switch transport {
        case .udp, .tcp, .multicast: "rtsp"
        default: transport.rawValue
        }
    }

    private static func credentials(in rest: String) -> StreamCredentials? {
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@") else { return nil }
        let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts.map { percentDecoded($0) }
        guard let user = words.first, !user.isEmpty else { return nil }
        return StreamCredentials(user: user, password: words.count > 1 ? words[1] : "")
    }

    /// Source: RFC 3986 §2.1; what is no escape stays as it is.
    private static func percentDecoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == 0x25, digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Where the WebSocket is; a URI without host is on the web server at the stream's host.
    ///
    /// Source: ONVIF Streaming 26.06 §5.1.1.6: the URI has an absolute path alone.
    static func webSocket(_ uri: String, of address: RTSPAddress) throws(StreamError) -> RTSPAddress {
        if uri.contains("://") {
            return try RTSPAddress(uri, for: uri.lowercased().hasPrefix("wss") ? .wss : .ws)
        }
        var result = address
        guard let slash = uri.firstIndex(of: "/") else {
            throw .badAddress(uri, reason: "a WebSocket URI has a path, such as ws:/stream")
        }
        result.tunnelPath = String(uri[slash...])
        return result
    }

    /// Host and port as the Host header has them.
    var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
