package import RTP
internal import Synchronization

/// The metadata of a media profile: XML documents that are made while somebody takes them.
///
/// A document is made when something has happened, when somebody new comes, and once a second in any case.
///
/// Source: ONVIF Streaming 26.06 §5.1.2.1.1 RTP for Metadata stream.
package final class MetadataFeed: TrackFeed {
    /// How often the feed looks whether something has happened, nanoseconds.
    static let interval: Int64 = 100_000_000
    /// The longest time between two documents, nanoseconds; a second is recommended.
    static let longestSilence: Int64 = 1_000_000_000
    /// Documents that are kept for those who still catch up: some seconds of one for each picture.
    static let documentLimit = 128

    /// Why a document is asked for.
    package enum Occasion: Hashable, Sendable {
        /// To tell what is new; where nothing is, none is made.
        case look
        /// To tell what is new, be it nothing.
        case interval
        /// To tell all, as somebody knows nothing yet.
        case beginning
    }

    /// Makes a document; nil where there is nothing to tell. Called on the event loop.
    package typealias Compose = @Sendable (Occasion) -> [UInt8]?

    /// Looks after the pictures that are described in the same track; hands documents in by `append`.
    ///
    /// - Returns: until when there is nothing to look after, nanoseconds of the stream clock.
    typealias Watch = @Sendable (_ feed: MetadataFeed, _ video: any VideoFeed, _ now: Int64) -> Int64

    private struct Document {
        var number: Int64
        var instant: Int64
        var bytes: [UInt8]
        var fragments: [Fragment]
        var firstPacket: Int64
    }

    private struct State {
        /// In order of their numbers, which follow each other.
        var documents: [Document] = []
        var nextNumber: Int64 = 0
        var packets: Int64 = 0
        var nextLook: Int64 = 0
        var wantsBeginning = false
        /// When the watch has something to do.
        var nextWatch = Int64.max
        /// The pictures that are seen beside the track.
        var video: (any VideoFeed)?
    }

    package let format: PayloadFormat
    private let epoch: Int64
    private let state = Mutex(State())
    private let compose: Compose
    /// Told when nobody takes the track any more.
    private let ended: @Sendable () -> Void
    private let watch: Watch?

    /// A feed of what is composed alone.
    ///
    /// - Parameters:
    ///   - compression: in which documents come from `compose`.
    ///   - epoch: instant of the stream's beginning, nanoseconds of the stream clock.
    ///   - compose: makes a document.
    ///   - ended: called on the event loop when nobody takes the track any more.
    package convenience init(
        _ compression: MetadataCompression = .none, epoch: Int64, compose: @escaping Compose,
        ended: @escaping @Sendable () -> Void = {}
    ) {
        self.init(compression, epoch: epoch, watch: nil, compose: compose, ended: ended)
    }

    /// - Parameters:
    ///   - compression: in which documents come from `compose`.
    ///   - epoch: instant of the stream's beginning, nanoseconds of the stream clock.
    ///   - watch: looks after the pictures while somebody takes the track; nil where nothing describes them.
    ///   - compose: makes a document.
    ///   - ended: called on the event loop when nobody takes the track any more.
    init(
        _ compression: MetadataCompression, epoch: Int64, watch: Watch?, compose: @escaping Compose,
        ended: @escaping @Sendable () -> Void
    ) {
        self.watch = watch
        format = .metadata(compression)
        self.epoch = epoch
        self.compose = compose
        self.ended = ended
    }

    var isLive: Bool { true }

    private static func document(_ number: Int64, in state: State) -> Document? {
        guard let first = state.documents.first?.number, number >= first, number < state.nextNumber else { return nil }
        return state.documents[Int(number - first)]
    }

    func due(_ number: Int64) -> Int64 {
        state.withLock { state in
            number < state.nextNumber ? Self.document(number, in: state)?.instant ?? epoch : .max
        }
    }

    func next(after now: Int64) -> Int64 { state.withLock { $0.nextNumber } }

    /// What was told before means nothing to somebody new.
    func first(from instant: Int64) -> Int64 { next(after: instant) }

    func packets(before number: Int64) -> Int64 {
        state.withLock { state in Self.document(number, in: state)?.firstPacket ?? state.packets }
    }

    func frame(_ number: Int64) -> TrackFrame? {
        guard let document = state.withLock({ Self.document(number, in: $0) }) else { return nil }
        let ticks = Int128(document.instant - epoch) * Int128(format.clockRate) / 1_000_000_000
        return TrackFrame(
            fragments: document.fragments[...], bytes: document.bytes, ticks: Int64(ticks),
            firstPacket: document.firstPacket)
    }

    func welcome() { state.withLock { ($0.wantsBeginning, $0.nextLook) = (true, 0) } }

    func begin() { state.withLock { $0.nextWatch = $0.video == nil || watch == nil ? .max : 0 } }

    /// The pictures beside the track.
    func show(_ video: any VideoFeed) { state.withLock { $0.video = video } }

    func rest() {
        state.withLock { $0.nextWatch = .max }
        ended()
    }

    var nextLook: Int64 { state.withLock { min($0.nextLook, $0.nextWatch) } }

    func advance(to now: Int64) {
        let video = state.withLock { now >= $0.nextWatch ? $0.video : nil }
        if let watch, let video {
            let next = watch(self, video, now)
            state.withLock { if $0.nextWatch != .max { $0.nextWatch = next } }
        }
        let occasion = state.withLock { state -> Occasion? in
            guard now >= state.nextLook else { return nil }
            state.nextLook = now + Self.interval
            defer { state.wantsBeginning = false }
            if state.wantsBeginning { return .beginning }
            let latest = state.documents.last?.instant ?? .min / 2
            return now - latest >= Self.longestSilence ? .interval : .look
        }
        guard let occasion, let bytes = compose(occasion), !bytes.isEmpty else { return }
        append(bytes, at: now)
    }

    /// Adds a document, due at once.
    ///
    /// - Parameters:
    ///   - bytes: compressed as the feed says.
    ///   - now: nanoseconds of the stream clock; taken for that of the latest document where it is before that.
    func append(_ bytes: [UInt8], at now: Int64) {
        let fragments = MetadataPacketizer().fragments(of: bytes.indices)
        state.withLock { state in
            state.documents.append(
                Document(
                    number: state.nextNumber, instant: max(now, state.documents.last?.instant ?? now), bytes: bytes,
                    fragments: fragments,
                    firstPacket: state.packets))
            if state.documents.count > Self.documentLimit { state.documents.removeFirst() }
            state.nextNumber += 1
            state.packets += Int64(fragments.count)
        }
    }
}
