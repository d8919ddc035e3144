/// The parts of an RTSP URL that a server needs.
///
/// Source: RFC 2326 §3.2 RTSP URL.
package struct RTSPURL: Hashable, Sendable {
    /// Longest URL that is taken, bytes.
    package static let limit = 2048

    /// Schemes that are taken: those of RTSP, and those of the tunnels by which a client may have come, since GetStreamUri
    /// gives an `http` URI that some clients put into their requests as it is.
    package static let schemes: Set<String> = ["rtsp", "rtsps", "rtspu", "http", "https", "ws", "wss"]

    /// One of `schemes`, in small letters.
    package var scheme: String
    /// Host with port as it was written: `camera.example:8554`, `[::1]:8554`; user information is left out.
    package var authority: String
    /// From the first `/` on, without query; `/` when it was absent.
    package var path: String
    /// Behind `?`, without it.
    package var query: String?

    /// - Returns: nil for other schemes and for URLs without host or beyond `limit`.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.limit, let end = text.range(of: "://") else { return nil }
        scheme = text[..<end.lowerBound].lowercased()
        guard Self.schemes.contains(scheme) else { return nil }
        let rest = text[end.upperBound...]
        let slash = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        var host = rest[..<slash]
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        guard !host.isEmpty else { return nil }
        authority = String(host)
        let tail = rest[slash...]
        if let mark = tail.firstIndex(of: "?") {
            path = String(tail[..<mark])
            query = String(tail[tail.index(after: mark)...])
        } else {
            path = String(tail)
        }
        if path.isEmpty { path = "/" }
    }

    /// The URL again, without user information.
    package var text: String { "\(scheme)://\(authority)\(path)" + (query.map { "?\($0)" } ?? "") }

    /// Host without port and brackets.
    package var host: String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[authority.index(after: authority.startIndex)..<end])
        }
        return String(authority.prefix { $0 != ":" })
    }
}

extension String {
    /// Where `other` first occurs; small texts only.
    fileprivate func range(of other: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
            start = index(after: start)
        }
        return nil
    }
}
