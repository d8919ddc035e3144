import AV
import Foundation
import ONVIF
import Pictures

extension Retouch {
    /// Text without a size, in the unit of OSDs.
    private static let defaultFontSize = 32

    /// What is to be done to a picture that is shown when the host's clock says `host`.
    init(_ treatment: PictureTreatment, host: Date) {
        let levels = treatment.levels
        self.init(
            turn: PictureTurn(isUpsideDown: treatment.isUpsideDown, isMirrored: treatment.isMirrored),
            levels: PictureLevels(
                brightness: levels[.brightness] ?? 0, contrast: levels[.contrast] ?? 0,
                saturation: levels[.colorSaturation] ?? 0, sharpness: levels[.sharpness] ?? 0,
                isMonochrome: treatment.isMonochrome),
            masks: treatment.masks.map(PictureMask.init),
            texts: treatment.osds.map { osd in
                PictureText(
                    text: treatment.text(of: osd, host: host), position: .init(osd.position),
                    size: Double(osd.fontSize ?? Self.defaultFontSize) / Double(treatment.sensor.height),
                    color: osd.fontColor.map(PictureColor.init) ?? .white,
                    background: osd.backgroundColor.flatMap { $0.isTransparent ? nil : PictureColor($0) })
            })
        for (index, osd) in treatment.osds.enumerated() where osd.fontColor?.isTransparent == true {
            texts[index].color = nil
        }
    }
}

extension OSDConfiguration.Color {
    fileprivate var isTransparent: Bool { transparent == OSDOptions.transparency.upperBound }
}

extension PictureColor {
    fileprivate init(_ color: OSDConfiguration.Color) {
        self.init(luma: color.x, blue: color.y, red: color.z)
    }
}

extension PictureText.Position {
    fileprivate init(_ position: OSDConfiguration.Position) {
        self =
            switch position {
            case .upperLeft: .upperLeft
            case .upperRight: .upperRight
            case .lowerLeft: .lowerLeft
            case .lowerRight: .lowerRight
            case .custom(let x, let y): .custom(PicturePoint(x: x, y: y))
            }
    }
}

extension PictureMask {
    fileprivate init(_ mask: MaskConfiguration) {
        let color = mask.color ?? .black
        let kind: Kind =
            switch mask.kind {
            case .color: .color(PictureColor(luma: color.x, blue: color.y, red: color.z))
            case .pixelated: .pixelated
            case .blurred: .blurred
            }
        self.init(polygon: mask.polygon.map { PicturePoint(x: $0.x, y: $0.y) }, kind: kind)
    }
}

extension VideoEncoder.Settings {
    /// Constant rate factors from the best quality, 10, to the worst, 1.
    private static let rateFactors = (best: 20.0, worst: 38.0)
    private static let qualities = (best: 10.0, worst: 1.0)

    /// - Parameters:
    ///   - encoding: what the client asked for.
    ///   - recorded: the rate of the recording, if there is one, which is meant where the numbers are the same but for
    ///     rounding.
    init(_ encoding: VideoEncoding, recorded: TimeBase?) {
        let part = (encoding.quality - Self.qualities.worst) / (Self.qualities.best - Self.qualities.worst)
        let factor = Self.rateFactors.worst + part * (Self.rateFactors.best - Self.rateFactors.worst)
        self.init(
            codec: .init(encoding.codec), width: encoding.resolution.width, height: encoding.resolution.height,
            frameRate: recorded.flatMap { Self.isMeant($0, by: encoding.frameRate) ? $0 : nil }
                ?? Self.fraction(encoding.frameRate),
            groupLength: encoding.govLength, bitRate: encoding.bitrate, profile: .init(encoding.profile),
            rateFactor: Int(factor.rounded()))
    }

    private static func isMeant(_ recorded: TimeBase, by rate: Double) -> Bool {
        abs(Double(recorded.numerator) / Double(recorded.denominator) - rate) < VideoEncoding.frameRateTolerance
    }

    private static func fraction(_ rate: Double) -> TimeBase {
        if rate >= 1, rate == rate.rounded() { return TimeBase(numerator: Int64(rate), denominator: 1) }
        return TimeBase(numerator: max(1, Int64((rate * 1000).rounded())), denominator: 1000)
    }
}

extension AV.VideoCodec.Kind {
    init(_ codec: VideoModel.Codec) {
        self =
            switch codec {
            case .h264: .h264
            case .h265: .h265
            case .mpeg4: .mpeg4
            case .jpeg: .jpeg
            }
    }
}

extension VideoEncoder.Profile {
    fileprivate init(_ profile: VideoProfile?) {
        self =
            switch profile {
            // x264 has no Extended; what it calls Baseline has nothing that Extended lacks.
            case .baseline, .extended: .baseline
            case .main: .main
            default: .high
            }
    }
}
