import AV
import ONVIF
import RTP
import RTSP

/// The formats in which a camera takes sound, as its description lists them.
///
/// Source: ONVIF Streaming 26.06 §5.3 Back channel connection.
struct BackchannelOffer: Equatable, Sendable {
    /// The feature tag of Require.
    static let feature = "www.onvif.org/ver20/backchannel"
    /// Payload types of formats that have no type of their own, from this one on.
    private static let firstPayloadType: UInt8 = 100

    /// One of them.
    struct Choice: Equatable, Sendable {
        var format: PayloadFormat
        var codec: AudioCodec
        /// Hertz.
        var sampleRate: Int
    }

    let choices: [Choice]
    /// False where the loudspeaker is silent because the device itself is the one that speaks.
    let isHeard: Bool

    /// - Parameter backchannel: of a media profile.
    init(_ backchannel: Backchannel) {
        var next = Self.firstPayloadType
        var choices: [Choice] = []
        for (codec, rate) in backchannel.decoders.flatMap(Self.codecs) {
            var format = PayloadFormat.audio(codec, sampleRate: rate, channels: 1)
            if format.payloadType == PayloadFormat.audioPayloadType {
                format.payloadType = next
                next += 1
            }
            guard !choices.contains(where: { $0.format.payloadType == format.payloadType }) else { continue }
            choices.append(Choice(format: format, codec: codec, sampleRate: rate))
        }
        self.choices = choices
        isHeard = backchannel.sendPrimacy != .server
    }

    private static func codecs(_ decoder: AudioOutputModel.Decoder) -> [(AudioCodec, Int)] {
        switch decoder.codec {
        // G711 of the services means both laws.
        case .pcmu: [(.pcmu, 8000), (.pcma, 8000)]
        case .pcma: [(.pcma, 8000)]
        case .g726: decoder.bitrates.compactMap { G726Rate(rawValue: $0).map { (.g726($0), 8000) } }
        case .opus: [(.opus, 48_000)]
        case .aac:
            decoder.sampleRates.compactMap { kilohertz in
                let rate = kilohertz * 1000
                return AudioSpecificConfig.lowComplexity(sampleRate: rate, channels: 1).map {
                    (.aac(configuration: $0), rate)
                }
            }
        }
    }

    /// The media section: what the client sends is `sendonly`.
    func description(control: String) -> SessionDescription.Media {
        SessionDescription.Media(
            kind: "audio", formats: choices.map { "\($0.format.payloadType)" },
            attributes: choices.flatMap { choice in
                choice.format.description.map { SessionDescription.Attribute($0.name, $0.value) }
            } + [.init("control", control), .init("sendonly")])
    }
}
