import AV
import RTP

/// What a media's packets add up to: an access unit, an audio frame, a metadata document.
package struct MediaFrame: Sendable, Equatable {
    package var timestamp: UInt32
    /// H.264 and H.265 with start codes; JPEG as a file; audio without framing.
    package var bytes: [UInt8]
    /// Whether decoding can begin here.
    package var isKey: Bool
    /// Types of the NAL units in order; empty for other formats.
    package var unitTypes: [UInt8] = []
}

/// Turns packets in sequence into frames, by the payload format of the media.
struct FrameAssembler: Sendable {
    /// Bytes of a frame of a format that we do not know; the rest of a larger one is left out.
    static let unknownFrameLimit = 4 << 20

    private enum Format: Sendable {
        case h264(H264Depacketizer)
        case aac(AACDepacketizer)
        /// Until the marker, or a new timestamp.
        case marked([UInt8])
        case packet
    }

    private var format: Format
    private let samplesPerFrame: UInt32
    private var current: UInt32?
    private var isDamaged = false

    init(_ media: StreamMedia) {
        samplesPerFrame = 1024
        switch media.encoding.uppercased() {
        case "H264": format = .h264(H264Depacketizer())
        case "MPEG4-GENERIC": format = .aac(AACDepacketizer())
        default: format = media.kind == "audio" ? .packet : .marked([])
        }
    }

    /// - Returns: the frames that are whole now, and what is wrong with the packet.
    mutating func receive(_ packet: RTPPacket) -> (frames: [MediaFrame], problem: String?) {
        switch format {
        case .h264(var depacketizer):
            defer { format = .h264(depacketizer) }
            do throws(H264Depacketizer.PacketError) {
                let units = try depacketizer.receive(packet)
                return (
                    units.map {
                        MediaFrame(timestamp: $0.timestamp, bytes: $0.bytes, isKey: $0.isKey, unitTypes: $0.types)
                    }, nil
                )
            } catch {
                if case .gap = error { return ([], nil) }
                return ([], "\(error)")
            }
        case .aac(var depacketizer):
            defer { format = .aac(depacketizer) }
            do throws(AACDepacketizer.PacketError) {
                let frames = try depacketizer.receive(packet)
                return (
                    frames.enumerated().map { index, bytes in
                        let offset = UInt32(truncatingIfNeeded: index) &* samplesPerFrame
                        return MediaFrame(timestamp: packet.header.timestamp &+ offset, bytes: bytes, isKey: true)
                    }, nil
                )
            } catch {
                return ([], "\(error)")
            }
        case .packet:
            return ([MediaFrame(timestamp: packet.header.timestamp, bytes: Array(packet.payload), isKey: true)], nil)
        case .marked(let bytes): return receiveMarked(packet, after: bytes)
        }
    }

    private mutating func receiveMarked(
        _ packet: RTPPacket, after bytes: [UInt8]
    ) -> (frames: [MediaFrame], problem: String?) {
        let whole = bytes.count + packet.payload.count <= Self.unknownFrameLimit ? bytes + packet.payload : bytes
        guard packet.header.marker else {
            format = .marked(whole)
            return ([], nil)
        }
        format = .marked([])
        defer { isDamaged = false }
        if isDamaged { return ([], nil) }
        return ([MediaFrame(timestamp: packet.header.timestamp, bytes: whole, isKey: true)], nil)
    }

    /// Packets are missing here.
    mutating func noteGap() {
        if case .marked = format {
            format = .marked([])
            isDamaged = true
        }
    }
}
