/// How a track's sound is coded.
package enum AudioCodec: Hashable, Sendable {
    /// AAC-LC with its two or more bytes of AudioSpecificConfig.
    case aac(configuration: [UInt8])
    /// G.711 µ-law.
    case pcmu
    /// G.711 A-law.
    case pcma
    /// G.726, the earlier sample in the lower bits (RFC 3551 §4.5.4).
    case g726(G726Rate)
    /// At 48 kHz.
    case opus
}

/// The bit rates of G.726.
package enum G726Rate: Int, CaseIterable, Hashable, Sendable {
    case kbit16 = 16
    case kbit24 = 24
    case kbit32 = 32
    case kbit40 = 40

    /// Of one sample.
    package var bits: Int { rawValue / 8 }
}

/// The facts of an AudioSpecificConfig that streaming needs.
///
/// Source: ISO/IEC 14496-3 §1.6.2.1 AudioSpecificConfig.
package struct AudioSpecificConfig: Equatable, Sendable {
    /// 2 is AAC-LC; 5 and 29 are HE-AAC.
    package let objectType: Int
    /// Hertz.
    package let sampleRate: Int
    /// 0 when the configuration defines the channels elsewhere.
    package let channels: Int
    /// Samples in a frame of one channel: 1024, or 960.
    package let frameLength: Int

    static let sampleRates = [
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
    ]

    /// - Returns: nil when the bytes are cut short or use a reserved rate.
    package init?(_ bytes: [UInt8]) {
        var position = 0
        func take(_ count: Int) -> Int? {
            guard position + count <= bytes.count * 8 else { return nil }
            var value = 0
            for _ in 0..<count {
                value = value << 1 | Int(bytes[position / 8] >> (7 - UInt8(position % 8)) & 1)
                position += 1
            }
            return value
        }
        guard var type = take(5) else { return nil }
        if type == 31 {
            guard let more = take(6) else { return nil }
            type = 32 + more
        }
        guard let index = take(4) else { return nil }
        if index == 15 {
            guard let rate = take(24), rate > 0 else { return nil }
            sampleRate = rate
        } else {
            guard index < Self.sampleRates.count else { return nil }
            sampleRate = Self.sampleRates[index]
        }
        guard let channels = take(4) else { return nil }
        self.channels = channels == 7 ? 8 : channels
        objectType = type
        frameLength = take(1) == 1 ? 960 : 1024
    }
}

extension AudioSpecificConfig {
    /// The configuration of AAC-LC in frames of 1024 samples; nil for a rate that has no index.
    package static func lowComplexity(sampleRate: Int, channels: Int) -> [UInt8]? {
        guard let index = sampleRates.firstIndex(of: sampleRate), (1...7).contains(channels) else { return nil }
        // 5 bits of object type, 4 of rate, 4 of channels, 3 that are zero.
        let bits = 2 << 11 | index << 7 | channels << 3
        return [UInt8(bits >> 8), UInt8(bits & 0xFF)]
    }
}
