import AV
import Foundation
import Gzip
import Metadata
import NIOCore
import ONVIF
import Pictures
import RTP

/// What one camera has on air: a live stream for each media profile that somebody asked for.
///
/// Used on the camera's event loop only, which `AiringBox` asserts.
final class Airing {
    private let profile: CameraProfile
    private let seed: UInt64
    /// When the camera was switched on, nanoseconds of the stream clock.
    let epoch: Int64
    private let clock: StreamClock
    private let pool: EncodingPool
    private let faults: FaultSwitch
    /// The state of the device, on the camera's loop; nil before there is one.
    private let state: @Sendable () -> DeviceState?
    private let scenery: Scenery?
    /// What the camera looks at, shared by its streams; nil where they show recordings.
    private let source: (any PictureSource)?
    /// The next document of a media profile's metadata; nil where there is nothing to tell.
    private let metadata: @Sendable (_ token: String, _ occasion: MetadataFeed.Occasion) -> [UInt8]?
    /// Told when nobody takes the metadata of a media profile any more.
    private let metadataEnded: @Sendable (_ token: String) -> Void
    /// What describes the pictures; nil where nothing does.
    let scenes: SceneAnalytics?
    private var streams: [String: (key: Key, stream: LiveStream)] = [:]
    /// Streams made so far, so that none has the numbers of another.
    private var made: UInt64 = 0

    private struct Key: Equatable {
        let recording: String
        let hasAudio: Bool
        let encoding: VideoEncoding
        let isRecorded: Bool
        let metadata: MetadataCompression?

        /// What is encoded goes on as long as somebody watches it, even where the recording would do by now.
        func canUse(_ stream: LiveStream, of key: Key) -> Bool {
            let encoded = Key(
                recording: recording, hasAudio: hasAudio, encoding: encoding, isRecorded: false, metadata: metadata)
            return key == encoded && stream.encoded?.isRunning == true
        }
    }

    init(
        profile: CameraProfile, seed: UInt64, clock: StreamClock, pool: EncodingPool, faults: FaultSwitch,
        loop: any EventLoop, state: @escaping @Sendable () -> DeviceState?,
        metadata: @escaping @Sendable (String, MetadataFeed.Occasion) -> [UInt8]?,
        metadataEnded: @escaping @Sendable (String) -> Void,
        observe: @escaping @Sendable (MetadataFrame, Int) -> Void
    ) {
        self.faults = faults
        self.profile = profile
        scenery = profile.scenery
        source = profile.scenery?.source()
        self.seed = seed
        self.clock = clock
        self.pool = pool
        self.state = state
        self.metadata = metadata
        self.metadataEnded = metadataEnded
        let epoch = clock.now
        self.epoch = epoch
        let source = source
        scenes = profile.scenes.map { settings in
            SceneAnalytics(
                profile, settings, epoch: epoch, clock: clock, loop: loop, pictures: source, device: state,
                observe: observe)
        }
    }

    /// The world that the camera looks into; nil where it shows something else.
    var world: ViewedWorld? { scenery?.world(epoch: epoch) }

