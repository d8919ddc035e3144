/// An SDP session description, as far as RTSP uses it; unknown lines are kept out, attributes are kept.
///
/// Source: RFC 8866 §5, RFC 2326 Annex C.
package struct SessionDescription: Hashable, Sendable {
    /// Bytes that are parsed at most.
    package static let limit = 64 << 10
    /// Media sections that are parsed at most.
    package static let mediaLimit = 32

    /// `o=`: user name, session id, version, and the address with its family.
    package struct Origin: Hashable, Sendable {
        package var username: String
        package var sessionID: String
        package var version: String
        package var address: Address

        package init(username: String = "-", sessionID: String, version: String, address: Address) {
            self.username = username
            self.sessionID = sessionID
            self.version = version
            self.address = address
        }
    }

    /// Family and host of `o=` and `c=`.
    package struct Address: Hashable, Sendable {
        package var isIPv6: Bool
        /// As written, with TTL if there is one.
        package var host: String

        package init(isIPv6: Bool, host: String) {
            self.isIPv6 = isIPv6
            self.host = host
        }

        var text: String { "IN IP\(isIPv6 ? 6 : 4) \(host)" }

        init?(_ words: ArraySlice<Substring>) {
            guard words.count == 3, let first = words.first, first == "IN" else { return nil }
            switch words[words.startIndex + 1] {
            case "IP4": isIPv6 = false
            case "IP6": isIPv6 = true
            default: return nil
            }
            host = String(words[words.startIndex + 2])
        }
    }

    /// `a=name` or `a=name:value`.
    package struct Attribute: Hashable, Sendable {
        package var name: String
        package var value: String?

        package init(_ name: String, _ value: String? = nil) {
            self.name = name
            self.value = value
        }
    }

    /// A section that begins with `m=`.
    package struct Media: Hashable, Sendable {
        /// `video`, `audio`, `application`.
        package var kind: String
        package var port: Int
        /// `RTP/AVP`.
        package var proto: String
        package var formats: [String]
        package var connection: Address?
        /// `b=AS:`, kilobits each second.
        package var bandwidth: Int?
        package var attributes: [Attribute]

        package init(
            kind: String, port: Int = 0, proto: String = "RTP/AVP", formats: [String], connection: Address? = nil,
            bandwidth: Int? = nil, attributes: [Attribute] = []
        ) {
            self.kind = kind
            self.port = port
            self.proto = proto
            self.formats = formats
            self.connection = connection
            self.bandwidth = bandwidth
            self.attributes = attributes
        }
    }

    package var origin: Origin
    package var name: String
    package var connection: Address?
    package var attributes: [Attribute]
    package var media: [Media]

    package init(
        origin: Origin, name: String, connection: Address?, attributes: [Attribute] = [], media: [Media] = []
    ) {
        self.origin = origin
        self.name = name
        self.connection = connection
        self.attributes = attributes
        self.media = media
    }

    /// Why a text is no session description.
    package enum ParseError: Error, Equatable {
        case tooLong(bytes: Int, limit: Int)
        case tooManyMedia(limit: Int)
        case notUTF8
        /// The line (from 1) is not `letter=value`, or its value is malformed.
        case malformedLine(Int)
        case missing(String)
    }
}

extension SessionDescription {
    /// The description as it is sent.
    package var text: String {
        var lines = [
            "v=0", "o=\(origin.username) \(origin.sessionID) \(origin.version) \(origin.address.text)", "s=\(name)",
        ]
        if let connection { lines.append("c=\(connection.text)") }
        lines.append("t=0 0")
        lines += attributes.map(\.line)
        for section in media {
            lines.append("m=\(section.kind) \(section.port) \(section.proto) \(section.formats.joined(separator: " "))")
            if let connection = section.connection { lines.append("c=\(connection.text)") }
            if let bandwidth = section.bandwidth { lines.append("b=AS:\(bandwidth)") }
            lines += section.attributes.map(\.line)
        }
        return lines.map { $0 + "\r\n" }.joined()
    }

