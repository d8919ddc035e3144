import Dispatch
import Foundation
import NIOCore
import NIOPosix
import RTSP

/// Viewers of RTSP streams: how many, of what, how they come, and how long they are measured.
public struct RTSPLoadPlan: Sendable {
    /// Where RTP goes.
    public enum Transport: String, CaseIterable, Sendable {
        case tcp, udp
    }

    /// Streams; viewers are spread over them.
    public var urls: [String]
    public var viewers: Int
    public var transport: Transport
    /// Viewers that come in a second.
    public var rate: Double
    /// From when all play to when they are measured, seconds.
    public var settling: Double
    /// How long they are measured, seconds.
    public var seconds: Double
    public var user: String
    public var password: String
    public var takesAudio: Bool
    /// The server, whose CPU time and memory are looked at.
    public var server: Int32?

    public init(
        urls: [String], viewers: Int, transport: Transport = .tcp, rate: Double = 200, settling: Double = 1.5,
        seconds: Double = 6, user: String = "admin", password: String = "", takesAudio: Bool = true,
        server: Int32? = nil
    ) {
        self.urls = urls
        self.viewers = viewers
        self.transport = transport
        self.rate = rate
        self.settling = settling
        self.seconds = seconds
        self.user = user
        self.password = password
        self.takesAudio = takesAudio
        self.server = server
    }
}

/// What came of it.
public struct RTSPLoadResult: Sendable {
    /// Viewers that still played at the end.
    public internal(set) var held = 0
    public internal(set) var failed = 0
    /// Reasons of failures and how often they came.
    public internal(set) var failures: [String: Int] = [:]
    /// Viewers that got less than 90 % of real time, those that failed too.
    public internal(set) var starved = 0
    /// From connecting to the answer to PLAY.
    public internal(set) var setUp = Latencies()
    /// From asking to PLAY to the first packet.
    public internal(set) var firstPacket = Latencies()
    /// From asking to PLAY to the beginning of the first key frame.
    public internal(set) var firstKey = Latencies()
    /// Of the first packet of each picture against its RTP time, relative to the most punctual one of the viewer.
    public internal(set) var lateness = Latencies()
    /// Gaps in the sequences, over all.
    public internal(set) var lost = 0
    public internal(set) var packetsPerSecond = 0.0
    /// Mbit/s of RTP.
    public internal(set) var megabits = 0.0
    /// Cores that this process used.
    public internal(set) var clientCPU = 0.0
    /// CPU time of the server, ms for each viewer and second; nil where none was looked at.
    public internal(set) var serverCPU: Double?
    /// Growth of the server's resident memory since before the first viewer, KiB for each viewer.
    public internal(set) var serverMemory: Double?
    public internal(set) var serverThreads: Int?

    public init() {}
}

extension RTSPLoadPlan {
    /// A viewer that gets less of real time is starved.
    static let starvedShare = 0.9
    /// Seconds that setting up a viewer may take.
    static let patience = 10.0

    /// Lets the viewers come, measures them, and lets them go.
    ///
    /// - Parameter progress: told how many play, a few times a second.
    /// - Returns: the figures; failures of single viewers are counted in them.
    /// - Throws: `LoadError` for URLs that are none of RTSP, or where no viewer gets to play.
    public func run(progress: @escaping @Sendable (Int) -> Void = { _ in }) async throws -> RTSPLoadResult {
        let streams = try urls.map { text in
            guard let url = RTSPURL(text), url.scheme == "rtsp" else {
                throw LoadError(
                    description: "\"\(text)\" is no RTSP address; give one such as rtsp://127.0.0.1:8554/stream")
            }
            return url
        }
        guard !streams.isEmpty else { throw LoadError(description: "no stream to watch") }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let before = server.flatMap(ProcessFigures.init(of:))
        let audience = try await loop.submit { NIOLoopBound(Audience(self, streams, on: loop), eventLoop: loop) }.get()
        try await loop.flatSubmit { audience.value.assemble(progress) }.get()
        try await loop.scheduleTask(in: .nanoseconds(Int64(settling * 1e9))) {}.futureResult.get()
        let begin = try await loop.submit { audience.value.beginWindow() }.get()
        let cpu = (client: ProcessFigures.ownCPU, server: server.flatMap(ProcessFigures.init(of:)))
        try await loop.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) {}.futureResult.get()
        let after = server.flatMap(ProcessFigures.init(of:))
        let clientCPU = ProcessFigures.ownCPU - cpu.client
        var (result, end) = try await loop.submit { audience.value.endWindow() }.get()
        let window = Double(end - begin) / 1e9
        result.packetsPerSecond /= window
        result.megabits /= window
        result.clientCPU = clientCPU / window
        if let before, let after, let middle = cpu.server, result.held > 0 {
            result.serverCPU = (after.cpuSeconds - middle.cpuSeconds) * 1000 / Double(result.held) / window
            result.serverMemory = Double(after.residentBytes - before.residentBytes) / 1024 / Double(result.held)
            result.serverThreads = after.threads
        }
        try await loop.flatSubmit { audience.value.leave() }.get()
        guard result.held > 0 else {
            let reason = result.failures.max { $0.value < $1.value }?.key ?? "no viewer got to play"
            throw LoadError(description: "\(urls[0]): \(reason)")
        }
        return result
    }
}

