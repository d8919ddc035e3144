import RTP

/// Whether the marker stands at the end of each frame, and only there.
///
/// Source: RFC 6184 §5.1, RFC 7798 §4.1, RFC 2435 §3.1.5, RFC 3016 §3.1; ONVIF Streaming 26.06 §5.1.2.1.1 (metadata).
struct MarkerCheck: Sendable, Equatable {
    private(set) var missing = 0
    private(set) var early = 0
    private var last: (timestamp: UInt32, hasMarker: Bool)?

    static func == (left: Self, right: Self) -> Bool { left.missing == right.missing && left.early == right.early }

    /// The rule for a media; nil where the marker means something else, as with sound.
    static func clause(of media: StreamMedia) -> String? {
        switch media.encoding.uppercased() {
        case "H264": "RFC 6184 §5.1"
        case "H265": "RFC 7798 §4.1"
        case "JPEG": "RFC 2435 §3.1"
        case "MP4V-ES": "RFC 3016 §3.1"
        default: nil
        }
    }

    mutating func take(_ header: RTPHeader) {
        if let last {
            let isNewFrame = header.timestamp != last.timestamp
            if isNewFrame, !last.hasMarker { missing += 1 }
            if !isNewFrame, last.hasMarker { early += 1 }
        }
        last = (header.timestamp, header.marker)
    }

    /// What is missing may have had the marker.
    mutating func noteGap() { last = nil }
}
