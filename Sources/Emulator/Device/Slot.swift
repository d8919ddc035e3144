import Metadata
import NIOCore
import ONVIF

/// What the listeners look for on the loop; filled once the ports are known.
final class Slot {
    private(set) var device: Device?
    private(set) var airing: AiringBox?

    func fill(_ device: Device, _ airing: AiringBox) {
        self.device = device
        self.airing = airing
    }
}

/// The airing, bound to its loop.
final class AiringBox: Sendable {
    private let bound: NIOLoopBoundBox<Airing>

    init(
        profile: CameraProfile, seed: UInt64, clock: StreamClock, pool: EncodingPool, faults: FaultSwitch,
        loop: any EventLoop, state: @escaping @Sendable () -> DeviceState?,
        metadata: @escaping @Sendable (String, MetadataFeed.Occasion) -> [UInt8]?,
        metadataEnded: @escaping @Sendable (String) -> Void,
        observe: @escaping @Sendable (MetadataFrame, Int) -> Void
    ) {
        bound = NIOLoopBoundBox.makeBoxSendingValue(
            Airing(
                profile: profile, seed: seed, clock: clock, pool: pool, faults: faults, loop: loop, state: state,
                metadata: metadata, metadataEnded: metadataEnded, observe: observe), eventLoop: loop)
    }

    func stream(of token: String) -> LiveStream? { bound.value.stream(of: token) }

    func known(_ token: String) -> LiveStream? { bound.value.known(token) }

    func drop(_ token: String) -> LiveStream? { bound.value.drop(token) }

    func still(of token: String) -> Still? { bound.value.still(of: token) }

    var outdated: [String] { bound.value.outdated }

    /// What describes the pictures; nil where nothing does.
    var scenes: SceneAnalytics? { bound.value.scenes }

    /// When the camera was switched on, nanoseconds of the stream clock.
    var epoch: Int64 { bound.value.epoch }

    /// The world that the camera looks into; nil where it shows something else.
    var world: ViewedWorld? { bound.value.world }
}