/// All viewers of a load; on one event loop.
final class Audience {
    /// Nanoseconds between looks at those who come.
    private static let pace: Int64 = 5_000_000

    let plan: RTSPLoadPlan
    let loop: any EventLoop
    private let streams: [RTSPURL]
    private var viewers: [RTSPViewer] = []
    private(set) var isMeasuring = false
    private(set) var result = RTSPLoadResult()
    /// Sockets that receive for all viewers of servers on 127/8.
    private(set) lazy var datagrams = LoadDatagrams(on: loop)
    private var windowBegin: Int64 = 0
    /// What the last challenge of a server was, so that not every viewer has to ask for one.
    var clientNonces: UInt64 = 1

    init(_ plan: RTSPLoadPlan, _ streams: [RTSPURL], on loop: any EventLoop) {
        self.plan = plan
        self.streams = streams
        self.loop = loop
    }

    static var now: Int64 { Int64(NIODeadline.now().uptimeNanoseconds) }

    /// Done when all play or have failed.
    func assemble(_ progress: @escaping @Sendable (Int) -> Void) -> EventLoopFuture<Void> {
        let done = loop.makePromise(of: Void.self)
        let begin = Self.now
        let end = Int64((Double(plan.viewers) / plan.rate + RTSPLoadPlan.patience) * 1e9)
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleRepeatedTask(initialDelay: .zero, delay: .nanoseconds(Self.pace)) { task in
            let elapsed = Self.now - begin
            let settled = bound.value.admit(after: elapsed)
            progress(settled)
            guard settled == bound.value.plan.viewers || elapsed > end else { return }
            bound.value.giveUp()
            task.cancel()
            done.succeed()
        }
        return done.futureResult
    }

    /// Lets those come whose time it is; returns how many play or have failed.
    private func admit(after elapsed: Int64) -> Int {
        let wanted = min(plan.viewers, Int(Double(elapsed) / 1e9 * plan.rate) + 1)
        while viewers.count < wanted {
            let viewer = RTSPViewer(self, number: viewers.count, streams[viewers.count % streams.count])
            viewers.append(viewer)
            viewer.come()
        }
        return viewers.count { $0.isPlaying || $0.failure != nil }
    }

    private func giveUp() {
        for viewer in viewers where !viewer.isPlaying {
            viewer.fail("not playing after \(Int(RTSPLoadPlan.patience)) s")
        }
    }

    func beginWindow() -> Int64 {
        isMeasuring = true
        windowBegin = Self.now
        for viewer in viewers { viewer.beginWindow() }
        return windowBegin
    }

    func endWindow() -> (RTSPLoadResult, end: Int64) {
        isMeasuring = false
        let end = Self.now
        let window = Double(end - windowBegin) / 1e9
        for viewer in viewers {
            if let failure = viewer.failure {
                result.failed += 1
                result.failures[failure, default: 0] += 1
                result.starved += 1
                continue
            }
            result.held += 1
            let gained = viewer.gained
            if gained.share(of: window) < RTSPLoadPlan.starvedShare { result.starved += 1 }
            result.packetsPerSecond += Double(gained.packets)
            result.megabits += Double(gained.octets) * 8 / 1e6
            result.lost += viewer.lost
            viewer.tellBeginnings(&result)
        }
        return (result, end)
    }

    func late(_ nanoseconds: Int64) {
        result.lateness.record(microseconds: UInt64(max(0, nanoseconds) / 1000))
    }

    func leave() -> EventLoopFuture<Void> {
        let closing = viewers.map { $0.leave() }
        datagrams.close()
        return EventLoopFuture.andAllComplete(closing, on: loop)
    }
}
