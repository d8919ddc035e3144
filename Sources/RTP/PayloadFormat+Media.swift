package import AV
internal import Foundation

extension PayloadFormat {
    /// Dynamic payload types that our descriptions use.
    package static let videoPayloadType: UInt8 = 96
    package static let audioPayloadType: UInt8 = 97
    /// Hertz of video timestamps.
    package static let videoClockRate: Int64 = 90_000

    /// Source: RFC 6184 §8.2.1 (H.264), RFC 7798 §7.1 (H.265), RFC 2435 §3 (JPEG), RFC 6416 §7.1 (MPEG-4).
    package static func video(_ parameters: VideoParameters) -> PayloadFormat {
        var format = PayloadFormat(
            payloadType: videoPayloadType, encodingName: "H264", clockRate: videoClockRate)
        switch parameters.codec {
        case .h264(let sets):
            format.parameters =
                "packetization-mode=1;profile-level-id=\(sets.profileLevelID);sprop-parameter-sets="
                + (sets.sequenceParameterSets + sets.pictureParameterSets).map { Data($0).base64EncodedString() }
                .joined(separator: ",")
        case .h265(let sets):
            format.encodingName = "H265"
            let level = sets.level
            format.parameters =
                "profile-space=\(level.space);profile-id=\(level.profile);tier-flag=\(level.tier);"
                + "level-id=\(level.level);interop-constraints=\(HexText.encode(level.constraints));"
                + "sprop-vps=\(sets.videoParameterSets.map { Data($0).base64EncodedString() }.joined(separator: ","));"
                + "sprop-sps=\(sets.sequenceParameterSets.map { Data($0).base64EncodedString() }.joined(separator: ","));"
                + "sprop-pps=\(sets.pictureParameterSets.map { Data($0).base64EncodedString() }.joined(separator: ","))"
        case .jpeg:
            format.payloadType = 26
            format.encodingName = "JPEG"
            if max(parameters.width, parameters.height) > JPEGHeader.plainLimit {
                // Receivers that do not know the header extension of ONVIF find the size here: RFC 6064 §5.2.1, and a
                // custom of GStreamer's.
                format.attributes = [
                    Attribute("framesize", "26 \(parameters.width)-\(parameters.height)"),
                    Attribute("x-dimensions", "\(parameters.width),\(parameters.height)"),
                ]
            }
        case .mpeg4(let configuration):
            format.encodingName = "MP4V-ES"
            format.parameters =
                "profile-level-id=\(configuration.profileLevelIndication);config=\(HexText.encode(configuration.configuration))"
        }
        return format
    }

    /// Source: RFC 3640 §4.1 and §4.4.1 (MPEG4-GENERIC), RFC 6416 §7.3 (MP4A-LATM), RFC 3551 §4.5 (G.711, G.726),
    /// RFC 7587 §7 (Opus).
    package static func audio(_ track: AudioTrack, packaging: AudioPackaging = .generic) -> PayloadFormat {
        audio(track.codec, sampleRate: track.sampleRate, channels: track.channels, packaging: packaging)
    }

    /// - Parameters:
    ///   - codec: of the sound.
    ///   - sampleRate: hertz.
    ///   - channels: at least one.
    ///   - packaging: of AAC.
    package static func audio(
        _ codec: AudioCodec, sampleRate: Int, channels: Int, packaging: AudioPackaging = .generic
    ) -> PayloadFormat {
        let rate = Int64(sampleRate)
        switch codec {
        case .aac(let configuration):
            var format = PayloadFormat(
                payloadType: audioPayloadType, encodingName: "MPEG4-GENERIC", clockRate: rate, channels: channels)
            switch packaging {
            case .generic:
                format.parameters =
                    "streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;"
                    + "indexdeltalength=3;config=\(HexText.encode(configuration))"
            case .latm:
                format.encodingName = "MP4A-LATM"
                let multiplex = LATMConfiguration(audioSpecificConfig: configuration)
                format.parameters = "profile-level-id=1;object=2;cpresent=0;config=\(HexText.encode(multiplex.bytes))"
            }
            return format
        case .pcmu: return PayloadFormat(payloadType: 0, encodingName: "PCMU", clockRate: 8000)
        case .pcma: return PayloadFormat(payloadType: 8, encodingName: "PCMA", clockRate: 8000)
        case .g726(let rate):
            return PayloadFormat(
                payloadType: audioPayloadType, encodingName: "G726-\(rate.rawValue)", clockRate: 8000)
        case .opus:
            // Always written so, whatever the stream has (§7).
            return PayloadFormat(
                payloadType: audioPayloadType, encodingName: "opus", clockRate: 48_000, channels: 2,
                parameters: "sprop-stereo=\(channels == 2 ? 1 : 0)")
        }
    }
}

/// The two ways in which AAC goes over RTP.
package enum AudioPackaging: String, CaseIterable, Hashable, Sendable {
    /// RFC 3640.
    case generic = "MPEG4-GENERIC"
    /// RFC 6416.
    case latm = "MP4A-LATM"
}
