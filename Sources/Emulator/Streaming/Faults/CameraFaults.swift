internal import NIOCore
internal import NIOPosix

/// The faults of one camera, for those who switch them: makes ready what a script needs before it comes into force.
final class CameraFaults: Sendable {
    let faultSwitch = FaultSwitch()
    private let profile: CameraProfile
    private let loop: SendLoop

    init(_ profile: CameraProfile, loop: SendLoop) {
        self.profile = profile
        self.loop = loop
    }

    /// - Throws: `CameraError.noBlackPicture`; the script before stays in force.
    func set(_ script: FaultScript) async throws {
        let (profile, loop, faultSwitch) = (profile, loop, faultSwitch)
        // Encoding is no work for an event loop.
        try await NIOThreadPool.singleton.runIfActive { try profile.check(script) }
        try await loop.eventLoop.submit { faultSwitch.set(script, at: loop.clock.now) }.get()
    }
}
