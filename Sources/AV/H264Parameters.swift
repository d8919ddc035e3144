/// The parameter sets of an H.264 track.
package struct H264Parameters: Hashable, Sendable {
    /// Sequence parameter set NAL units, header byte first, no start code; at least one.
    package let sequenceParameterSets: [[UInt8]]
    /// Picture parameter set NAL units; at least one.
    package let pictureParameterSets: [[UInt8]]

    package init(sequenceParameterSets: [[UInt8]], pictureParameterSets: [[UInt8]]) {
        self.sequenceParameterSets = sequenceParameterSets
        self.pictureParameterSets = pictureParameterSets
    }

    /// The three bytes `profile_idc`, constraint flags and `level_idc` as SDP writes them, such as `4D401F`.
    ///
    /// Source: RFC 6184 §8.1 profile-level-id.
    package var profileLevelID: String {
        HexText.encode(sequenceParameterSets[0].dropFirst().prefix(3))
    }

    /// `profile_idc`: 66 Baseline, 77 Main, 88 Extended, 100 High.
    ///
    /// Source: ITU-T H.264 §A.2 Profiles.
    package var profile: UInt8 { sequenceParameterSets[0][1] }
}

/// A parsed `AVCDecoderConfigurationRecord`, or the same facts from Annex B bytes.
///
/// Source: ISO/IEC 14496-15 §5.3.3.1 AVC decoder configuration record; ITU-T H.264 Annex B.
struct H264Configuration: Equatable {
    /// Bytes of the length in front of each NAL unit (1, 2 or 4); nil when samples have start codes.
    var lengthSize: Int?
    var sequenceParameterSets: [[UInt8]] = []
    var pictureParameterSets: [[UInt8]] = []

    /// - Returns: nil when the bytes are cut short or hold no SPS of 4 bytes or no PPS.
    init?(extradata: [UInt8]) {
        if extradata.first == 1 {
            guard extradata.count >= 7 else { return nil }
            lengthSize = Int(extradata[4] & 3) + 1
            var position = 5
            for mask: UInt8 in [0x1F, 0xFF] {
                guard position < extradata.count else { return nil }
                let count = Int(extradata[position] & mask)
                position += 1
                for _ in 0..<count {
                    guard position + 2 <= extradata.count else { return nil }
                    let length = Int(extradata[position]) << 8 | Int(extradata[position + 1])
                    position += 2
                    guard length > 0, position + length <= extradata.count else { return nil }
                    let unit = Array(extradata[position..<position + length])
                    position += length
                    if mask == 0x1F { sequenceParameterSets.append(unit) } else { pictureParameterSets.append(unit) }
                }
            }
        } else {
            lengthSize = nil
            for range in NALUnits.annexB(in: extradata) {
                let unit = Array(extradata[range])
                switch unit[0] & 0x1F {
                case 7: sequenceParameterSets.append(unit)
                case 8: pictureParameterSets.append(unit)
                default: break
                }
            }
        }
        guard let first = sequenceParameterSets.first, first.count >= 4, !pictureParameterSets.isEmpty else {
            return nil
        }
    }
}

extension H264Configuration {
    var parameters: H264Parameters {
        H264Parameters(
            sequenceParameterSets: sequenceParameterSets, pictureParameterSets: pictureParameterSets)
    }
}
