import AV
import RTP

/// What the stream itself says of its coding: parameter sets, profile, level.
struct ParameterCheck: Sendable, Equatable {
    /// Profile and level as the parameter set has them.
    struct Profile: Sendable, Equatable {
        /// `Baseline`, `Main`, `High` …, else the number.
        var name: String
        /// Such as "4.1".
        var level: String
        /// H.264: the three bytes as SDP writes them.
        var id: String?
    }

    /// Access units that brought a sequence parameter set.
    private(set) var setsInBand: Int64 = 0
    private(set) var inBand: Profile?
    /// Of the sprop parameters of the SDP.
    let described: Profile?
    /// `profile-level-id` of the SDP, in capitals.
    let describedID: String?
    private let isH265: Bool
    private let isH264: Bool

    init(_ media: StreamMedia) {
        let encoding = media.encoding.uppercased()
        isH264 = encoding == "H264"
        isH265 = encoding == "H265"
        describedID = isH264 ? media.formatParameters["profile-level-id"]?.uppercased() : nil
        let configuration = isH264 || isH265 ? media.format.decoderConfiguration : []
        described = Self.profile(in: configuration, isH265: isH265)
    }

    mutating func take(_ frame: MediaFrame) {
        guard isH264 || isH265, frame.types.contains(isH265 ? H265NALUnitType.sequenceParameterSet : Self.h264Set)
        else {
            return
        }
        setsInBand += 1
        inBand = Self.profile(in: frame.bytes, isH265: isH265) ?? inBand
    }

    /// Of the first sequence parameter set among NAL units with start codes.
    private static func profile(in bytes: [UInt8], isH265: Bool) -> Profile? {
        for range in NALUnits.annexB(in: bytes) {
            let first = bytes[range.lowerBound]
            let unit = Array(bytes[range].prefix(headLimit))
            if !isH265, first & 0x1F == h264Set { return h264(unit) }
            if isH265, H265NALUnitType.type(ofHeader: first) == H265NALUnitType.sequenceParameterSet {
                return self.h265(unit)
            }
        }
        return nil
    }

    /// Source: ITU-T H.264 table 7-1.
    private static let h264Set: UInt8 = 7
    /// Bytes of a parameter set that profile and level lie in, with escapes.
    private static let headLimit = 32

    /// Source: ITU-T H.264 §7.3.2.1.1, §A.2, §A.3.
    static func h264(_ unit: [UInt8]) -> Profile? {
        guard unit.count >= 4 else { return nil }
        let name =
            switch unit[1] {
            case 66: unit[2] & 0x40 != 0 ? "Constrained Baseline" : "Baseline"
            case 77: "Main"
            case 88: "Extended"
            case 100: "High"
            case 110: "High 10"
            case 122: "High 4:2:2"
            case 244: "High 4:4:4 Predictive"
            case let other: "profile \(other)"
            }
        // Level 1b is level 11 with constraint_set3 of the older profiles (§A.3.1).
        let is1b = unit[3] == 11 && unit[2] & 0x10 != 0 && [66, 77, 88].contains(unit[1])
        let id = unit[1...3].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined().uppercased()
        return Profile(name: name, level: is1b ? "1b" : "\(unit[3] / 10).\(unit[3] % 10)", id: id)
    }

    /// Source: ITU-T H.265 §7.3.2.2.1 (two bytes of header, ids), §7.3.3 profile_tier_level, §A.3.
    static func h265(_ unit: [UInt8]) -> Profile? {
        var bytes: [UInt8] = []
        for byte in unit {
            if byte == 3, bytes.suffix(2) == [0, 0] { continue }
            bytes.append(byte)
        }
        guard bytes.count >= 15 else { return nil }
        let name =
            switch bytes[3] & 0x1F {
            case 1: "Main"
            case 2: "Main 10"
            case 3: "Main Still Picture"
            case let other: "profile \(other)"
            }
        let (major, minor) = (bytes[14] / 30, bytes[14] % 30 / 3)
        return Profile(name: name, level: "\(major).\(minor)", id: nil)
    }
}
