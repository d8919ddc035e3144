import AV
import Analytics
import Metadata
import Pictures
import Vision

/// Has the reference core look at pictures as a client gets them: coded, and decoded again.
final class CoreEye: SceneEye {
    /// Where pictures come from, and where the camera looks in each.
    struct Sight: Sendable {
        var source: any PictureSource
        /// How they are coded; nil for a recording, which is decoded as it is.
        var settings: VideoEncoder.Settings?
        /// Pixels.
        var width: Int
        var height: Int
        var camera: @Sendable (PictureSubject) -> VisionCamera
    }

    private let sight: Sight
    private let core: VisionCore
    private let maker: any PictureMaker
    private let encoder: VideoEncoder?
    private let decoder: StreamDecoder?

    /// - Throws: what libav says.
    init(_ sight: Sight, _ settings: VisionSettings = VisionSettings(gallery: nil)) throws(AVError) {
        self.sight = sight
        core = VisionCore(settings)
        maker = try sight.source.maker(width: sight.width, height: sight.height)
        if let settings = sight.settings {
            encoder = try VideoEncoder(settings)
            decoder = try StreamDecoder(settings.codec, keepsPictures: true)
        } else {
            (encoder, decoder) = (nil, nil)
        }
    }

    func frame(of order: SceneOrder) -> MetadataFrame? {
        guard let picture = picture(order) else { return nil }
        let vision = core.look(at: picture, time: order.time, from: sight.camera(order.subject))
        return CoreSource(width: picture.width, height: picture.height).frame(of: vision, utc: order.utc)
    }

    private func picture(_ order: SceneOrder) -> YUVPicture? {
        guard var picture = try? maker.picture(of: order.subject) else { return nil }
        guard let encoder, let decoder else { return picture }
        order.retouch.apply(to: &picture)
        guard let coded = try? encoder.encode(picture, asKey: decoder.pictures == 0) else { return nil }
        let before = decoder.pictures
        decoder.decode(coded.accessUnit(encoder.parameters))
        return decoder.pictures > before ? decoder.latest : nil
    }
}
