package import AV
package import RTP

/// A recording of what a view shows while the head rests at one pose, coded as a stream is: its pictures go out as they are.
///
/// World and recording both begin at the epoch and are as long, so that picture for picture they show the same moment.
package struct RestingView: Sendable {
    package let pose: ViewPose
    private let plan: VideoPlan
    /// What the pieces of pictures lie in.
    let bytes: [UInt8]
    let clip: Clip

    /// Nil where the recording's pictures do not come one by one at that rate.
    ///
    /// - Parameters:
    ///   - pose: where the camera looked while it was recorded.
    ///   - plan: of the recording.
    ///   - rate: pictures a second of the stream.
    package init?(pose: ViewPose, _ plan: StreamPlan, rate: TimeBase) {
        let track = plan.clip.video
        let (count, nanoseconds) = (Int64(track.frames.count), Int64(1_000_000_000))
        let interval = TimeBase(numerator: rate.denominator, denominator: rate.numerator)
        let isEven = (0...count).allSatisfy { number in
            let due = number < count ? track.frames[Int(number)].time : track.duration
            return abs(
                track.timeBase.scale(due, toRate: nanoseconds) - interval.scale(number, toRate: nanoseconds))
                < Self.tolerance
        }
        guard isEven else { return nil }
        self.pose = pose
        self.plan = plan.video
        bytes = plan.clip.bytes
        clip = plan.clip
    }

    /// By which a picture may be off its place in the raster, nanoseconds.
    private static let tolerance: Int64 = 1_000_000

    func isKey(_ place: Int64) -> Bool { plan.key(before: place) == place }

    /// The latest key frame at or before a place of the raster.
    func key(before place: Int64) -> Int64 { plan.key(before: place) }

    func fragments(_ place: Int64) -> ArraySlice<Fragment> { plan.fragments(of: place) }

    /// The recording's own number of what is at a place.
    func frame(_ place: Int64) -> Int { plan.index(of: place) }
}
