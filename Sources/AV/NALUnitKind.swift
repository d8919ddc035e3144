/// What a NAL unit is to a stream, by its header.
///
/// Source: ITU-T H.264 §7.4.1 table 7-1; ITU-T H.265 §7.4.2.2 table 7-1.
struct NALUnitKind: Hashable {
    let type: UInt8
    private let codec: VideoCodec.Kind

    /// - Parameters:
    ///   - header: first byte of the unit.
    ///   - codec: H.264 or H.265.
    init(header: UInt8, of codec: VideoCodec.Kind) {
        self.codec = codec
        type = codec == .h265 ? H265NALUnitType.type(ofHeader: header) : header & 0x1F
    }

    /// Part of a picture.
    var isSlice: Bool { codec == .h265 ? H265NALUnitType.slices.contains(type) : (1...5).contains(type) }

    /// A slice of a picture at which decoding may start.
    var isRandomAccess: Bool { codec == .h265 ? H265NALUnitType.randomAccess.contains(type) : type == 5 }

    /// VPS, SPS or PPS.
    var isParameterSet: Bool { codec == .h265 ? (32...34).contains(type) : type == 7 || type == 8 }

    /// Delimiters, ends and filler, which nobody misses.
    var isDispensable: Bool { codec == .h265 ? H265NALUnitType.dispensable.contains(type) : (9...12).contains(type) }

    /// Supplemental enhancement information in front of a picture.
    var isSupplement: Bool { codec == .h265 ? type == 39 : type == 6 }
}
