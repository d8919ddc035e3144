internal import Pictures
internal import RTP

/// A picture that a stream shows, as the analytics have to know it.
struct PictureMoment: Sendable {
    /// When it was taken, nanoseconds of the stream clock: what its RTP timestamp says.
    var instant: Int64
    var subject: PictureSubject
    var retouch: Retouch
    /// A fault hides what it shows.
    var isBlack: Bool
    /// When the next is due, nanoseconds of the stream clock.
    var next: Int64
}

extension PictureMoment {
    /// The instant that a timestamp leads to.
    ///
    /// - Parameters:
    ///   - ticks: of the video clock since the epoch.
    ///   - epoch: of the stream, nanoseconds of the stream clock.
    /// - Returns: nanoseconds of the stream clock.
    static func instant(ofTicks ticks: Int64, epoch: Int64) -> Int64 {
        epoch + Int64(Int128(ticks) * 1_000_000_000 / Int128(StreamPlan.videoClockRate))
    }
}
