package import AV
package import Pictures
package import RTP

/// What one picture shows: enough to make it, and to know it again.
package enum PictureSubject: Hashable, Sendable {
    /// A picture of a recording.
    case frame(Int)
    /// A world as it is at a time of its own, seconds.
    case world(ViewPose, seconds: Double)
    /// A part of a picture of a panorama.
    case panorama(ViewPose, frame: Int)
}

/// Where the pictures of a camera come from before anything is done to them.
///
/// Objects, so that what was made of one is known again.
package protocol PictureSource: AnyObject, Sendable {
    /// What is seen.
    ///
    /// - Parameters:
    ///   - elapsed: nanoseconds since the camera was switched on.
    ///   - pose: where it looks.
    /// - Returns: enough to make it.
    func subject(at elapsed: Int64, _ pose: ViewPose) -> PictureSubject

    /// Makes pictures of that size, for one job at a time.
    ///
    /// - Throws: what libav says of a recording.
    func maker(width: Int, height: Int) throws(AVError) -> any PictureMaker
}

/// Makes the pictures of a source in one size; keeps what the next one needs.
package protocol PictureMaker: AnyObject {
    /// - Throws: what libav says of a recording.
    func picture(of subject: PictureSubject) throws(AVError) -> YUVPicture
}

/// The pictures of a recording, whose camera looks where it looks.
package final class RecordedPictures: PictureSource {
    private let plan: VideoPlan
    private let clip: Clip

    package init(_ plan: StreamPlan) {
        self.plan = plan.video
        clip = plan.clip
    }

    package func subject(at elapsed: Int64, _ pose: ViewPose) -> PictureSubject {
        .frame(plan.index(shownAt: elapsed))
    }

    package func maker(width: Int, height: Int) throws(AVError) -> any PictureMaker {
        Maker(player: try ClipPlayer(clip, width: width, height: height), width: width, height: height)
    }

    private final class Maker: PictureMaker {
        private let player: ClipPlayer
        private let (width, height): (Int, Int)

        init(player: ClipPlayer, width: Int, height: Int) {
            self.player = player
            (self.width, self.height) = (width, height)
        }

        func picture(of subject: PictureSubject) throws(AVError) -> YUVPicture {
            guard case .frame(let frame) = subject else {
                return YUVPicture(width: width, height: height, filled: .black)
            }
            return try player.picture(of: frame)
        }
    }
}
