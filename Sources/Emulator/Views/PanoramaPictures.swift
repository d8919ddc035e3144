package import AV
internal import Pictures
package import RTP
internal import Synchronization
internal import Worlds

/// Views that are cut from the recording of a panorama.
package final class PanoramaPictures: PictureSource {
    private let plan: VideoPlan
    private let clip: Clip
    private let coverage: PanoramaCoverage
    /// Horizontal, degrees, at the widest.
    private let fieldOfView: Double
    private let frames = Mutex(Weak())

    /// - Parameters:
    ///   - plan: the recording of the panorama.
    ///   - coverage: what it shows.
    ///   - fieldOfView: horizontal angle of the lens at its widest, degrees.
    package init(_ plan: StreamPlan, coverage: PanoramaCoverage, fieldOfView: Double) {
        self.plan = plan.video
        clip = plan.clip
        self.coverage = coverage
        self.fieldOfView = fieldOfView
    }

    package func subject(at elapsed: Int64, _ pose: ViewPose) -> PictureSubject {
        .panorama(pose, frame: plan.index(shownAt: elapsed))
    }

    package func maker(width: Int, height: Int) throws(AVError) -> any PictureMaker {
        let shared = try frames.withLock { (weak) throws(AVError) -> PanoramaFrames in
            if let known = weak.frames { return known }
            let shared = try PanoramaFrames(clip)
            weak.frames = shared
            return shared
        }
        return Maker(shared, coverage, fieldOfView, width: width, height: height)
    }

    private struct Weak {
        weak var frames: PanoramaFrames?
    }

    private final class Maker: PictureMaker {
        private let frames: PanoramaFrames
        private let coverage: PanoramaCoverage
        private let fieldOfView: Double
        private let (width, height): (Int, Int)
        /// Of the latest view, which the next often is.
        private var cut: (pose: ViewPose, cut: PanoramaCut)?

        init(
            _ frames: PanoramaFrames, _ coverage: PanoramaCoverage, _ fieldOfView: Double, width: Int, height: Int
        ) {
            (self.frames, self.coverage, self.fieldOfView) = (frames, coverage, fieldOfView)
            (self.width, self.height) = (width, height)
        }

        func picture(of subject: PictureSubject) throws(AVError) -> YUVPicture {
            guard case .panorama(let pose, let frame) = subject else {
                return YUVPicture(width: width, height: height, filled: .black)
            }
            let panorama = try frames.picture(of: frame)
            if let cut, cut.pose == pose { return cut.cut.picture(of: panorama) }
            let tangent = Trigonometry.tangent(fieldOfView / 2) / pose.zoom
            let view = CameraView(
                position: .zero, pan: pose.pan, tilt: pose.tilt, roll: pose.roll,
                fieldOfView: 2 * Trigonometry.arctangent(y: tangent, x: 1), width: width, height: height)
            let cut = PanoramaCut(coverage, view: view)
            self.cut = (pose, cut)
            return cut.picture(of: panorama)
        }
    }
}

/// The pictures of a panorama, decoded once for all streams of a camera that are at about the same place of it.
private final class PanoramaFrames: Sendable {
    /// Pictures that are kept for streams a little behind.
    private static let kept = 3

    private struct State {
        var player: ClipPlayer
        var latest: [(frame: Int, picture: YUVPicture)] = []
    }

    private let state: Mutex<State>

    /// - Throws: where libavcodec has no decoder for it.
    init(_ clip: Clip) throws(AVError) {
        let size = clip.video.parameters
        state = Mutex(State(player: try ClipPlayer(clip, width: size.width, height: size.height)))
    }

    func picture(of frame: Int) throws(AVError) -> YUVPicture {
        try state.withLock { (state) throws(AVError) -> YUVPicture in
            if let known = state.latest.first(where: { $0.frame == frame }) { return known.picture }
            let picture = try state.player.picture(of: frame)
            state.latest.append((frame, picture))
            if state.latest.count > Self.kept { state.latest.removeFirst() }
            return picture
        }
    }
}
