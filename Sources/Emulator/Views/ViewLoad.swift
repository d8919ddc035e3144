package import AV
internal import CoreFoundation
internal import Foundation
internal import ONVIF

/// Many live views of one profile, drawn and encoded one after the other on the calling thread, to see what a core holds.
public struct ViewLoad: Sendable {
    /// Why there is nothing to measure.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        case noView(profile: String)
        case noPicture(reason: String)

        public var description: String {
            switch self {
            case .noView(let profile):
                "\(profile) has neither \"world\" nor \"panorama\", so that it has no live view; take a profile that has one"
            case .noPicture(let reason): "no picture can be made: \(reason)"
            }
        }
    }

    /// What a run took.
    public struct Result: Sendable {
        public var views = 0
        public var pictures = 0
        /// Seconds of processor time of all pictures.
        public var drawing = 0.0
        public var encoding = 0.0
        /// Seconds of processor time of the worst picture.
        public var slowest = 0.0
        public var bytes = 0
        /// Seconds from beginning to end.
        public var elapsed = 0.0
        /// Pictures that were done later than the next was due.
        public var late = 0

        /// Milliseconds of processor time for a picture.
        public var drawingPerPicture: Double { pictures > 0 ? drawing / Double(pictures) * 1000 : 0 }
        public var encodingPerPicture: Double { pictures > 0 ? encoding / Double(pictures) * 1000 : 0 }
        /// kbit/s of a view.
        public func bitRate(_ rate: Double) -> Double {
            pictures > 0 ? Double(bytes) * 8 / Double(pictures) * rate / 1000 : 0
        }
    }

    /// Seconds from key frame to key frame.
    private static let groupSeconds = 2.0
    /// kbit/s at most.
    private static let bitRate = 4000
    /// Degrees a second of the slowest head, and of each that is faster than the one before.
    private static let panSpeeds = (first: 4.0, step: 9.0)
    /// Seconds of a zoom in and out, and of a nod.
    private static let periods = (zoom: 12.0, tilt: 17.0)
    /// Magnification up to which views zoom, as far as the head does.
    private static let zoomLimit = 20.0

    private let scenery: Scenery
    private let head: PTZModel
    private let width: Int
    private let height: Int
    private let rate: Int
    private let coding: VideoEncoder.Profile
    /// Of each ten views.
    private let restingOfTen: Int

    /// - Parameters:
    ///   - profile: with a view and a head.
    ///   - width: pixels; even.
    ///   - height: pixels; even.
    ///   - rate: pictures a second.
    ///   - resting: share of the views that stand still, in tenths; the others pan and zoom all the time.
    ///   - coding: the profile of H.264.
    /// - Throws: `noView`.
    package init(
        _ profile: CameraProfile, width: Int, height: Int, rate: Int, resting: Double,
        coding: VideoEncoder.Profile = .main
    ) throws(Failure) {
        guard let scenery = profile.scenery, let head = profile.model.ptz else {
            throw .noView(profile: profile.name)
        }
        (self.scenery, self.head) = (scenery, head)
        (self.width, self.height, self.rate) = (width, height, rate)
        self.coding = coding
        restingOfTen = Int((resting * 10).rounded())
    }

    private struct View {
        var source: any PictureSource
        var maker: any PictureMaker
        var encoder: VideoEncoder
    }

    /// Makes pictures as fast as it can, or each when it is due.
    ///
    /// - Parameters:
    ///   - count: views.
    ///   - seconds: of their time.
    ///   - isLive: whether pictures wait until they are due.
    /// - Returns: what it took.
    /// - Throws: `noPicture`.
    public func run(views count: Int, seconds: Double, isLive: Bool) throws(Failure) -> Result {
        var result = Result(views: count)
        do throws(AVError) {
            var views: [View] = []
            for _ in 0..<count {
                let source = scenery.source()
                views.append(
                    View(
                        source: source, maker: try source.maker(width: width, height: height),
                        encoder: try VideoEncoder(
                            .init(
                                width: width, height: height, frameRate: .init(numerator: Int64(rate), denominator: 1),
                                groupLength: Int(Self.groupSeconds * Double(rate)), bitRate: Self.bitRate,
                                profile: coding))))
            }
            // Textures and encoders are made with the first picture, once.
            var first = Result(views: count)
            for (index, view) in views.enumerated() {
                try Self.picture(view, pose(of: index, at: -1 / Double(rate)), 0, rate, &first)
            }
            let clock = ContinuousClock()
            let start = clock.now
            for number in 0..<max(1, Int(seconds * Double(rate))) {
                let due = start + .seconds(Double(number) / Double(rate))
                if isLive, clock.now < due { Thread.sleep(forTimeInterval: clock.now.duration(to: due) / .seconds(1)) }
                for (index, view) in views.enumerated() {
                    try Self.picture(view, pose(of: index, at: Double(number) / Double(rate)), number, rate, &result)
                    if isLive, clock.now > due + .seconds(1 / Double(rate)) { result.late += 1 }
                }
            }
            result.elapsed = start.duration(to: clock.now) / .seconds(1)
        } catch {
            throw .noPicture(reason: "\(error)")
        }
        return result
    }

    private static func picture(
        _ view: View, _ pose: ViewPose, _ number: Int, _ rate: Int, _ result: inout Result
    ) throws(AVError) {
        let begin = processorTime
        let elapsed = Int64(number) * 1_000_000_000 / Int64(rate)
        let picture = try view.maker.picture(of: view.source.subject(at: elapsed, pose))
        let drawn = processorTime
        result.bytes += try view.encoder.encode(picture).bytes.count
        let done = processorTime
        result.pictures += 1
        result.drawing += drawn - begin
        result.encoding += done - drawn
        result.slowest = max(result.slowest, done - begin)
    }

    /// Every head goes its own way; those that rest do so in different directions.
    private func pose(of index: Int, at time: Double) -> ViewPose {
        let isResting = index % 10 >= 10 - restingOfTen
        let time = isResting ? 0 : time
        func wave(_ period: Double) -> Double { 0.5 - 0.5 * cos(2 * .pi * time / period) }
        let speed = Self.panSpeeds.first + Self.panSpeeds.step * Double(index % 8)
        let turn = Double(index * 47) + speed * time
        let span = head.pan.maximum - head.pan.minimum
        // To and fro where the head has ends.
        let pan = head.isPanEndless ? turn : span - abs(turn.truncatingRemainder(dividingBy: 2 * span) - span)
        let low = max(head.tilt.minimum, -30)
        let reach = min(Self.zoomLimit, head.zoom.maximum / head.zoom.minimum)
        return ViewPose(
            pan: head.pan.minimum + pan,
            tilt: low + (min(head.tilt.maximum, 5) - low) * (1 - wave(Self.periods.tilt) * 0.6),
            zoom: 1 + (reach - 1) * wave(Self.periods.zoom) * (index % 2 == 0 ? 1 : 0.2))
    }

    /// Seconds of the calling thread.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
