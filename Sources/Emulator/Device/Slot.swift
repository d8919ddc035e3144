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

    init(profile: CameraProfile, seed: UInt64, epoch: Int64, loop: any EventLoop) {
        bound = NIOLoopBoundBox.makeBoxSendingValue(
            Airing(profile: profile, seed: seed, epoch: epoch), eventLoop: loop)
    }

    func stream(of token: String, in media: MediaState) -> LiveStream? {
        bound.value.stream(of: token, in: media)
    }

    func drop(_ token: String) -> LiveStream? {
        bound.value.drop(token)
    }
}
