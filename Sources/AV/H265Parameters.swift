/// The parameter sets of an H.265 track.
package struct H265Parameters: Hashable, Sendable {
    /// NAL units with their two bytes of header, no start code; at least one each.
    package let videoParameterSets: [[UInt8]]
    package let sequenceParameterSets: [[UInt8]]
    package let pictureParameterSets: [[UInt8]]

    /// - Returns: nil where a kind of set is missing or an SPS ends before its profile and level.
    package init?(
        videoParameterSets: [[UInt8]], sequenceParameterSets: [[UInt8]], pictureParameterSets: [[UInt8]]
    ) {
        guard !videoParameterSets.isEmpty, !pictureParameterSets.isEmpty, let first = sequenceParameterSets.first,
            let level = ProfileTierLevel(sequenceParameterSet: first)
        else { return nil }
        self.videoParameterSets = videoParameterSets
        self.sequenceParameterSets = sequenceParameterSets
        self.pictureParameterSets = pictureParameterSets
        self.level = level
    }

    /// Profile, tier and level of the first SPS.
    package let level: ProfileTierLevel

    /// The start of `profile_tier_level()`.
    ///
    /// Source: ITU-T H.265 §7.3.3 Profile, tier and level syntax.
    package struct ProfileTierLevel: Hashable, Sendable {
        /// `general_profile_space`, 0 to 3.
        package let space: UInt8
        /// `general_tier_flag`: 1 is the High tier.
        package let tier: UInt8
        /// `general_profile_idc`: 1 Main, 2 Main 10.
        package let profile: UInt8
        /// `general_level_idc`: thirty times the level.
        package let level: UInt8
        /// The six bytes from `general_progressive_source_flag` on.
        package let constraints: [UInt8]

        /// Bytes from the start of the NAL unit to the end of the level.
        private static let length = 15

        init?(sequenceParameterSet unit: [UInt8]) {
            let bytes = NALUnits.withoutEmulationPrevention(unit, limit: Self.length)
            guard bytes.count >= Self.length else { return nil }
            space = bytes[3] >> 6
            tier = bytes[3] >> 5 & 1
            profile = bytes[3] & 0x1F
            constraints = Array(bytes[8..<14])
            level = bytes[14]
        }
    }
}

/// Types of H.265 NAL units.
///
/// Source: ITU-T H.265 §7.4.2.2 table 7-1.
package enum H265NALUnitType {
    package static let videoParameterSet: UInt8 = 32
    package static let sequenceParameterSet: UInt8 = 33
    package static let pictureParameterSet: UInt8 = 34
    /// Access unit delimiter, end of sequence, end of bitstream, filler data.
    static let dispensable: ClosedRange<UInt8> = 35...38
    /// Slices of pictures at which decoding may start: BLA, IDR, CRA.
    package static let randomAccess: ClosedRange<UInt8> = 16...23
    static let cleanRandomAccess: UInt8 = 21
    /// BLA_N_LP.
    static let brokenLinkWithoutLeading: UInt8 = 18
    /// All slices.
    static let slices: ClosedRange<UInt8> = 0...31

    package static func type(ofHeader byte: UInt8) -> UInt8 { byte >> 1 & 0x3F }
}

/// A parsed `HEVCDecoderConfigurationRecord`, or the same facts from Annex B bytes; sets may be missing.
///
/// Source: ISO/IEC 14496-15 §8.3.3.1 HEVC decoder configuration record; ITU-T H.265 Annex B.
struct H265Configuration: Equatable {
    /// Bytes of the length in front of each NAL unit (1, 2 or 4); nil when samples have start codes.
    var lengthSize: Int?
    /// VPS, SPS and PPS in the order of the file.
    var parameterSets: [[UInt8]] = []

    /// Bytes before the arrays of NAL units.
    private static let headLength = 23

    init(parameterSets: [[UInt8]]) {
        self.parameterSets = parameterSets
    }

    init(extradata: [UInt8]) {
        // Annex B begins with zero bytes, the record with version 1.
        guard extradata.first == 1, extradata.count >= Self.headLength else {
            parameterSets = NALUnits.annexB(in: extradata).map { Array(extradata[$0]) }.filter {
                NALUnitKind(header: $0[0], of: .h265).isParameterSet
            }
            return
        }
        lengthSize = Int(extradata[21] & 3) + 1
        var rest = extradata[Self.headLength...]
        for _ in 0..<extradata[22] {
            guard rest.count >= 3 else { return }
            let count = Int(rest[rest.startIndex + 1]) << 8 | Int(rest[rest.startIndex + 2])
            rest = rest.dropFirst(3)
            for _ in 0..<count {
                guard rest.count >= 2 else { return }
                let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
                guard length >= 2, rest.count >= 2 + length else { return }
                let unit = Array(rest.dropFirst(2).prefix(length))
                if NALUnitKind(header: unit[0], of: .h265).isParameterSet { parameterSets.append(unit) }
                rest = rest.dropFirst(2 + length)
            }
        }
    }

    /// Nil as long as a kind is missing.
    var parameters: H265Parameters? {
        func sets(_ type: UInt8) -> [[UInt8]] {
            parameterSets.filter { H265NALUnitType.type(ofHeader: $0[0]) == type }
        }
        return H265Parameters(
            videoParameterSets: sets(H265NALUnitType.videoParameterSet),
            sequenceParameterSets: sets(H265NALUnitType.sequenceParameterSet),
            pictureParameterSets: sets(H265NALUnitType.pictureParameterSet))
    }
}
