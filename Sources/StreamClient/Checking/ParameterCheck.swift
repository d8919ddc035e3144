import AV
import RTSP

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
        described = Self.parameterSets(of: media).lazy.compactMap { [isH264, isH265] unit in
            if isH264, let first = unit.first, first & 0x1F == 7 { return Self.h264(unit) }
            if isH265, let first = unit.first, first >> 1 & 0x3F == 33 { return Self.h265(unit) }
            return nil
        }.first
    }

    /// NAL units of the SDP.
    ///
    /// Source: RFC 6184 §8.1 sprop-parameter-sets; RFC 7798 §7.1 sprop-vps, sprop-sps, sprop-pps.
    static func parameterSets(of media: StreamMedia) -> [[UInt8]] {
        ["sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps"].compactMap { media.formatParameters[$0] }
            .flatMap { $0.split(separator: ",") }.compactMap { Base64.decode(String($0).trimmedOfSpace) }
            .filter { !$0.isEmpty }
    }

    /// `config` of the SDP, bytes; empty for none.
    ///
    /// Source: RFC 3016 §5.1, RFC 3640 §4.1.
    static func configuration(of media: StreamMedia) -> [UInt8] {
        let digits = Array((media.formatParameters["config"] ?? "").utf8)
        guard digits.count.isMultiple(of: 2) else { return [] }
        let bytes = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        return bytes.contains(nil) ? [] : bytes.compactMap(\.self)
    }

    mutating func take(_ frame: MediaFrame) {
        let type: UInt8 = isH265 ? 33 : 7
        guard isH264 || isH265, frame.unitTypes.contains(type) else { return }
        setsInBand += 1
        for range in NALUnits.annexB(in: frame.bytes) {
            let first = frame.bytes[range.lowerBound]
            let unit = frame.bytes[range].prefix(Self.headLimit)
            if isH264, first & 0x1F == 7 { inBand = Self.h264(Array(unit)) ?? inBand }
            if isH265, first >> 1 & 0x3F == 33 { inBand = Self.h265(Array(unit)) ?? inBand }
        }
    }

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
