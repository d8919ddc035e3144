import AV
import Foundation
import NIOCore
import NIOPosix
import ONVIF
import RTP
import Synchronization

/// What one camera has on air: a live stream for each media profile that somebody asked for.
///
/// Used on the camera's event loop only, which `loop` asserts.
final class Airing {
    private let profile: CameraProfile
    private let seed: UInt64
    /// When the camera was switched on, nanoseconds of the stream clock.
    private let epoch: Int64
    private var streams: [String: (key: Key, stream: LiveStream)] = [:]

    private struct Key: Equatable {
        let recording: String
        let hasAudio: Bool
    }

    init(profile: CameraProfile, seed: UInt64, epoch: Int64) {
        self.profile = profile
        self.seed = seed
        self.epoch = epoch
    }

    /// The stream of a media profile as it is configured now.
    func stream(of token: String, in media: MediaState) -> LiveStream? {
        guard let configured = media.stream(ofProfile: token), let rendition = configured.rendition,
            let recording = profile.recordings[rendition.recording]
        else { return nil }
        let key = Key(recording: rendition.recording, hasAudio: configured.hasAudio)
        if let known = streams[token], known.key == key { return known.stream }
        var seed = seed
        for byte in token.utf8 { seed = (seed ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let stream = LiveStream(
            key.hasAudio ? recording.plan : recording.silentPlan, seed: seed ^ UInt64(streams.count) << 56, epoch: epoch
        )
        streams[token] = (key, stream)
        return stream
    }

    /// Forgets the stream of a media profile whose configuration has changed.
    func drop(_ token: String) -> LiveStream? {
        streams.removeValue(forKey: token)?.stream
    }

    /// Everything on air.
    var all: [LiveStream] { streams.values.map(\.stream) }
}

/// Decodes and encodes still pictures off the event loops, each picture once.
final class SnapshotMaker: Sendable {
    /// Pictures kept for the next who asks; 25 of them are a second of one stream.
    private static let keptPictures = 32
    /// Threads that decode; more would take time from the streams.
    private static let threads = 1

    private let pool = NIOThreadPool(numberOfThreads: threads)
    private let kept = Mutex<[(file: String, frame: Int, picture: EventLoopFuture<[UInt8]>)]>([])

    init() {
        pool.start()
    }

    /// The frame that the stream has on air, as JPEG.
    func picture(of stream: LiveStream, at now: Int64, on loop: any EventLoop) -> EventLoopFuture<[UInt8]> {
        let (clip, frame) = (stream.plan.clip, stream.frameOnAir(at: now))
        return kept.withLock { kept in
            if let known = kept.first(where: { $0.frame == frame && $0.file == clip.file }) {
                return known.picture.hop(to: loop)
            }
            let picture = pool.runIfActive(eventLoop: loop) { try clip.snapshot(frame: frame) }
            if kept.count >= Self.keptPictures { kept.removeFirst() }
            kept.append((clip.file, frame, picture))
            return picture
        }
    }

    func shutDown() async {
        try? await pool.shutdownGracefully()
    }
}
