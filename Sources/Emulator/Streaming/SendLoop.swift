package import NIOCore
internal import RTP

/// Sends the frames that are due for all playing sessions of one event loop.
///
/// One tick at absolute deadlines serves them all, so that neither a session nor a stream has a timer or task of its own.
/// It runs while someone plays; with idle sessions only it looks once a second for those that have timed out.
///
/// `@unchecked Sendable`: all state is touched on `eventLoop` only, which every entry point checks.
package final class SendLoop: @unchecked Sendable {
    /// Nanoseconds between ticks while someone plays.
    static let tick: Int64 = 5_000_000
    /// Nanoseconds between looks at idle sessions.
    static let idleTick: Int64 = 1_000_000_000
    /// Nanoseconds between looks at reports and time-outs while someone plays.
    static let sweepInterval: Int64 = 500_000_000
    /// Sound and metadata wait this long at most for the next picture, so that all go out in one write, nanoseconds.
    static let hold: Int64 = 40_000_000
    /// A loop that was held up for longer leaves out what it missed, nanoseconds.
    static let catchUpLimit: Int64 = 2_000_000_000
    /// Bytes that a UDP viewer gets in one tick while it catches up; a GOP at once would overrun its socket.
    static let udpBurst = 64 << 10

    package let eventLoop: any EventLoop
    package let clock: StreamClock
    private let allocator = ByteBufferAllocator()

    private var airings: [ObjectIdentifier: Airing] = [:]
    /// The same with the time at which each has to be served, side by side, since every tick looks at all of them.
    private var slots: [(wakesAt: Int64, airing: Airing)] = []
    private var members: [ObjectIdentifier: RTSPServer] = [:]
    private var udpPorts: [String: UDPPorts] = [:]
    /// Those that keep something back.
    private var delayed: [ObjectIdentifier: any Delayed] = [:]
    private var pendingPorts: [String: EventLoopFuture<UDPPorts>] = [:]
    private var scheduled: (task: Scheduled<Void>, isIdle: Bool)?
    private var nextDeadline: Int64 = 0
    private var nextSweep: Int64 = 0

    /// - Parameters:
    ///   - eventLoop: where all work is done.
    ///   - clock: injected in tests; ticks come by the event loop's own time in any case.
    package init(on eventLoop: any EventLoop, clock: StreamClock = .system) {
        self.eventLoop = eventLoop
        self.clock = clock
    }

    /// A stream with viewers and how far it has been sent.
    private final class Airing {
        let stream: LiveStream
        /// Its place in `slots`.
        var slot = 0
        /// Somebody has not caught up with the live pace.
        var hasCatchUp = false
        private(set) var viewers: [ObjectIdentifier: (session: MediaSession, server: RTSPServer)] = [:]
        var next: LiveStream.Cursor
        var due: ByTrack<Int64>
        /// Viewers of each track.
        private var takers = ByTrack(all: 0)
        /// Tracks that somebody takes whose frames come to be on air.
        private(set) var liveTracks: [Track] = []

        init(_ stream: LiveStream, now: Int64) {
            self.stream = stream
            next = stream.next(after: now)
            due = stream.due(next)
        }

        /// When something is due first.
        var firstDue: Int64 { min(due.video, due.audio, due.metadata) }

        /// When there is something to do next.
        var wakesAt: Int64 {
            guard !hasCatchUp else { return .min }
            let held = firstDue > .max - SendLoop.hold ? .max : firstDue + SendLoop.hold
            let due = min(due.video, held)
            return liveTracks.reduce(due) { min($0, stream.feeds[$1]?.nextLook ?? .max) }
        }

        func add(_ session: MediaSession, _ server: RTSPServer, now: Int64) {
            viewers[ObjectIdentifier(session)] = (session, server)
            for track in stream.tracks where session.channels[track] != nil {
                guard let feed = stream.feeds[track] else { continue }
                takers[track] += 1
                if takers[track] == 1 {
                    feed.begin()
                    if feed.isLive {
                        liveTracks.append(track)
                        next[track] = feed.next(after: now)
                    }
                }
                feed.welcome()
            }
        }

        func remove(_ session: MediaSession) {
            guard viewers.removeValue(forKey: ObjectIdentifier(session)) != nil else { return }
            for track in stream.tracks where session.channels[track] != nil {
                takers[track] -= 1
                guard takers[track] == 0 else { continue }
                stream.feeds[track]?.rest()
                liveTracks.removeAll { $0 == track }
            }
        }
    }

    // MARK: Members

    func add(_ server: RTSPServer) {
        eventLoop.preconditionInEventLoop()
        members[ObjectIdentifier(server)] = server
        arm()
    }

    func remove(_ server: RTSPServer) {
        eventLoop.preconditionInEventLoop()
        members[ObjectIdentifier(server)] = nil
    }

    /// Puts a viewer on air: what is there since the last key frame goes out at once.
    func play(_ session: MediaSession, of server: RTSPServer, from cursor: LiveStream.Cursor) {
        eventLoop.preconditionInEventLoop()
        let now = clock.now
        let key = ObjectIdentifier(session.stream)
        let airing = airings[key] ?? begin(session.stream, now: now)
        // Frames due since the last tick go to those who watch before the newcomer is measured against them.
        serve(airing, now: now)
        session.catchUp = cursor
        session.begin(now: now)
        airing.add(session, server, now: now)
        catchUp(session, of: server, airing, now: now)
        slots[airing.slot].wakesAt = .min
        session.beginReports(now: now)
        session.sendReportsIfDue(now: now, wallClock: server.camera.now)
        flushUDP()
        arm()
    }

    func stop(_ session: MediaSession) {
        eventLoop.preconditionInEventLoop()
        let key = ObjectIdentifier(session.stream)
        guard let airing = airings[key] else { return }
        airing.remove(session)
        guard airing.viewers.isEmpty else { return }
        airings[key] = nil
        // The last takes the place that is free now.
        slots.swapAt(airing.slot, slots.count - 1)
        slots[airing.slot].airing.slot = airing.slot
        slots.removeLast()
    }

    private func begin(_ stream: LiveStream, now: Int64) -> Airing {
        let airing = Airing(stream, now: now)
        airing.slot = slots.count
        slots.append((.min, airing))
        airings[ObjectIdentifier(stream)] = airing
        return airing
    }

    /// Asks with every tick until nothing waits any more.
    func wait(for waiting: any Delayed) {
        eventLoop.preconditionInEventLoop()
        guard delayed.updateValue(waiting, forKey: ObjectIdentifier(waiting)) == nil else { return }
        arm()
    }

    /// Where a viewer that is on air goes on: the next frames that it will get.
    func next(for session: MediaSession) -> LiveStream.Cursor? {
        session.catchUp ?? airings[ObjectIdentifier(session.stream)]?.next
    }

    // MARK: Ticks

    /// Schedules the next tick unless an earlier one is.
    private func arm() {
        let isIdle = airings.isEmpty && delayed.isEmpty
        if let scheduled {
            guard scheduled.isIdle, !isIdle else { return }
            scheduled.task.cancel()
        }
        guard !isIdle || !members.isEmpty else {
            scheduled = nil
            return
        }
        let now = Int64(NIODeadline.now().uptimeNanoseconds)
        let tick = isIdle ? Self.idleTick : Self.tick
        nextDeadline += tick
        // Late: the next deadline of the same raster.
        if nextDeadline <= now { nextDeadline = (now / tick + 1) * tick }
        if nextDeadline > now + tick { nextDeadline = now + tick }
        let task = eventLoop.scheduleTask(
            deadline: .uptimeNanoseconds(UInt64(nextDeadline))
        ) { self.ring() }
        scheduled = (task, isIdle)
    }

    private func ring() {
        scheduled = nil
        serveAll()
        arm()
    }

    /// Sends what is due now.
    private func serveAll() {
        let now = clock.now
        // Sessions that end while they are served move others into their places, which the next tick serves.
        var index = 0
        while index < slots.count {
            if slots[index].wakesAt <= now {
                let airing = slots[index].airing
                serve(airing, now: now)
                if index < slots.count, slots[index].airing === airing { slots[index].wakesAt = airing.wakesAt }
            }
            index += 1
        }
        for (key, waiting) in delayed where !waiting.sendDelayed(now: now) { delayed[key] = nil }
        flushUDP()
        if now >= nextSweep || airings.isEmpty {
            nextSweep = now + Self.sweepInterval
            for airing in airings.values {
                for (session, server) in airing.viewers.values {
                    session.sendReportsIfDue(now: now, wallClock: server.camera.now)
                }
            }
            for server in members.values { server.sweep(now: now) }
            closeUnusedPorts()
        }
    }

    private func serve(_ airing: Airing, now: Int64) {
        let stream = airing.stream
        stream.followFaults(at: now)
        for track in airing.liveTracks {
            stream.feeds[track]?.advance(to: now)
            airing.due[track] = stream.due(track, airing.next[track])
        }
        if now - airing.firstDue > Self.catchUpLimit {
            let start = stream.start(at: now).cursor
            airing.next = .each { max(airing.next[$0], start[$0]) }
            airing.due = stream.due(airing.next)
        }
        if now >= airing.due.video || now - airing.firstDue >= Self.hold {
            let from = airing.next
            for track in stream.tracks {
                while airing.due[track] <= now {
                    airing.next[track] += 1
                    airing.due[track] = stream.due(track, airing.next[track])
                }
            }
            broadcast(airing, from: from, now: now)
        }
        guard airing.hasCatchUp else { return }
        airing.hasCatchUp = false
        for (session, server) in airing.viewers.values where session.catchUp != nil {
            catchUp(session, of: server, airing, now: now)
        }
    }

    /// One buffer for each choice of channels and keys, written to all viewers with that choice.
    private func broadcast(_ airing: Airing, from: LiveStream.Cursor, now: Int64) {
        var batches: [(batch: PacketBatch, key: [UInt8]?, staging: Staging)] = []
        var ended: [(MediaSession, RTSPServer)] = []
        for (session, server) in airing.viewers.values where session.catchUp == nil {
            let channels = session.isUDP ? .all : session.channels
            let key = session.sharedIdentifier
            var index = 0
            while index < batches.count, batches[index].batch.channels != channels || batches[index].key != key {
                index += 1
            }
            if index == batches.count {
                let batch = batch(airing.stream, from: from, to: airing.next, channels: channels, limit: .max).batch
                batches.append((key == nil ? batch : batch.protected(by: session.security), key, Staging()))
            }
            if !session.send(batches[index].batch, &batches[index].staging, now: now) {
                ended.append((session, server))
            }
            if session.isWaiting { wait(for: session) }
        }
        for (session, server) in ended { server.close(session, goodbye: false) }
    }

    /// The frames of all tracks between two cursors in order of time.
    ///
    /// - Parameters:
    ///   - stream: whose frames.
    ///   - from: the first frames.
    ///   - end: the frames that are not sent any more.
    ///   - channels: of the tracks that are taken.
    ///   - limit: bytes after which no further frame is begun.
    /// - Returns: the packets, and the frames that come next.
    private func batch(
        _ stream: LiveStream, from: LiveStream.Cursor, to end: LiveStream.Cursor, channels: TrackChannels, limit: Int
    ) -> (batch: PacketBatch, next: LiveStream.Cursor) {
        var batch = PacketBatch(channels: channels, allocator: allocator)
        var cursor = from
        if end.video - from.video <= 1, limit == .max {
            // At the live pace all is of one moment.
            for track in stream.tracks {
                for number in from[track]..<max(from[track], end[track]) {
                    stream.append(track, frame: number, to: &batch)
                }
            }
            return (batch, end)
        }
        var due = ByTrack.each { cursor[$0] < end[$0] ? stream.due($0, cursor[$0]) : .max }
        while batch.buffer.writerIndex < limit {
            // The earliest; of several at once the picture.
            var track: Track?
            for other in stream.tracks where cursor[other] < end[other] {
                if let chosen = track, due[chosen] <= due[other] { continue }
                track = other
            }
            guard let track else { break }
            stream.append(track, frame: cursor[track], to: &batch)
            cursor[track] += 1
            due[track] = cursor[track] < end[track] ? stream.due(track, cursor[track]) : .max
        }
        return (batch, cursor)
    }

    private func catchUp(_ session: MediaSession, of server: RTSPServer, _ airing: Airing, now: Int64) {
        guard let cursor = session.catchUp else { return }
        let (batch, next) = batch(
            airing.stream, from: cursor, to: airing.next, channels: session.isUDP ? .all : session.channels,
            limit: session.isUDP ? Self.udpBurst : .max)
        let isLive = airing.stream.tracks.allSatisfy { next[$0] >= airing.next[$0] }
        session.catchUp = isLive ? nil : next
        if !isLive { airing.hasCatchUp = true }
        var staging = Staging()
        if !session.send(batch, &staging, now: now) { server.close(session, goodbye: false) }
        if session.isWaiting { wait(for: session) }
    }

    // MARK: UDP

    /// The port pair of a local address; bound when first asked for.
    ///
    /// - Parameters:
    ///   - host: numeric.
    ///   - timeToLive: of packets to multicast groups; nil for ports that send to none.
    /// - Returns: the pair.
    func ports(host: String, timeToLive: UInt8? = nil) -> EventLoopFuture<UDPPorts> {
        eventLoop.preconditionInEventLoop()
        let key = timeToLive.map { "\(host) \($0)" } ?? host
        if let ports = udpPorts[key] { return eventLoop.makeSucceededFuture(ports) }
        if let pending = pendingPorts[key] { return pending }
        let future = UDPPorts.bind(host: host, timeToLive: timeToLive, on: eventLoop, clock: clock)
        pendingPorts[key] = future
        future.whenComplete { result in
            self.pendingPorts[key] = nil
            if case .success(let ports) = result { self.udpPorts[key] = ports }
        }
        return future
    }

    private func flushUDP() {
        for ports in udpPorts.values { ports.flush() }
    }

    /// Closes port pairs without sessions.
    func closeUnusedPorts() {
        for (host, ports) in udpPorts where ports.users == 0 {
            ports.close()
            udpPorts[host] = nil
        }
    }
}
