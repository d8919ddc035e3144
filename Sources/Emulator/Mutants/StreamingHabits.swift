import RTP
import RTSP

/// What the RTSP habits do, so that the server itself asks only whether there is one.
extension Habit {
    /// Of the first byte of RTP and RTCP (RFC 3550 §5.1, §6.4.1).
    static let versionBits: UInt8 = 0xC0
    /// Bytes of an H.264 payload that stay as they are: those that say what it is (RFC 6184 §5.3, §5.8).
    private static let payloadHead = 2

    /// RFC 3551 §6, unassigned.
    private static let unknownPayloadType: UInt8 = 77

    func refuses(_ method: String) -> Bool {
        switch self {
        case .rtspRefusesSetParameter: method == "SET_PARAMETER"
        case .rtspRefusesOptions: method == "OPTIONS"
        case .rtspRefusesTeardown: method == "TEARDOWN"
        default: false
        }
    }

    func change(_ description: inout SessionDescription) {
        switch self {
        case .rtspDescribesIPv6:
            description.origin.address = .init(isIPv6: true, host: "::1")
        case .rtspDescribesAnotherEncoding:
            description.change { attribute, format in
                if attribute.name == "rtpmap" { attribute.value = "\(format) VORBIS/90000" }
            }
        case .rtspDescribesAnotherPayloadType:
            for index in description.media.indices {
                guard let format = description.media[index].formats.first, let type = UInt8(format) else { continue }
                description.media[index].formats = ["\(type + 1)"]
            }
            description.change { attribute, format in
                guard ["rtpmap", "fmtp"].contains(attribute.name), let value = attribute.value else { return }
                attribute.value = format + value.drop { $0 != " " }
            }
        case .rtspDescribesSendOnly:
            description.change { attribute, _ in
                if attribute.name == "recvonly" { attribute.name = "sendonly" }
            }
        default: break
        }
    }

    func changed(_ batch: PacketBatch) -> PacketBatch {
        var batch = batch
        switch self {
        case .rtspSendsBrokenPackets:
            for packet in batch.packets { batch.change(packet, count: 1) { $0 ^ Self.versionBits } }
        case .rtspSendsNoSound:
            // A payload type that nothing describes.
            for packet in batch.packets where packet.track == .audio {
                batch.change(packet, from: 1, count: 1) { $0 & 0x80 | Self.unknownPayloadType }
            }
        case .rtspSendsGarbledPictures:
            for packet in batch.packets where packet.track == .video {
                batch.change(packet, from: RTPHeader.length + Self.payloadHead, count: packet.count) { ~$0 }
            }
        default: break
        }
        return batch
    }
}

extension SessionDescription {
    /// Changes every attribute of every media; the closure also gets the media's first format.
    fileprivate mutating func change(_ change: (inout Attribute, String) -> Void) {
        for index in media.indices {
            guard let format = media[index].formats.first else { continue }
            for place in media[index].attributes.indices { change(&media[index].attributes[place], format) }
        }
    }
}
