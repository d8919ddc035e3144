import AV
import Analytics
import Foundation
import Metadata
import NIOCore
import ONVIF
import Synchronization
import Truth
import Vision
import Worlds

/// What describes the pictures of one camera: for metadata streams that somebody takes, and for its rules.
///
/// Entered on the camera's event loop.
final class SceneAnalytics: Sendable {
    /// How often the camera is asked whether its rules want to see, nanoseconds.
    private static let question: Int64 = 1_000_000_000
    /// The longest that a description waits until it is sent, nanoseconds.
    private static let patience: Int64 = 40_000_000

    private struct State {
        /// By video source; nil where nothing describes it.
        var watches: [Int: SceneWatch?] = [:]
        /// The latest picture that was asked for, by media profile.
        var asked: [String: Int] = [:]
        var scheduled: Scheduled<Void>?
        var isOver = false
    }

    private let profile: CameraProfile
    private let settings: AnalyticsSettings
    /// When the camera was switched on, nanoseconds of the stream clock.
    private let epoch: Int64
    private let clock: StreamClock
    private let loop: any EventLoop
    private let pictures: (any PictureSource)?
    private let device: @Sendable () -> DeviceState?
    private let observe: @Sendable (_ frame: MetadataFrame, _ source: Int) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - profile: of the camera.
    ///   - settings: of its analytics.
    ///   - epoch: when it was switched on, nanoseconds of the stream clock.
    ///   - clock: of its streams.
    ///   - loop: of the camera.
    ///   - pictures: what it looks at, where it shows no recordings.
    ///   - device: its state, on the loop; nil before there is one.
    ///   - observe: told every description, on the loop.
    init(
        _ profile: CameraProfile, _ settings: AnalyticsSettings, epoch: Int64, clock: StreamClock, loop: any EventLoop,
        pictures: (any PictureSource)?, device: @escaping @Sendable () -> DeviceState?,
        observe: @escaping @Sendable (MetadataFrame, Int) -> Void
    ) {
        self.profile = profile
        self.settings = settings
        self.epoch = epoch
        self.clock = clock
        self.loop = loop
        self.pictures = pictures
        self.device = device
        self.observe = observe
    }

    // MARK: Metadata streams

    /// Looks after the pictures of a media profile whose metadata somebody takes.
    ///
    /// - Parameters:
    ///   - token: of the media profile.
    ///   - compress: what is done to a document.
    /// - Returns: what `MetadataFeed` calls.
    func watch(
        ofProfile token: String, compress: @escaping @Sendable ([UInt8]) -> [UInt8]?
    ) -> MetadataFeed.Watch {
        { feed, video, now in
            guard let device = self.device(), let wanted = device.media.metadataStream(ofProfile: token)?.analytics,
                let configuration = device.media.analytics.first(where: { $0.token == wanted }),
                let watch = self.watch(ofSource: configuration.source, device)
            else { return now + MetadataFeed.interval }
            guard let moment = video.moment(at: now) else { return now + Self.patience }
            let next = min(moment.next, now + Self.patience)
            let isNew = self.state.withLock { state in
                let index = watch.index(of: moment.instant)
                guard state.asked[token] != index else { return false }
                state.asked[token] = index
                return true
            }
            guard isNew, !moment.isBlack else { return next }
            self.describe(moment, of: configuration.source, by: watch, device) { frame in
                guard let bytes = compress(MetadataWriter().document(of: [frame])) else { return }
                feed.append(bytes, at: self.clock.now)
            }
            return next
        }
    }

    private func describe(
        _ moment: PictureMoment, of source: Int, by watch: SceneWatch, _ device: DeviceState,
        taker: SceneWatch.Taker? = nil
    ) {
        // By the clock of sender reports, in whole microseconds.
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        let utc = (now - (clock.now - moment.instant)) / 1000 * 1000
        watch.describe(moment, utc: utc, standpoint: standpoint(ofSource: source, device), taker: taker)
    }

    // MARK: Rules

    /// Looks at the pictures of all video sources for as long as rules want it; ends with `stop`.
    ///
    /// - Parameters:
    ///   - wants: whether rules want to see; asked each second.
    ///   - stream: of a media profile.
    func serveRules(
        wants: @escaping @Sendable () -> Bool, stream: @escaping @Sendable (_ token: String) -> LiveStream?
    ) {
        var delay = Self.question
        if let device = device(), wants() {
            for configuration in device.media.analytics {
                guard let watch = watch(ofSource: configuration.source, device) else { continue }
                delay = min(delay, watch.interval)
                let token = device.media.profiles.first { profile in
                    device.media.videoSources.contains {
                        $0.token == profile[.videoSource] && $0.source == configuration.source
                    } && device.media.rendition(ofProfile: profile.token) != nil
                }?.token
                guard let token, let moment = stream(token)?.moment(at: clock.now), !moment.isBlack else { continue }
                describe(moment, of: configuration.source, by: watch, device)
            }
        }
        let scheduled = loop.scheduleTask(in: .nanoseconds(delay)) {
            self.serveRules(wants: wants, stream: stream)
        }
        state.withLock { state in
            if state.isOver { scheduled.cancel() } else { state.scheduled = scheduled }
        }
    }

