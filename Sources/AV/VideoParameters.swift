/// What the start of a video track says about all its pictures.
package struct VideoParameters: Hashable, Sendable {
    package let codec: VideoCodec
    /// Pixels.
    package let width: Int
    /// Pixels.
    package let height: Int
    /// Pictures each second as a fraction, as the file measures it.
    package let frameRate: TimeBase

    package init(codec: VideoCodec, width: Int, height: Int, frameRate: TimeBase) {
        self.codec = codec
        self.width = width
        self.height = height
        self.frameRate = frameRate
    }

    /// Pictures each second.
    package var framesPerSecond: Double { Double(frameRate.numerator) / Double(frameRate.denominator) }

    /// Nil for other codecs.
    package var h264: H264Parameters? {
        if case .h264(let parameters) = codec { parameters } else { nil }
    }

    /// What a decoder has to know before the first picture, ready for libavcodec: parameter sets with start codes, the
    /// configuration of MPEG-4; nothing for JPEG.
    package var configuration: [UInt8] { codec.configuration }
}

/// How a track's pictures are coded.
package enum VideoCodec: Hashable, Sendable {
    case h264(H264Parameters)
    case h265(H265Parameters)
    case jpeg(JPEGParameters)
    case mpeg4(MPEG4Parameters)

    package var kind: Kind {
        switch self {
        case .h264: .h264
        case .h265: .h265
        case .jpeg: .jpeg
        case .mpeg4: .mpeg4
        }
    }

    /// The codecs without their parameters.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case h264 = "H.264"
        case h265 = "H.265"
        case jpeg = "JPEG"
        /// Part 2.
        case mpeg4 = "MPEG-4"

        /// Pictures are sent as NAL units (else as one piece).
        package var hasNALUnits: Bool { self == .h264 || self == .h265 }
    }

    /// NAL units that go in front of key frames; none for codecs that have no NAL units.
    package var parameterSets: [[UInt8]] {
        switch self {
        case .h264(let parameters): parameters.sequenceParameterSets + parameters.pictureParameterSets
        case .h265(let parameters):
            parameters.videoParameterSets + parameters.sequenceParameterSets + parameters.pictureParameterSets
        case .jpeg, .mpeg4: []
        }
    }

    /// See `VideoParameters.configuration`.
    package var configuration: [UInt8] {
        switch self {
        case .h264, .h265: parameterSets.flatMap { NALUnits.startCode + $0 }
        case .jpeg: []
        case .mpeg4(let parameters): parameters.configuration
        }
    }
}

/// What all pictures of a JPEG track have in common; quantisers may change from picture to picture.
package struct JPEGParameters: Hashable, Sendable {
    /// False where a picture needs more than RFC 2435 can say, and so the header extension of ONVIF.
    package let isPlain: Bool

    package init(isPlain: Bool) {
        self.isPlain = isPlain
    }
}
