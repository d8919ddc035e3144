internal import AV
package import Pictures

extension EncodedVideo {
    /// Where the camera looks when a picture is asked for, and what is done to the picture.
    package struct Look: Sendable {
        package var retouch: Retouch
        package var pose: ViewPose
        /// The head is on its way.
        package var isMoving: Bool

        package init(retouch: Retouch = Retouch(), pose: ViewPose = ViewPose(), isMoving: Bool = false) {
            self.retouch = retouch
            self.pose = pose
            self.isMoving = isMoving
        }
    }

    /// What a viewer sees at a moment.
    struct Sight: Sendable {
        var subject: PictureSubject
        var retouch = Retouch()
        var isBlack = false
        /// The resting view whose recording shows it, and the number of the picture in it.
        var resting: (view: Int, frame: Int)?
    }

    /// Pictures that were made so far.
    package struct Tally: Hashable, Sendable {
        /// Drawn, cut or decoded, and encoded.
        package var encoded = 0
        /// Of recordings, sent as they are.
        package var passed = 0
    }
}

/// Makes and encodes one picture after the other; for one job at a time.
final class PictureWorker {
    private let maker: any PictureMaker
    private let encoder: VideoEncoder

    /// - Throws: what libav says of the recording or the settings.
    init(_ source: any PictureSource, _ settings: VideoEncoder.Settings) throws(AVError) {
        maker = try source.maker(width: settings.width, height: settings.height)
        encoder = try VideoEncoder(settings)
    }

    /// - Throws: what libav says.
    func encode(_ sight: EncodedVideo.Sight, asKey: Bool) throws(AVError) -> VideoEncoder.Frame {
        guard !sight.isBlack else {
            let (width, height) = (encoder.settings.width, encoder.settings.height)
            return try encoder.encode(YUVPicture(width: width, height: height, filled: .black), asKey: asKey)
        }
        var picture = try maker.picture(of: sight.subject)
        sight.retouch.apply(to: &picture)
        return try encoder.encode(picture, asKey: asKey)
    }
}