    /// The stream of a media profile as it is configured now.
    func stream(of token: String) -> LiveStream? {
        guard let wanted = state().flatMap({ key(of: token, in: $0) }) else { return nil }
        let recording = profile.recordings[wanted.recording]
        guard recording != nil || scenery != nil else { return nil }
        if let known = streams[token], known.key == wanted || wanted.canUse(known.stream, of: known.key) {
            return known.stream
        }
        var seed = seed
        for byte in token.utf8 { seed = (seed ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // What is heard does not depend on where the camera looks.
        let plan = wanted.hasAudio ? (recording ?? profile.sound)?.plan : recording?.silentPlan
        var encoded: EncodedVideo?
        if !wanted.isRecorded {
            // Settings that the encoder refuses are no stream; the options are made of what it takes.
            guard let source = source ?? recording?.pictures,
                let video = try? encodedVideo(
                    source, wanted.encoding, recorded: recording?.clip.video.parameters.frameRate, of: token)
            else { return nil }
            encoded = video
        }
        let stream = LiveStream(
            plan, encoded: encoded, metadata: wanted.metadata.map { metadataFeed(of: token, $0) },
            seed: seed ^ made << 56, epoch: epoch, faults: faults, black: recording?.black)
        made &+= 1
        streams[token] = (wanted, stream)
        return stream
    }

    private func key(of token: String, in state: DeviceState) -> Key? {
        guard let configured = state.media.stream(ofProfile: token), let rendition = configured.rendition,
            let encoding = configured.encoding
        else { return nil }
        let isChanged = state.pictureTreatment(ofProfile: token).map { !$0.isIdentity } ?? false
        return Key(
            recording: rendition.recording, hasAudio: configured.hasAudio, encoding: encoding,
            isRecorded: configured.isRecorded && !isChanged,
            metadata: state.media.metadataStream(ofProfile: token).map { MetadataCompression($0.compression) })
    }

    private func metadataFeed(of token: String, _ compression: MetadataCompression) -> MetadataFeed {
        let (metadata, ended) = (metadata, metadataEnded)
        let compress: @Sendable ([UInt8]) -> [UInt8]? = { compression == .gzip ? Gzip.compress($0) : $0 }
        let outlet = profile.outlet?.watch(ofProfile: token, compress: compress)
        return MetadataFeed(
            compression, epoch: epoch, watch: outlet ?? scenes?.watch(ofProfile: token, compress: compress),
            compose: { occasion in metadata(token, occasion).flatMap(compress) }, ended: { ended(token) })
    }

    private func encodedVideo(
        _ source: any PictureSource, _ encoding: VideoEncoding, recorded: TimeBase?, of token: String
    ) throws(AVError) -> EncodedVideo {
        let (clock, state, scenery) = (clock, state, scenery)
        let settings = VideoEncoder.Settings(encoding, recorded: recorded)
        return try EncodedVideo(
            source, settings: settings, epoch: epoch, pool: pool, isTimely: scenery != nil,
            rests: scenery?.rests(as: settings) { encoding.isMet(by: $0.rendition(named: "")) } ?? [], faults: faults
        ) { instant in
            let host = Date(timeIntervalSinceNow: Double(instant - clock.now) / 1e9)
            guard let state = state() else { return EncodedVideo.Look() }
            var look = EncodedVideo.Look(
                retouch: state.pictureTreatment(ofProfile: token).map { Retouch($0, host: host) } ?? Retouch())
            if let scenery {
                let time = state.clock.now(host: host)
                look.pose = scenery.pose(of: state.ptz, at: time)
                look.isMoving = state.ptz?.isMoving(at: time) ?? false
            }
            return look
        }
    }

    /// Forgets the stream of a media profile whose configuration has changed.
    func drop(_ token: String) -> LiveStream? {
        streams.removeValue(forKey: token)?.stream
    }

    /// The stream of a media profile that somebody has asked for.
    func known(_ token: String) -> LiveStream? { streams[token]?.stream }

    /// The media profiles whose recordings go out as they are, though by now something is to be done to them.
    var outdated: [String] {
        guard let state = state() else { return [] }
        return streams.filter { token, known in
            known.key.isRecorded && key(of: token, in: state)?.isRecorded == false
        }.map(\.key)
    }

    /// The picture of a media profile that is on air, and what is done to it.
    func still(of token: String) -> Still? {
        guard let state = state(), let stream = stream(of: token), let key = key(of: token, in: state) else {
            return nil
        }
        let now = clock.now
        let resolution = key.encoding.resolution
        if let source, let encoded = stream.encoded {
            let sight = encoded.sight(at: now)
            let content = encoded.recording(of: sight).map { Still.Content.recorded($0.clip, frame: $0.frame) }
            return Still(
                content: content ?? .made(source, sight.subject, sight.retouch), resolution: resolution,
                isBlack: sight.isBlack)
        }
        guard let recording = profile.recordings[key.recording] else { return nil }
        let picture = stream.pictureOnAir(at: now)
        guard !key.isRecorded else {
            return Still(
                content: .recorded(recording.clip, frame: picture.index), resolution: resolution,
                isBlack: picture.isBlack)
        }
        let shown = faults.timeline?.picture(at: now).shown(at: now) ?? now
        let host = Date(timeIntervalSinceNow: Double(shown - now) / 1e9)
        let retouch = state.pictureTreatment(ofProfile: token).map { Retouch($0, host: host) } ?? Retouch()
        return Still(
            content: .made(recording.pictures, .frame(picture.index), retouch), resolution: resolution,
            isBlack: picture.isBlack)
    }
}

extension MetadataCompression {
    fileprivate init(_ compression: MetadataConfiguration.Compression) {
        self = compression == .gzip ? .gzip : .none
    }
}
