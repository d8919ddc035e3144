package import AV

/// Splits coded pictures into RTP payloads, in the way of their codec.
package struct VideoPacketizer: Sendable {
    private let codec: VideoCodec
    private let payloadLimit: Int

    /// - Precondition: `payloadLimit` is at least 200, since JPEG tables have to fit.
    package init(_ codec: VideoCodec, payloadLimit: Int = defaultPayloadLimit) {
        self.codec = codec
        self.payloadLimit = payloadLimit
    }

    /// - Parameters:
    ///   - isKey: what a decoder has to know goes in front.
    ///   - units: NAL units, or the picture as one piece; ranges of `bytes`.
    ///   - bytes: what the ranges point into.
    /// - Returns: payloads in sending order, the last one with the marker; none for JPEG that is damaged.
    package func fragments(isKey: Bool, units: ArraySlice<Range<Int>>, in bytes: [UInt8]) -> [Fragment] {
        switch codec {
        case .h264(let parameters):
            H264Packetizer(payloadLimit: payloadLimit).fragments(
                parameterSets: isKey ? parameters.sequenceParameterSets + parameters.pictureParameterSets : [],
                nalUnits: units, in: bytes)
        case .h265:
            H265Packetizer(payloadLimit: payloadLimit).fragments(
                parameterSets: isKey ? codec.parameterSets : [], nalUnits: units, in: bytes)
        case .jpeg:
            units.first.flatMap { try? JPEGPacketizer(payloadLimit: payloadLimit).fragments(of: $0, in: bytes) } ?? []
        case .mpeg4(let parameters):
            units.first.map {
                MPEG4Packetizer(payloadLimit: payloadLimit).fragments(
                    configuration: isKey ? parameters.configuration : [], of: $0)
            } ?? []
        }
    }
}

/// MPEG-4 part 2 pictures as MP4V-ES: a picture, or a part of one, in each packet.
///
/// Source: RFC 6416 §5.2 Fragmentation of MPEG-4 Visual Bitstream.
package struct MPEG4Packetizer: Sendable {
    package let payloadLimit: Int

    /// - Precondition: `payloadLimit` is at least 1.
    package init(payloadLimit: Int = defaultPayloadLimit) {
        precondition(payloadLimit >= 1, "a packet needs a byte of payload")
        self.payloadLimit = payloadLimit
    }

    /// - Parameters:
    ///   - configuration: goes in front; left out where it leaves no room in a packet, since SDP carries it too.
    ///   - picture: where the VOP lies.
    /// - Returns: payloads in sending order, the last one with the marker.
    package func fragments(configuration: [UInt8] = [], of picture: Range<Int>) -> [Fragment] {
        // A header must not be split, so some of the picture has to fit behind the configuration.
        let head = configuration.count * 2 <= payloadLimit ? configuration : []
        var fragments: [Fragment] = []
        var start = picture.lowerBound
        repeat {
            let front = fragments.isEmpty ? head : []
            let end = min(picture.upperBound, start + payloadLimit - front.count)
            fragments.append(Fragment(head: front, bytes: start..<end, marker: end == picture.upperBound))
            start = end
        } while start < picture.upperBound
        return fragments
    }
}
