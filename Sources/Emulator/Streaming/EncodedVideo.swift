package import AV
internal import Pictures
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

    private struct Ring {
        var coded = CodedRing()
        var nextPlace: Int64 = 0
        var wantsKey = false
        /// Somebody watches.
        var isRunning = false
        /// A picture is in work.
        var isBusy = false
        /// Counted by the pool.
        var isEncoding = false
        /// The resting view whose recording goes out.
        var passing: Int?
        /// Counts the times that the last viewer went, so that what was in work then is thrown away.
        var season = 0
        /// The latest picture that was begun.
        var latest: (place: Int64, sight: Sight)?
        var tally = Tally()
    }

    package let settings: VideoEncoder.Settings
    package let parameters: VideoParameters
    /// What SDP says of it.
    package let format: PayloadFormat
    private let source: any PictureSource
    /// Recordings of what is seen at some poses, coded as this is.
    private let rests: [RestingView]
    /// Pictures show their own instant, so that they are made once it has come, as in a camera that moves.
    private let isTimely: Bool
    private let epoch: Int64
    private let interval: TimeBase
    private let pool: EncodingPool
    private let packetizer: VideoPacketizer
    private let look: @Sendable (_ instant: Int64) -> Look
    private let faults: FaultSwitch?
    private let ring = Mutex(Ring())
    /// Source and encoder; made and used by one job at a time.
    private let worker = Mutex<PictureWorker?>(nil)

    /// - Parameters:
    ///   - source: what is encoded; its times count from the epoch.
    ///   - settings: of the encoder.
    ///   - epoch: when the source began, nanoseconds of the stream clock.
    ///   - pool: does the work.
    ///   - isTimely: what is seen depends on what clients do, so that no picture can be made before its instant.
    ///   - rests: recordings that go out as they are while the camera rests where they were made and nothing is done to
    ///     the picture.
    ///   - faults: of the camera.
    ///   - look: where the camera looks at an instant of the stream clock, and what is done to the picture that is due
    ///     then; called on the event loop.
    /// - Throws: what the encoder says of the settings.
    package init(
        _ source: any PictureSource, settings: VideoEncoder.Settings, epoch: Int64, pool: EncodingPool,
        isTimely: Bool = false, rests: [RestingView] = [], faults: FaultSwitch? = nil,
        look: @escaping @Sendable (_ instant: Int64) -> Look
    ) throws(AVError) {
        parameters = try pool.parameters(of: settings)
        format = .video(parameters)
        packetizer = VideoPacketizer(parameters.codec)
        self.settings = settings
        self.source = source
        self.rests = rests
        self.isTimely = isTimely
        self.epoch = epoch
        self.pool = pool
        self.faults = faults
        self.look = look
        interval = TimeBase(
            numerator: settings.frameRate.denominator, denominator: settings.frameRate.numerator)
    }

    private var lead: Int64 { isTimely ? 0 : Self.lead }
    /// The pose of a timely picture is that of its instant, which soon is past.
    private var lagLimit: Int64 { isTimely ? interval.scale(1, toRate: 1_000_000_000) : Self.lagLimit }

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
    func time(of picture: CodedRing.Picture, rate: Int64) -> Int64 { interval.scale(picture.place, toRate: rate) }

    /// When a picture can be sent: never before it is encoded; what has left the ring was due long ago.
    func due(_ number: Int64) -> Int64 {
        ring.withLock { ring in
            guard number < ring.coded.nextNumber else { return .max }
            return ring.coded.picture(number).map { due(place: $0.place) } ?? epoch
        }
    }

    /// When a picture is due or will be, if nothing is left out.
    func expected(_ number: Int64) -> Int64 {
        ring.withLock { ring in
            let known = ring.coded.picture(number)?.place
            return due(place: known ?? ring.nextPlace + max(0, number - ring.coded.nextNumber))
        }
    }

    // MARK: Reading

    /// Nil where it has left the ring or is not yet in it.
    func picture(_ number: Int64) -> CodedRing.Picture? { ring.withLock { $0.coded.picture(number) } }

    /// The picture that is encoded next; what is in the ring and not due yet belongs to those who watch already.
    func next(after now: Int64) -> Int64 { ring.withLock { $0.coded.nextNumber } }

    func frame(_ number: Int64) -> TrackFrame? {
        picture(number).map { picture in
            TrackFrame(
                fragments: picture.fragments, bytes: picture.bytes,
                ticks: time(of: picture, rate: StreamPlan.videoClockRate), firstPacket: picture.firstPacket,
                isKey: picture.isKey)
        }
    }

    var isLive: Bool { true }

    /// Packets before a picture.
    func packets(before number: Int64) -> Int64 {
        ring.withLock { ring in ring.coded.picture(number)?.firstPacket ?? ring.coded.packets }
    }

    /// Where a viewer begins: at the latest key frame that is due, else with the next picture, which is one. The first
    /// viewer of a recording gets it from its own key frame on.
    func start(at now: Int64) -> (number: Int64, instant: Int64) {
        let resting = restingKey(at: now)
        return ring.withLock { ring in
            if !ring.isRunning {
                // What shows its instant begins with one to come.
                ring.nextPlace = resting?.key ?? max(ring.nextPlace, place(at: now) + (isTimely ? 1 : 0))
                ring.passing = resting?.view
            }
            let pictures = ring.coded.pictures
            let key = pictures.last { $0.isKey && due(place: $0.place) <= now } ?? pictures.first
            return key.map { ($0.number, due(place: $0.place)) } ?? (ring.coded.nextNumber, due(place: ring.nextPlace))
        }
    }

    package var tally: Tally { ring.withLock { $0.tally } }

    // MARK: Running

    /// Somebody watches.
    package var isRunning: Bool { ring.withLock { $0.isRunning } }

    /// Whether a viewer can be served; what is only sent needs no room.
    var hasRoom: Bool { !rests.isEmpty || isRunning || pool.hasRoom }

    func begin() {
        ring.withLock { ring in
            ring.isRunning = true
            if rests.isEmpty { count(isEncoding: true, &ring) }
        }
    }

    /// Tells the pool whether it has to encode for this.
    private func count(isEncoding: Bool, _ ring: inout Ring) {
        guard ring.isEncoding != isEncoding else { return }
        ring.isEncoding = isEncoding
        isEncoding ? pool.streamStarted() : pool.streamEnded()
    }

    /// Nobody watches any more: source, encoder and ring are let go.
    func rest() {
        ring.withLock { ring in
            count(isEncoding: false, &ring)
            ring.isRunning = false
            ring.season += 1
            ring.coded.clear()
            ring.wantsKey = false
            ring.passing = nil
            ring.latest = nil
        }
        letWorkerGo()
    }

    private func letWorkerGo() {
        pool.submit { self.worker.withLock { if !self.ring.withLock({ $0.isEncoding }) { $0 = nil } } }
    }

    func recordedFrame(at now: Int64) -> (index: Int, isBlack: Bool) {
        let sight = sight(at: now)
        guard case .frame(let index) = sight.subject else { return (sight.resting?.frame ?? 0, sight.isBlack) }
        return (index, sight.isBlack)
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

    // MARK: What is seen

    /// What is on air: of those who watch the very picture that they get, else what they would get.
    func sight(at now: Int64) -> Sight {
        guard isTimely else { return sight(showing: now) }
        let place = place(at: now)
        let latest = ring.withLock { $0.isRunning ? $0.latest : nil }
        if let latest, latest.place <= place, due(place: place) - due(place: latest.place) <= Self.lagLimit {
            return latest.sight
        }
        // Nobody waits for the next picture, so that it can be that of a head that has just come.
        return sight(showing: due(place: max(0, place)), lookingAt: now)
    }

    /// What the picture of an instant shows.
    ///
    /// - Parameters:
    ///   - instant: of what happens in it.
    ///   - moment: of the camera that looks; the same where nil.
    /// - Returns: enough to make it.
    private func sight(showing instant: Int64, lookingAt moment: Int64? = nil) -> Sight {
        let fault = fault(at: instant)
        let shown = fault.shown(at: instant)
        // Where the head was is not known by now.
        if isTimely, fault.wrong == .frozen, var latest = ring.withLock({ $0.latest?.sight }) {
            latest.resting = nil
            return latest
        }
        let look = look(fault.wrong == .frozen ? shown : moment ?? shown)
        var sight = Sight(
            subject: source.subject(at: shown - epoch, look.pose), retouch: look.retouch,
            isBlack: fault.wrong == .black)
        if fault.wrong == nil, let view = resting(look) {
            sight.resting = (view, rests[view].frame(max(0, place(at: instant))))
        }
        return sight
    }

    /// The recording of what is seen.
    private func resting(_ look: Look) -> Int? {
        guard !rests.isEmpty, !look.isMoving, look.retouch.isIdentity else { return nil }
        return rests.firstIndex { $0.pose.isSame(as: look.pose) }
    }

    /// The place of the key frame that is on air of a recording, if the camera has rested there since.
    private func restingKey(at now: Int64) -> (view: Int, key: Int64)? {
        guard !rests.isEmpty, let view = sight(showing: now).resting?.view else { return nil }
        let key = rests[view].key(before: max(0, place(at: now)))
        return sight(showing: due(place: key)).resting?.view == view ? (view, key) : nil
    }

    /// The recording that shows what is seen, and the number of its picture.
    func recording(of sight: Sight) -> (clip: Clip, frame: Int)? {
        sight.resting.map { (rests[$0.view].clip, $0.frame) }
    }

    /// The latest picture that was begun for those who watch; where nobody does, that of the latest place of the raster.
    func moment(at now: Int64) -> PictureMoment? {
        guard now >= epoch else { return nil }
        var place = place(at: now)
        var seen: Sight?
        let (isRunning, latest) = ring.withLock { ($0.isRunning, $0.latest) }
        if isTimely, isRunning {
            // Places that were left out have no picture to be described.
            guard let latest else { return nil }
            (place, seen) = (latest.place, latest.sight)
        }
        let sight = seen ?? sight(showing: due(place: place))
        let ticks = interval.scale(place, toRate: StreamPlan.videoClockRate)
        return PictureMoment(
            instant: PictureMoment.instant(ofTicks: ticks, epoch: epoch), subject: sight.subject,
            retouch: sight.retouch, isBlack: sight.isBlack, next: due(place: place + 1))
    }

    // MARK: Making

    /// What a job has to make.
    private struct Order: Sendable {
        var place: Int64
        var isKey: Bool
        var season: Int
        var sight: Sight
    }

    /// Has the next picture made when it is time for it. On the event loop; cheap when there is nothing to do.
    func advance(to now: Int64) {
        while let place = nextPlace(at: now) {
            let instant = due(place: place)
            let sight = sight(showing: instant)
            if let view = sight.resting?.view, pass(place, view, sight) { continue }
            let order = ring.withLock { ring in
                if ring.passing != nil { ring.wantsKey = true }
                ring.passing = nil
                ring.isBusy = true
                count(isEncoding: true, &ring)
                let isKey =
                    ring.wantsKey || ring.coded.pictures.isEmpty || ring.coded.groupBytes > Self.groupByteLimit
                ring.wantsKey = false
                ring.latest = (place, sight)
                ring.tally.encoded += 1
                return Order(place: place, isKey: isKey, season: ring.season, sight: sight)
            }
            pool.submit { self.make(order) }
            return
        }
    }

    /// The place that is to be filled now; nil where it is not yet time.
    private func nextPlace(at now: Int64) -> Int64? {
        ring.withLock { ring in
            guard ring.isRunning, !ring.isBusy, due(place: ring.nextPlace) - lead <= now else { return nil }
            // The first picture has been promised for its time.
            if now - due(place: ring.nextPlace) > (ring.coded.pictures.isEmpty ? Self.lagLimit : lagLimit) {
                // A recording lies there and goes on from its latest key frame; the time of what was to be made is over.
                let latest = place(at: now)
                ring.nextPlace = max(ring.nextPlace, ring.passing.map { rests[$0].key(before: latest) } ?? latest)
            }
            return ring.nextPlace
        }
    }

    /// Sends the recording's own picture, which can follow on another of the same or begin with a key frame.
    private func pass(_ place: Int64, _ resting: Int, _ sight: Sight) -> Bool {
        let view = rests[resting]
        let isKey = view.isKey(place)
        return ring.withLock { ring in
            guard isKey || ring.passing == resting && !ring.wantsKey else { return false }
            if ring.isEncoding {
                count(isEncoding: false, &ring)
                letWorkerGo()
            }
            if isKey { ring.wantsKey = false }
            let fragments = view.fragments(place)
            ring.coded.append(
                place: place, isKey: isKey, bytes: view.bytes, size: fragments.reduce(0) { $0 + $1.bytes.count },
                fragments: fragments)
            ring.passing = resting
            ring.nextPlace = place + 1
            ring.latest = (place, sight)
            ring.tally.passed += 1
            return true
        }
    }

    /// On a thread of the pool.
    private func make(_ order: Order) {
        let coded = worker.withLock { worker -> VideoEncoder.Frame? in
            do throws(AVError) {
                if worker == nil { worker = try PictureWorker(source, settings) }
                return try worker?.encode(order.sight, asKey: order.isKey)
            } catch {
                // The picture is left out; the next one begins with a fresh source and encoder.
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
            ring.coded.append(
                place: order.place, isKey: coded.isKey, bytes: coded.bytes, size: coded.bytes.count,
                fragments: fragments[...])
        }
    }
}
