import RTP

/// Turns packets in sequence into frames, by the payload format of the media.
///
/// Formats that nobody knows are counted too: a frame of sound is a packet, of others it ends with the marker.
struct FrameMaker: Sendable {
    private var depacketizer: (any Depacketizer)?
    private let isSound: Bool
    private var isDamaged = false

    init(_ media: StreamMedia) {
        depacketizer = media.format.makeDepacketizer()
        isSound = media.kind == "audio"
    }

    /// - Returns: the frames that are whole now, and what is wrong with the packet.
    mutating func receive(_ packet: RTPPacket) -> (frames: [MediaFrame], problem: String?) {
        guard depacketizer != nil else { return (receiveUnknown(packet), nil) }
        do throws(DepacketizerError) {
            return (try depacketizer?.receive(packet) ?? [], nil)
        } catch {
            // Gaps are counted by the window.
            if case .gap = error { return ([], nil) }
            return ([], "\(error)")
        }
    }

    private mutating func receiveUnknown(_ packet: RTPPacket) -> [MediaFrame] {
        guard isSound || packet.header.marker else { return [] }
        defer { isDamaged = false }
        return isDamaged && !isSound ? [] : [MediaFrame(timestamp: packet.header.timestamp, isKey: true)]
    }

    /// Packets are missing here.
    mutating func noteGap() { isDamaged = true }
}
