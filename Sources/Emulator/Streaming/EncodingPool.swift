internal import AV
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The threads that encode pictures, and the bounds of how much is encoded at a time; one for a fleet.
///
/// Recordings that go out as they are never come here.
package final class EncodingPool: Sendable {
    /// Streams that are encoded at a time, in all cameras together, for each core of the machine; a further viewer is
    /// refused. A core draws and encodes some six views of 1280 × 720; each takes some 30 MB.
    static let streamsPerCore = 8
    /// On a small machine, too: small pictures cost less.
    static let leastStreams = 16
    static let streamLimit = max(leastStreams, streamsPerCore * System.coreCount)
    /// Threads at most; they take no more than half of the machine, since the rest has to send.
    static let threadLimit = 16
    /// Settings whose parameter sets are remembered.
    private static let rememberedSettings = 64

    private struct State {
        var running = 0
        var parameters: [VideoEncoder.Settings: VideoParameters] = [:]
    }

    private let pool = NIOThreadPool(
        numberOfThreads: max(1, min(EncodingPool.threadLimit, System.coreCount / 2)))
    private let state = Mutex(State())

    package init() {
        pool.start()
    }

    func submit(_ work: @escaping @Sendable () -> Void) {
        pool.submit { state in
            if case .active = state { work() }
        }
    }

    /// What SDP says of a stream with these settings, before its first picture.
    ///
    /// - Throws: what the encoder says of the settings.
    func parameters(of settings: VideoEncoder.Settings) throws(AVError) -> VideoParameters {
        if let known = state.withLock({ $0.parameters[settings] }) { return known }
        let parameters = try VideoEncoder(settings).parameters
        state.withLock { state in
            if state.parameters.count >= Self.rememberedSettings { state.parameters = [:] }
            state.parameters[settings] = parameters
        }
        return parameters
    }

    // MARK: Streams

    /// Streams that are encoded now.
    package var runningStreams: Int { state.withLock { $0.running } }

    var hasRoom: Bool { runningStreams < Self.streamLimit }

    func streamStarted() { state.withLock { $0.running += 1 } }

    func streamEnded() { state.withLock { $0.running -= 1 } }

    func shutDown() async {
        try? await pool.shutdownGracefully()
    }
}
