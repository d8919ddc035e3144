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
    static let sweepInterval: Int64 = 100_000_000
    /// Sound waits this long at most for the next picture, so that both go out in one write, nanoseconds.
    static let audioHold: Int64 = 40_000_000
    /// A loop that was held up for longer leaves out what it missed, nanoseconds.
    static let catchUpLimit: Int64 = 2_000_000_000
    /// Bytes that a UDP viewer gets in one tick while it catches up; a GOP at once would overrun its socket.
    static let udpBurst = 64 << 10

    package let eventLoop: any EventLoop
    package let clock: StreamClock
    private let allocator = ByteBufferAllocator()

    private var airings: [ObjectIdentifier: Airing] = [:]
    private var members: [ObjectIdentifier: RTSPServer] = [:]
    private var udpPorts: [String: UDPPorts] = [:]
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
        var next: LiveStream.Cursor
        var videoDue: Int64
        var audioDue: Int64
        var viewers: [ObjectIdentifier: (session: MediaSession, server: RTSPServer)] = [:]

        init(_ stream: LiveStream, now: Int64) {
            self.stream = stream
            stream.encoded?.begin()
            next = stream.next(after: now)
            videoDue = stream.due(video: next.video)
            audioDue = stream.due(audio: next.audio)
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
        let airing = airings[key] ?? Airing(session.stream, now: now)
        airings[key] = airing
        // Frames due since the last tick go to those who watch before the newcomer is measured against them.
        serve(airing, now: now)
        session.catchUp = cursor
        airing.viewers[ObjectIdentifier(session)] = (session, server)
        catchUp(session, of: server, airing, now: now)
        session.beginReports(now: now)
        session.sendReportsIfDue(now: now, wallClock: server.camera.now)
        flushUDP()
        arm()
    }

    func stop(_ session: MediaSession) {
        eventLoop.preconditionInEventLoop()
        let key = ObjectIdentifier(session.stream)
        guard let airing = airings[key] else { return }
        airing.viewers[ObjectIdentifier(session)] = nil
        guard airing.viewers.isEmpty else { return }
        airings[key] = nil
        airing.stream.encoded?.rest()
    }

    /// Where a viewer that is on air goes on: the next frames that it will get.
    func next(for session: MediaSession) -> LiveStream.Cursor? {
        session.catchUp ?? airings[ObjectIdentifier(session.stream)]?.next
    }

    // MARK: Ticks

    /// Schedules the next tick unless an earlier one is.
    private func arm() {
        let isIdle = airings.isEmpty
        if let scheduled {
            guard scheduled.isIdle, !isIdle else { return }
            scheduled.task.cancel()
        }
        guard !airings.isEmpty || !members.isEmpty else {
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
        for airing in airings.values { serve(airing, now: now) }
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
        if let encoded = airing.stream.encoded {
            encoded.advance(to: now)
            airing.videoDue = encoded.due(airing.next.video)
        }
        if now - min(airing.videoDue, airing.audioDue) > Self.catchUpLimit {
            let start = airing.stream.start(at: now).cursor
            airing.next = .init(video: max(airing.next.video, start.video), audio: max(airing.next.audio, start.audio))
            airing.videoDue = airing.stream.due(video: airing.next.video)
            airing.audioDue = airing.stream.due(audio: airing.next.audio)
        }
        if now >= airing.videoDue || now - airing.audioDue >= Self.audioHold {
            let from = airing.next
            while airing.videoDue <= now {
                airing.next.video += 1
                airing.videoDue = airing.stream.due(video: airing.next.video)
            }
            while airing.audioDue <= now {
                airing.next.audio += 1
                airing.audioDue = airing.stream.due(audio: airing.next.audio)
            }
            broadcast(airing, from: from, now: now)
        }
        for (session, server) in airing.viewers.values where session.catchUp != nil {
            catchUp(session, of: server, airing, now: now)
        }
    }

    /// One buffer for each choice of channels, written to all viewers with that choice.
    private func broadcast(_ airing: Airing, from: LiveStream.Cursor, now: Int64) {
        var batches: [PacketBatch] = []
        var ended: [(MediaSession, RTSPServer)] = []
        for (session, server) in airing.viewers.values where session.catchUp == nil {
            let channels = session.isUDP ? .all : session.channels
            let batch: PacketBatch
            if let ready = batches.first(where: { $0.channels == channels }) {
                batch = ready
            } else {
                batch = self.batch(airing.stream, from: from, to: airing.next, channels: channels)
                batches.append(batch)
            }
            if !session.send(batch, now: now) { ended.append((session, server)) }
        }
        for (session, server) in ended { server.close(session, goodbye: false) }
    }

    /// The frames of both tracks between two cursors in order of time.
    private func batch(
        _ stream: LiveStream, from: LiveStream.Cursor, to end: LiveStream.Cursor, channels: TrackChannels
    ) -> PacketBatch {
        var batch = PacketBatch(channels: channels, allocator: allocator)
        var cursor = from
        while cursor.video < end.video || cursor.audio < end.audio {
            advance(stream, &cursor, to: end, &batch)
        }
        return batch
    }

    /// Adds the earlier one of the next picture and the next sound.
    private func advance(
        _ stream: LiveStream, _ cursor: inout LiveStream.Cursor, to end: LiveStream.Cursor, _ batch: inout PacketBatch
    ) {
        let takesVideo =
            cursor.video < end.video
            && (cursor.audio >= end.audio || stream.due(video: cursor.video) <= stream.due(audio: cursor.audio))
        if takesVideo {
            stream.append(track: LiveStream.videoTrack, frame: cursor.video, to: &batch)
            cursor.video += 1
        } else {
            stream.append(track: LiveStream.audioTrack, frame: cursor.audio, to: &batch)
            cursor.audio += 1
        }
    }

    private func catchUp(_ session: MediaSession, of server: RTSPServer, _ airing: Airing, now: Int64) {
        guard var cursor = session.catchUp else { return }
        let end = airing.next
        let channels = session.isUDP ? TrackChannels.all : session.channels
        var batch = PacketBatch(channels: channels, allocator: allocator)
        let limit = session.isUDP ? Self.udpBurst : .max
        while cursor.video < end.video || cursor.audio < end.audio, batch.buffer.writerIndex < limit {
            advance(airing.stream, &cursor, to: end, &batch)
        }
        session.catchUp = cursor.video >= end.video && cursor.audio >= end.audio ? nil : cursor
        if !session.send(batch, now: now) { server.close(session, goodbye: false) }
    }

    // MARK: UDP

    /// The port pair of a local address; bound when first asked for.
    func ports(host: String) -> EventLoopFuture<UDPPorts> {
        eventLoop.preconditionInEventLoop()
        if let ports = udpPorts[host] { return eventLoop.makeSucceededFuture(ports) }
        if let pending = pendingPorts[host] { return pending }
        let future = UDPPorts.bind(host: host, on: eventLoop, clock: clock)
        pendingPorts[host] = future
        future.whenComplete { result in
            self.pendingPorts[host] = nil
            if case .success(let ports) = result { self.udpPorts[host] = ports }
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
