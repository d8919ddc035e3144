/// How a track goes over RTP, in the words of SDP.
///
/// Source: RFC 8866 §6.6 rtpmap, §6.15 fmtp.
package struct PayloadFormat: Hashable, Sendable {
    /// 0 to 127.
    package var payloadType: UInt8
    /// `H264`, `PCMU` and so on; read without regard to case.
    package var encodingName: String
    /// Hertz of the timestamps.
    package var clockRate: Int64
    /// Nil where `rtpmap` leaves it out: all but sound, and sound of one channel.
    package var channels: Int?
    /// What stands behind the payload type in `fmtp`.
    package var parameters: String?
    /// Further attributes of the media that the format needs.
    package var attributes: [Attribute]

    /// One `a=` line.
    package struct Attribute: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        payloadType: UInt8, encodingName: String, clockRate: Int64, channels: Int? = nil, parameters: String? = nil,
        attributes: [Attribute] = []
    ) {
        self.payloadType = payloadType
        self.encodingName = encodingName
        self.clockRate = clockRate
        self.channels = channels
        self.parameters = parameters
        self.attributes = attributes
    }

    /// The value of `a=rtpmap`, such as `96 H264/90000`.
    package var rtpmap: String {
        "\(payloadType) \(encodingName)/\(clockRate)" + (channels.map { "/\($0)" } ?? "")
    }

    /// The value of `a=fmtp`.
    package var fmtp: String? { parameters.map { "\(payloadType) \($0)" } }

    /// All lines that describe the format.
    package var description: [Attribute] {
        [Attribute("rtpmap", rtpmap)] + (fmtp.map { [Attribute("fmtp", $0)] } ?? []) + attributes
    }

    /// The parameters by their names in lower case. Of those given twice the first counts.
    package var parameterValues: [String: String] {
        var values: [String: String] = [:]
        for part in (parameters ?? "").split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = pair[0].trimmed.lowercased()
            if values[name] == nil { values[name] = pair.count > 1 ? pair[1].trimmed : "" }
        }
        return values
    }

    /// What `rtpmap` need not say of the static payload types that cameras use.
    ///
    /// Source: RFC 3551 §6 tables 4 and 5.
    package static func ofStaticType(_ payloadType: UInt8) -> PayloadFormat? {
        switch payloadType {
        case 0: PayloadFormat(payloadType: 0, encodingName: "PCMU", clockRate: 8000)
        case 2: PayloadFormat(payloadType: 2, encodingName: "G726-32", clockRate: 8000)
        case 8: PayloadFormat(payloadType: 8, encodingName: "PCMA", clockRate: 8000)
        case 26: PayloadFormat(payloadType: 26, encodingName: "JPEG", clockRate: 90_000)
        default: nil
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
