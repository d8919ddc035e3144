package import AV
package import Pictures
package import RTP
internal import Synchronization

/// Video that is encoded while somebody watches: a ring of coded pictures shortly ahead of the time at which they are sent.
///
/// The send loop asks with every tick for the next picture; a pool makes it; the loop finds it in the ring when it is due,
/// packetised, so that it has as little to do as with a recording. Pictures are numbered without gap, while their places
/// in the raster of the frame rate may leave some out that could not be made in time.
package final class EncodedVideo: VideoFeed {
    /// How long before a picture is due it is begun, nanoseconds; a key frame that is asked for comes that much later.
    static let lead: Int64 = 80_000_000
    /// Pictures that are later than this are left out, nanoseconds.
    static let lagLimit: Int64 = 400_000_000
    /// Bytes from key frame to key frame after which another key frame is made; the ring holds two groups.
    static let groupByteLimit = 4 << 20

    /// One coded picture with its packets.
    struct Picture: Sendable {
        let number: Int64
        /// Its place in the raster of the frame rate, counted from the epoch.
        let place: Int64
        let isKey: Bool
        let bytes: [UInt8]
        let fragments: [Fragment]
        /// Packets of all pictures before it.
        let firstPacket: Int64
    }

    private struct Ring {
        /// In order of their numbers, which follow each other.
        var pictures: [Picture] = []
        var nextNumber: Int64 = 0
        var nextPlace: Int64 = 0
        /// Packets so far.
        var packets: Int64 = 0
        /// Since the last key frame.
        var groupBytes = 0
        var wantsKey = false
        /// Somebody watches.
        var isRunning = false
        /// A picture is in work.
        var isBusy = false
        /// Counts the times that the last viewer went, so that what was in work then is thrown away.
        var season = 0
    }

    package let settings: VideoEncoder.Settings
    package let parameters: VideoParameters
    /// What SDP says of it.
    package let format: PayloadFormat
    private let plan: VideoPlan
    private let clip: Clip
    private let epoch: Int64
    private let interval: TimeBase
    private let pool: EncodingPool
    private let packetizer: VideoPacketizer
    private let retouch: @Sendable (_ instant: Int64) -> Retouch
    private let faults: FaultSwitch?
    private let ring = Mutex(Ring())
    /// Decoder and encoder; made and used by one job at a time.
    private let worker = Mutex<Worker?>(nil)

    /// - Parameters:
    ///   - plan: the recording that is encoded anew; its times go on.
    ///   - settings: of the encoder.
    ///   - epoch: when picture 0 of the recording was due, nanoseconds of the stream clock.
    ///   - pool: does the work.
    ///   - faults: of the camera.
    ///   - retouch: what is done to the picture that is due at an instant of the stream clock; called on the event loop.
    /// - Throws: what the encoder says of the settings.
    package init(
        _ plan: StreamPlan, settings: VideoEncoder.Settings, epoch: Int64, pool: EncodingPool,
        faults: FaultSwitch? = nil, retouch: @escaping @Sendable (_ instant: Int64) -> Retouch
    ) throws(AVError) {
        parameters = try pool.parameters(of: settings)
        format = .video(parameters)
        packetizer = VideoPacketizer(parameters.codec)
        self.settings = settings
        self.plan = plan.video
        clip = plan.clip
        self.epoch = epoch
        self.pool = pool
        self.faults = faults
        self.retouch = retouch
        interval = TimeBase(
            numerator: settings.frameRate.denominator, denominator: settings.frameRate.numerator)
    }

    // MARK: Time

    /// When a place of the raster is due, nanoseconds of the stream clock; rounded up, so that the time of a picture on
    /// other clocks is not before it.
    private func due(place: Int64) -> Int64 { epoch - interval.scale(-place, toRate: 1_000_000_000) }

    /// The latest place that is due.
    private func place(at now: Int64) -> Int64 {
        let elapsed = Int128(max(0, now - epoch))
        let place = Int64(elapsed * Int128(interval.denominator) / (Int128(interval.numerator) * 1_000_000_000))
        return due(place: place + 1) <= now ? place + 1 : place
    }

    /// Ticks of `rate` from the epoch to a picture.
    func time(of picture: Picture, rate: Int64) -> Int64 { interval.scale(picture.place, toRate: rate) }

    /// When a picture can be sent: never before it is encoded; what has left the ring was due long ago.
    func due(_ number: Int64) -> Int64 {
        ring.withLock { ring in
            guard number < ring.nextNumber else { return .max }
            return Self.picture(number, in: ring).map { due(place: $0.place) } ?? epoch
        }
    }

    /// When a picture is due or will be, if nothing is left out.
    func expected(_ number: Int64) -> Int64 {
        ring.withLock { ring in
            let known = Self.picture(number, in: ring)?.place
            return due(place: known ?? ring.nextPlace + max(0, number - ring.nextNumber))
        }
    }

    // MARK: Reading

    private static func picture(_ number: Int64, in ring: Ring) -> Picture? {
        guard let first = ring.pictures.first?.number, number >= first, number < ring.nextNumber else { return nil }
        return ring.pictures[Int(number - first)]
    }

    /// Nil where it has left the ring or is not yet in it.
    func picture(_ number: Int64) -> Picture? { ring.withLock { Self.picture(number, in: $0) } }

    /// The picture that is encoded next; what is in the ring and not due yet belongs to those who watch already.
    func next(after now: Int64) -> Int64 { ring.withLock { $0.nextNumber } }

    func frame(_ number: Int64) -> TrackFrame? {
        picture(number).map { picture in
            TrackFrame(
                fragments: picture.fragments[...], bytes: picture.bytes,
                ticks: time(of: picture, rate: StreamPlan.videoClockRate), firstPacket: picture.firstPacket,
                isKey: picture.isKey)
        }
    }

    var isLive: Bool { true }

    /// Packets before a picture.
    func packets(before number: Int64) -> Int64 {
        ring.withLock { ring in Self.picture(number, in: ring)?.firstPacket ?? ring.packets }
    }

    /// Where a viewer begins: at the latest key frame that is due, else with the next picture, which is one.
    func start(at now: Int64) -> (number: Int64, instant: Int64) {
        ring.withLock { ring in
            if !ring.isRunning { ring.nextPlace = max(ring.nextPlace, place(at: now)) }
            let key = ring.pictures.last { $0.isKey && due(place: $0.place) <= now } ?? ring.pictures.first
            return key.map { ($0.number, due(place: $0.place)) } ?? (ring.nextNumber, due(place: ring.nextPlace))
        }
    }

    // MARK: Running

    /// Somebody watches.
    package var isRunning: Bool { ring.withLock { $0.isRunning } }

    /// Whether a viewer can be served.
    var hasRoom: Bool { isRunning || pool.hasRoom }

    func begin() {
        let isNew = ring.withLock { ring in
            defer { ring.isRunning = true }
            return !ring.isRunning
        }
        if isNew { pool.streamStarted() }
    }

    /// Nobody watches any more: decoder, encoder and ring are let go.
    func rest() {
        let wasRunning = ring.withLock { ring in
            defer {
                ring.isRunning = false
                ring.season += 1
                ring.pictures = []
                ring.groupBytes = 0
                ring.wantsKey = false
            }
            return ring.isRunning
        }
        guard wasRunning else { return }
        pool.streamEnded()
        pool.submit { self.worker.withLock { if !self.isRunning { $0 = nil } } }
    }

    func recordedFrame(at now: Int64) -> (index: Int, isBlack: Bool) {
        let fault = fault(at: now)
        return (plan.index(shownAt: fault.shown(at: now) - epoch), fault.wrong == .black)
    }

    private func fault(at instant: Int64) -> PictureFault {
        faults?.timeline?.picture(at: instant) ?? PictureFault(wrong: nil, since: instant)
    }

    /// Every picture asks by itself what is wrong when it is made.
    func follow(_ fault: PictureFault) {}

    /// The next picture that is begun will be a key frame.
    func synchronize(at now: Int64) -> Int64 {
        ring.withLock { $0.wantsKey = true }
        return 0
    }

    /// What a job has to make.
    private struct Order: Sendable {
        var place: Int64
        var isKey: Bool
        var season: Int
    }

    /// Has the next picture made when it is time for it. On the event loop; cheap when there is nothing to do.
    func advance(to now: Int64) {
        let order = ring.withLock { ring -> Order? in
            guard ring.isRunning, !ring.isBusy, due(place: ring.nextPlace) - Self.lead <= now else { return nil }
            if now - due(place: ring.nextPlace) > Self.lagLimit { ring.nextPlace = max(ring.nextPlace, place(at: now)) }
            ring.isBusy = true
            let isKey = ring.wantsKey || ring.pictures.isEmpty || ring.groupBytes > Self.groupByteLimit
            ring.wantsKey = false
            return Order(place: ring.nextPlace, isKey: isKey, season: ring.season)
        }
        guard let order else { return }
        let instant = due(place: order.place)
        let fault = fault(at: instant)
        let retouch = retouch(fault.shown(at: instant))
        let index = plan.index(shownAt: fault.shown(at: instant) - epoch)
        let isBlack = fault.wrong == .black
        pool.submit { self.make(order, frame: index, retouch, isBlack: isBlack) }
    }

    /// On a thread of the pool.
    private func make(_ order: Order, frame index: Int, _ retouch: Retouch, isBlack: Bool) {
        let coded = worker.withLock { worker -> VideoEncoder.Frame? in
            do throws(AVError) {
                if worker == nil { worker = try Worker(clip, settings) }
                return try worker?.encode(isBlack ? nil : index, retouch, asKey: order.isKey)
            } catch {
                // The picture is left out; the next one begins with a fresh decoder and encoder.
                worker = nil
                return nil
            }
        }
        let fragments = coded.map { frame in
            packetizer.fragments(isKey: frame.isKey, units: frame.units[...], in: frame.bytes)
        }
        ring.withLock { ring in
            ring.isBusy = false
            guard ring.season == order.season else { return }
            ring.nextPlace = order.place + 1
            guard let coded, let fragments else {
                ring.wantsKey = true
                return
            }
            Self.append(coded, fragments, place: order.place, to: &ring)
        }
    }

    private static func append(
        _ frame: VideoEncoder.Frame, _ fragments: [Fragment], place: Int64, to ring: inout Ring
    ) {
        if frame.isKey {
            // This group and the one before, for those who are still catching up.
            let last = ring.pictures.lastIndex(where: \.isKey) ?? 0
            ring.pictures.removeFirst(last)
            ring.groupBytes = 0
        }
        ring.pictures.append(
            Picture(
                number: ring.nextNumber, place: place, isKey: frame.isKey, bytes: frame.bytes, fragments: fragments,
                firstPacket: ring.packets))
        ring.nextNumber += 1
        ring.packets += Int64(fragments.count)
        ring.groupBytes += frame.bytes.count
    }

    /// Makes one picture after the other.
    private final class Worker {
        private let player: ClipPlayer
        private let encoder: VideoEncoder

        init(_ clip: Clip, _ settings: VideoEncoder.Settings) throws(AVError) {
            player = try ClipPlayer(clip, width: settings.width, height: settings.height)
            encoder = try VideoEncoder(settings)
        }

        /// `frame`: nil for a black picture.
        func encode(_ frame: Int?, _ retouch: Retouch, asKey: Bool) throws(AVError) -> VideoEncoder.Frame {
            guard let frame else {
                let (width, height) = (encoder.settings.width, encoder.settings.height)
                return try encoder.encode(YUVPicture(width: width, height: height, filled: .black), asKey: asKey)
            }
            var picture = try player.picture(of: frame)
            retouch.apply(to: &picture)
            return try encoder.encode(picture, asKey: asKey)
        }
    }
}
