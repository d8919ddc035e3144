/// The loudspeaker, or the jack for one, and the sound that it can play.
package struct AudioOutputModel: Codable, Equatable, Sendable {
    /// An encoding that the device decodes.
    package struct Decoder: Codable, Equatable, Sendable {
        package var codec: AudioModel.Codec
        /// kbit/s
        package var bitrates: [Int]
        /// kHz
        package var sampleRates: [Int]

        package init(codec: AudioModel.Codec, bitrates: [Int], sampleRates: [Int]) {
            self.codec = codec
            self.bitrates = bitrates
            self.sampleRates = sampleRates
        }

        /// What cameras usually decode in that encoding.
        package init(usual codec: AudioModel.Codec) {
            switch codec {
            case .pcmu, .pcma: self.init(codec: codec, bitrates: [64], sampleRates: [8])
            case .g726: self.init(codec: codec, bitrates: [16, 24, 32, 40], sampleRates: [8])
            case .opus: self.init(codec: codec, bitrates: [16, 32, 64], sampleRates: [48])
            case .aac: self.init(codec: codec, bitrates: [32, 64, 128], sampleRates: [8, 16, 48])
            }
        }
    }

    /// At least one.
    package var decoders: [Decoder]
    /// From silent to loudest, without a unit.
    package var levels: ClosedRange<Int>
    /// It either hears or speaks, and clients choose which.
    package var isHalfDuplex: Bool

    package init(
        decoders: [Decoder] = [Decoder(usual: .pcmu)], levels: ClosedRange<Int> = 0...100, isHalfDuplex: Bool = false
    ) {
        precondition(!decoders.isEmpty, "a loudspeaker without a decoder")
        self.decoders = decoders
        self.levels = levels
        self.isHalfDuplex = isHalfDuplex
    }
}

/// `tt:AudioOutputConfiguration`; there is one loudspeaker.
package struct AudioOutputConfiguration: MediaConfiguration {
    package static var kind: MediaConfigurationKind { .audioOutput }
    package static var path: WritableKeyPath<MediaState, [AudioOutputConfiguration]> { \.audioOutputs }

    /// Who speaks on a half duplex device.
    ///
    /// Source: ONVIF Media 26.06 §5.14 Audio channel modes.
    package enum SendPrimacy: String, Codable, CaseIterable, Sendable {
        /// The device sends, clients do not.
        case server = "www.onvif.org/ver20/HalfDuplex/Server"
        /// Clients send, the device does not.
        case client = "www.onvif.org/ver20/HalfDuplex/Client"
        /// The device decides.
        case auto = "www.onvif.org/ver20/HalfDuplex/Auto"
    }

    package let token: String
    package var name: String
    /// Nil on a full duplex device.
    package var sendPrimacy: SendPrimacy?
    /// As `AudioOutputModel.levels` bounds it.
    package var level: Int

    /// As the factory ships it: in the middle.
    init(factory model: AudioOutputModel) {
        token = "AudioOutputConfiguration_1"
        name = "AudioOutput"
        sendPrimacy = model.isHalfDuplex ? .auto : nil
        level = model.levels.lowerBound + (model.levels.upperBound - model.levels.lowerBound) / 2
    }
}

/// `tt:AudioDecoderConfiguration`, which has no settings but its name; any of the model's decoders is used.
package struct AudioDecoderConfiguration: MediaConfiguration {
    package static var kind: MediaConfigurationKind { .audioDecoder }
    package static var path: WritableKeyPath<MediaState, [AudioDecoderConfiguration]> { \.audioDecoders }

    package let token: String
    package var name: String

    static let factory = AudioDecoderConfiguration(token: "AudioDecoder_1", name: "AudioDecoder")
}

extension MediaState {
    package static let audioOutputToken = "AudioOutput_1"

    package var audioOutputTokens: [String] { loudspeaker == nil ? [] : [Self.audioOutputToken] }
}
