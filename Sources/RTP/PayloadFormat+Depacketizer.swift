package import AV
internal import Foundation

/// What a track carries, as its description says.
package enum MediaCodec: Hashable, Sendable {
    case video(VideoCodec.Kind)
    case aac
    case pcmu
    case pcma
    case g726(G726Rate)
    case opus
    case metadata(MetadataCompression)
}

extension PayloadFormat {
    /// Longest configuration that is read from `fmtp`, bytes.
    private static let configurationLimit = 64 << 10

    /// Nil for formats that are not received.
    package var codec: MediaCodec? {
        switch encodingName.uppercased() {
        case "H264": .video(.h264)
        case "H265", "HEVC": .video(.h265)
        case "JPEG": .video(.jpeg)
        case "MP4V-ES": .video(.mpeg4)
        case "MPEG4-GENERIC" where parameterValues["mode"]?.lowercased() == "aac-hbr": .aac
        case "MP4A-LATM": .aac
        case "PCMU": .pcmu
        case "PCMA": .pcma
        case "OPUS": .opus
        case let name where name.hasPrefix("G726-"):
            Int(name.dropFirst("G726-".count)).flatMap(G726Rate.init).map { .g726($0) }
        default: MetadataCompression(encodingName: encodingName).map { .metadata($0) }
        }
    }

    /// What a decoder has to be told before the first frame, ready for libavcodec: parameter sets with start codes, the
    /// configuration of MPEG-4 part 2, the AudioSpecificConfig. Empty where nothing is said.
    package var decoderConfiguration: [UInt8] {
        let values = parameterValues
        func sets(_ names: String...) -> [UInt8] {
            names.flatMap { (values[$0] ?? "").split(separator: ",") }
                .compactMap { Data(base64Encoded: String($0)) }.filter { !$0.isEmpty }
                .flatMap { NALUnits.startCode + $0 }
        }
        let bytes: [UInt8] =
            switch codec {
            case .video(.h264): sets("sprop-parameter-sets")
            case .video(.h265): sets("sprop-vps", "sprop-sps", "sprop-pps")
            case .aac where encodingName.uppercased() == "MP4A-LATM":
                multiplexConfiguration?.audioSpecificConfig ?? []
            case .video(.mpeg4), .aac: HexText.decode(values["config"] ?? "") ?? []
            default: []
            }
        return bytes.count <= Self.configurationLimit ? bytes : []
    }

    private var multiplexConfiguration: LATMConfiguration? {
        parameterValues["config"].flatMap(HexText.decode).flatMap { LATMConfiguration($0) }
    }

    /// What takes the packets of the format apart; nil for formats that are not received.
    package func makeDepacketizer() -> (any Depacketizer)? {
        switch codec {
        case .video(.h264): H264Depacketizer()
        case .video(.h265): H265Depacketizer()
        case .video(.jpeg): JPEGDepacketizer()
        case .video(.mpeg4): MPEG4Depacketizer()
        case .aac where encodingName.uppercased() == "MP4A-LATM":
            // In band where nothing is said (RFC 6416 §7.3).
            LATMDepacketizer(
                configuration: multiplexConfiguration, isInBand: (parameterValues["cpresent"] ?? "1") != "0")
        case .aac:
            AACDepacketizer(samplesPerFrame: AudioSpecificConfig(decoderConfiguration)?.frameLength ?? 1024)
        case .pcmu, .pcma, .g726, .opus: SampleDepacketizer()
        case .metadata: MetadataDepacketizer()
        case nil: nil
        }
    }
}
