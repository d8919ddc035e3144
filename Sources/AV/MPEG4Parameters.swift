/// What the start of an MPEG-4 part 2 track says.
package struct MPEG4Parameters: Hashable, Sendable {
    /// Visual object sequence, visual object and video object layer, with start codes.
    package let configuration: [UInt8]

    /// Bytes of a configuration at most; those of cameras have some 50.
    package static let configurationLimit = 1024
    /// Simple Profile, level 1: what RFC 6416 §7.1 takes where nothing is said.
    private static let defaultIndication: UInt8 = 1

    /// Nil without a video object layer, or beyond `configurationLimit`.
    ///
    /// - Parameter bytes: what comes before the first picture; what follows the video object layer is left out.
    package init?(_ bytes: [UInt8]) {
        var end = bytes.count
        var hasLayer = false
        for (offset, code) in MPEG4StartCode.all(in: bytes) {
            if MPEG4StartCode.layers.contains(code) { hasLayer = true }
            if code == MPEG4StartCode.picture || code == MPEG4StartCode.group
                || hasLayer && code == MPEG4StartCode.userData
            {
                end = offset
                break
            }
        }
        guard hasLayer, end <= Self.configurationLimit else { return nil }
        configuration = Array(bytes[..<end])
    }

    /// `profile_and_level_indication`: 1 to 3 Simple, 240 to 247 Advanced Simple.
    ///
    /// Source: ISO/IEC 14496-2 table G.1.
    package var profileLevelIndication: UInt8 {
        for (offset, code) in MPEG4StartCode.all(in: configuration)
        where code == MPEG4StartCode.sequence && offset + 4 < configuration.count {
            return configuration[offset + 4]
        }
        return Self.defaultIndication
    }
}

/// Start codes of MPEG-4 part 2.
///
/// Source: ISO/IEC 14496-2 §6.2.1 table 6-3.
package enum MPEG4StartCode {
    /// Video object layers.
    static let layers: ClosedRange<UInt8> = 0x20...0x2F
    /// Visual object sequence.
    static let sequence: UInt8 = 0xB0
    static let userData: UInt8 = 0xB2
    /// Group of VOPs.
    static let group: UInt8 = 0xB3
    /// VOP.
    static let picture: UInt8 = 0xB6

    /// Offsets of start codes and the byte after `00 00 01`. Linear in the bytes.
    static func all(in bytes: some Collection<UInt8>) -> [(offset: Int, code: UInt8)] {
        var found: [(Int, UInt8)] = []
        var zeros = 0
        var isCode = false
        for (index, byte) in bytes.enumerated() {
            if isCode { found.append((index - 3, byte)) }
            isCode = byte == 1 && zeros >= 2
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return found
    }

    /// Where the group or picture begins, behind headers; the end where there is none.
    static func pictures(in bytes: [UInt8]) -> Int {
        // A search through all of a large picture would be for nothing.
        let head = bytes.prefix(MPEG4Parameters.configurationLimit)
        return all(in: head).first { $0.code == picture || $0.code == group }?.offset ?? bytes.count
    }

    /// True when the first picture in the bytes is an I-VOP.
    ///
    /// Source: ISO/IEC 14496-2 §6.3.5 vop_coding_type.
    package static func startsWithKey(_ bytes: some Collection<UInt8>) -> Bool {
        // What stands in front of a picture is short; a search through all of a large picture would be for nothing.
        let head = Array(bytes.prefix(MPEG4Parameters.configurationLimit + 64))
        guard let picture = all(in: head).first(where: { $0.code == picture }), picture.offset + 4 < head.count else {
            return false
        }
        return head[picture.offset + 4] >> 6 == 0
    }
}