    /// The camera is switched off.
    func stop() {
        state.withLock { state in
            state.isOver = true
            state.scheduled?.cancel()
        }
    }

    // MARK: Sources

    private func watch(ofSource source: Int, _ device: DeviceState) -> SceneWatch? {
        if let known = state.withLock({ $0.watches[source] }) { return known }
        let made = makeWatch(source, device)
        state.withLock { $0.watches[source] = .some(made) }
        return made
    }

    private func makeWatch(_ source: Int, _ device: DeviceState) -> SceneWatch? {
        guard let eye = eye(ofSource: source, device) else { return nil }
        let rate = min(settings.rate ?? .infinity, profile.pictureRate(ofSource: source) ?? 1)
        let observe = observe
        let errors = settings.errors(atRate: rate)
        return SceneWatch(
            rate: rate, epoch: epoch, loop: loop, eye: { eye(errors) }, observe: { observe($0, source) })
    }

    private func eye(
        ofSource source: Int, _ device: DeviceState
    ) -> (@Sendable (ErrorModel) -> (any SceneEye)?)? {
        let recording = profile.scenery == nil ? profile.recording(ofSource: source) : nil
        guard settings.source != .core else {
            guard let sight = coreSight(recording, device) else { return nil }
            return { _ in try? CoreEye(sight) }
        }
        if case .world(let world, let camera)? = profile.scenery?.kind {
            return { TruthEye(WorldTruth(world, camera: camera), errors: $0) }
        }
        guard let recording else { return nil }
        return { errors in
            (try? recording.truth.sidecar()).map { TruthEye(RecordedTruth($0, of: recording.clip), errors: errors) }
        }
    }

    private func coreSight(_ recording: Recording?, _ device: DeviceState) -> CoreEye.Sight? {
        if let recording {
            guard let sheet = try? recording.truth.sheet() else { return nil }
            let camera = VisionCamera(
                position: sheet.position, pan: sheet.pose[0], tilt: sheet.pose[1], roll: sheet.pose[2],
                fieldOfView: sheet.pose[3], distortion: sheet.distortion)
            return CoreEye.Sight(
                source: recording.pictures, settings: nil, width: recording.resolution.width,
                height: recording.resolution.height, camera: { _ in camera })
        }
        guard case .world(_, let camera)? = profile.scenery?.kind, let pictures,
            let encoding = device.media.profiles.lazy.compactMap({ device.media.stream(ofProfile: $0.token)?.encoding })
                .first
        else { return nil }
        let settings = VideoEncoder.Settings(encoding, recorded: nil)
        return CoreEye.Sight(
            source: pictures, settings: settings, width: settings.width, height: settings.height,
            camera: { subject in
                guard case .world(let pose, _) = subject else { return VisionCamera(camera.view()) }
                return VisionCamera(camera.view(pose, width: settings.width, height: settings.height))
            })
    }

    private func standpoint(ofSource source: Int, _ device: DeviceState) -> TruthSource.Standpoint? {
        guard let place = device.headPlacement else { return nil }
        let geo = GeoPosition(longitude: place.longitude, latitude: place.latitude, elevation: place.elevation)
        if case .world(_, let camera)? = profile.scenery?.kind {
            let position = camera.position
            return TruthSource.Standpoint(position: [position.x, position.y, position.z], geoLocation: geo)
        }
        guard let sheet = try? profile.recording(ofSource: source)?.truth.sheet() else { return nil }
        return TruthSource.Standpoint(position: sheet.position, geoLocation: geo)
    }
}

extension VisionCamera {
    /// Where a device knows itself to look from.
    init(_ view: CameraView) {
        self.init(
            position: [view.position.x, view.position.y, view.position.z], pan: view.pan, tilt: view.tilt,
            roll: view.roll, fieldOfView: view.fieldOfView, distortion: view.distortion)
    }
}

extension CameraProfile {
    /// The largest recording of a video source.
    func recording(ofSource source: Int) -> Recording? {
        guard model.videos.indices.contains(source) else { return nil }
        return model.videos[source].renditions.lazy.compactMap { recordings[$0.recording] }.first
    }

    /// Pictures a second of what a video source shows.
    func pictureRate(ofSource source: Int) -> Double? {
        if case .world(_, let camera)? = scenery?.kind { return Double(camera.rate) }
        return recording(ofSource: source)?.clip.video.parameters.framesPerSecond
    }
}
