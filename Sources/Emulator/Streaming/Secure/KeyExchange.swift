internal import ONVIF
internal import RTP
internal import RTSP
internal import SRTP

/// Reads and writes the MIKEY messages of a stream.
///
/// Source: ONVIF Streaming 25.12 §Key management through RTSP; RFC 4567 §3 SDP and RTSP usage.
enum KeyExchange {
    /// Bytes of RAND (RFC 3830 §6.11: 16 at least).
    private static let randomLength = 16

    /// Why a client's keys are not taken: 463.
    enum Failure: Error, Equatable {
        case malformedHeader
        case mikey(MIKEYError)
        /// All viewers of a group share the camera's key until one of them changes it for all.
        case groupHasKey
    }

    /// What a SETUP over SRTP is served with.
    ///
    /// - Parameters:
    ///   - header: KeyMgmt; nil where the client takes the key of the description.
    ///   - ssrc: of the track.
    ///   - shared: the stream's own key.
    /// - Throws: `Failure`.
    static func security(
        _ header: String?, ssrc: UInt32, shared: StreamProtection
    ) throws(Failure) -> TrackSecurity {
        guard let header else { return TrackSecurity(shared: shared) }
        guard let specifications = KeyManagementSpecification.list(header) else { throw .malformedHeader }
        guard let message = specifications.first(where: { $0.name == "mikey" })?.message else {
            throw .malformedHeader
        }
        let (keys, session) = try Self.keys(message, ssrc: ssrc, agreed: shared.master.suite)
        if isForStream(keys.first, session, ssrc: ssrc), let key = keys.first {
            return TrackSecurity(own: key, rolloverCounter: session?.rolloverCounter ?? 0)
        }
        let security = TrackSecurity(shared: shared)
        for key in keys { security.receive(with: key) }
        return security
    }

    /// Whether a client's key is for what the camera sends.
    ///
    /// ONVIF has the client say so with a master key identifier. Without one it is the key of another source: GStreamer tells
    /// with each SETUP by what key it protects its own receiver reports, as RFC 4567 means it.
    private static func isForStream(
        _ key: SRTPMasterKey?, _ session: MIKEYMessage.CryptoSession?, ssrc: UInt32
    ) -> Bool {
        guard let session, session.ssrc != 0, session.ssrc != ssrc else { return true }
        return key?.identifier.isEmpty == false
    }

    /// - Throws: `mikey`.
    static func keys(
        _ bytes: [UInt8], ssrc: UInt32, agreed suite: SRTPSuite
    ) throws(Failure) -> (keys: [SRTPMasterKey], session: MIKEYMessage.CryptoSession?) {
        do throws(MIKEYError) {
            let message = try MIKEYMessage(parsing: bytes)
            let session = message.sessions.first { $0.ssrc == ssrc } ?? message.sessions.first
            return (try message.masterKeys(of: session?.ssrc, agreed: suite), session)
        } catch {
            throw .mikey(error)
        }
    }

    /// The message that gives a key away, with the counter of now.
    static func message(
        _ key: SRTPMasterKey, ssrc: UInt32, rolloverCounter: UInt32, wallClock: Duration
    ) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return MIKEYMessage(
            key, ssrc: ssrc, rolloverCounter: rolloverCounter, bundle: .random(in: 0...(.max), using: &generator),
            timestamp: NTPTime(unixTime: wallClock).value,
            random: (0..<randomLength).map { _ in .random(in: 0...255, using: &generator) }
        ).bytes
    }
}

/// What a client says by the query of a stream's URL.
struct StreamWish: OptionSet, Hashable {
    let rawValue: Int

    /// A description with the multicast groups in it.
    static let multicast = StreamWish(rawValue: 1)
    /// Keys in `a=crypto`, for clients without MIKEY.
    static let sdes = StreamWish(rawValue: 2)
    /// Packets without a master key identifier, for clients that know none.
    static let withoutIdentifier = StreamWish(rawValue: 4)

    init(rawValue: Int) { self.rawValue = rawValue }

    /// - Parameter query: words with `&` between them: `multicast`, `sdes`, `no-mki`; others mean nothing.
    init(query: String?) {
        self = []
        for word in (query ?? "").split(separator: "&") {
            switch word.lowercased() {
            case StreamingPath.multicastQuery: insert(.multicast)
            case "sdes": insert(.sdes)
            case "no-mki": insert(.withoutIdentifier)
            default: break
            }
        }
    }

    /// Identifiers would only cost bytes where nobody changes keys: `a=crypto` gives one key for all time.
    var hasIdentifier: Bool { isDisjoint(with: [.sdes, .withoutIdentifier]) }
}