    /// Reads a description; lines may end in LF alone.
    package init(parsing bytes: [UInt8]) throws(ParseError) {
        guard bytes.count <= Self.limit else { throw .tooLong(bytes: bytes.count, limit: Self.limit) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        var origin: Origin?
        var name: String?
        var description = SessionDescription(
            origin: Origin(sessionID: "", version: "", address: Address(isIPv6: false, host: "")), name: "",
            connection: nil)
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        var hasVersion = false
        for (index, scalars) in lines.enumerated() {
            let line = Substring(scalars.last == "\r" ? scalars.dropLast() : scalars)
            if line.isEmpty { continue }
            let value = line.dropFirst(2)
            guard line.utf8.count >= 2, line.dropFirst().first == "=" else { throw .malformedLine(index + 1) }
            let malformed = ParseError.malformedLine(index + 1)
            let words = value.split(separator: " ")
            switch line.first {
            case "v":
                guard value.trimmed == "0" else { throw malformed }
                hasVersion = true
            case "o":
                guard words.count == 6, let address = Address(words[3...]) else { throw malformed }
                origin = Origin(
                    username: String(words[0]), sessionID: String(words[1]), version: String(words[2]),
                    address: address)
            case "s":
                name = String(value)
            case "c":
                guard let address = Address(words[...]) else { throw malformed }
                description.setConnection(address)
            case "m":
                guard description.media.count < Self.mediaLimit else { throw .tooManyMedia(limit: Self.mediaLimit) }
                guard words.count >= 4, let port = Int(words[1].prefix { $0 != "/" }) else { throw malformed }
                description.media.append(
                    Media(
                        kind: String(words[0]), port: port, proto: String(words[2]),
                        formats: words[3...].map(String.init)))
            case "b":
                let parts = value.split(separator: ":", maxSplits: 1)
                if parts.count == 2, parts[0] == "AS", let last = description.media.indices.last {
                    guard let bandwidth = Int(parts[1].trimmed) else { throw malformed }
                    description.media[last].bandwidth = bandwidth
                }
            case "a":
                description.add(Attribute(line: value))
            default: break
            }
        }
        guard hasVersion else { throw .missing("v=") }
        guard let origin else { throw .missing("o=") }
        guard let name else { throw .missing("s=") }
        description.origin = origin
        description.name = name
        self = description
    }

    private mutating func setConnection(_ address: Address) {
        if let last = media.indices.last { media[last].connection = address } else { connection = address }
    }

    private mutating func add(_ attribute: Attribute) {
        if let last = media.indices.last {
            media[last].attributes.append(attribute)
        } else {
            attributes.append(attribute)
        }
    }

    /// First session-level attribute of that name.
    package subscript(attribute name: String) -> String? {
        attributes.first { $0.name == name }.map { $0.value ?? "" }
    }
}

extension SessionDescription.Attribute {
    var line: String { value.map { "a=\(name):\($0)" } ?? "a=\(name)" }

    init(line: Substring) {
        if let colon = line.firstIndex(of: ":") {
            self.init(String(line[..<colon]), String(line[line.index(after: colon)...]))
        } else {
            self.init(String(line))
        }
    }
}

extension SessionDescription.Media {
    /// First attribute of that name; empty when it has no value.
    package subscript(attribute name: String) -> String? {
        attributes.first { $0.name == name }.map { $0.value ?? "" }
    }

    /// Encoding name, clock rate and channels of a payload type.
    ///
    /// Source: RFC 8866 §6.6 rtpmap.
    package func rtpMap(_ payloadType: String) -> (encoding: String, clockRate: Int, channels: Int)? {
        for attribute in attributes where attribute.name == "rtpmap" {
            let words = (attribute.value ?? "").split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0] == payloadType else { continue }
            let parts = words[1].split(separator: "/").map(\.trimmed)
            guard parts.count >= 2, let rate = Int(parts[1]) else { return nil }
            return (parts[0], rate, parts.count > 2 ? Int(parts[2]) ?? 1 : 1)
        }
        return nil
    }

    /// Parameters of a payload type, names in small letters.
    ///
    /// Source: RFC 8866 §6.15 fmtp; RFC 6184 §8.2.1; RFC 3640 §4.4.
    package func formatParameters(_ payloadType: String) -> [String: String] {
        var parameters: [String: String] = [:]
        for attribute in attributes where attribute.name == "fmtp" {
            let words = (attribute.value ?? "").split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0] == payloadType else { continue }
            for part in words[1].split(separator: ";") {
                let pair = part.split(separator: "=", maxSplits: 1).map(\.trimmed)
                if let name = pair.first { parameters[name.lowercased()] = pair.count == 2 ? pair[1] : "" }
            }
        }
        return parameters
    }
}
