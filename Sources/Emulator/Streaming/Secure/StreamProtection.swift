internal import SRTP
internal import Synchronization

/// A master key in use: what it protects, all who know it can read.
///
/// A stream's own one is shared: its packets have the same numbers for all viewers, so that they are protected once.
final class StreamProtection: Sendable {
    /// What a camera uses that lists no algorithms (ONVIF Streaming 25.12 §SRTP data transfer via UDP).
    static let suite = SRTPSuite.aesCM128HMACSHA1Tag80
    /// Bytes of the identifier in each packet, as in the examples of ONVIF Streaming 25.12 §Key management through RTSP.
    static let identifierLength = 4

    let master: SRTPMasterKey
    let keys: SRTPSessionKeys
    /// Of the last RTCP packet; packets of all sessions count on, as none may have the number of another.
    private let controlIndex = Atomic<UInt32>(0)

    init(_ master: SRTPMasterKey) {
        self.master = master
        keys = SRTPSessionKeys(master)
    }

    /// Nil for what is no RTCP, and when the key has numbered all it may.
    func protectControl(_ bytes: [UInt8]) -> [UInt8]? {
        let index = controlIndex.wrappingAdd(1, ordering: .relaxed).newValue
        return try? keys.protectControl(bytes[...], index: index)
    }
}

/// The keys that a camera makes for one stream, when first asked for one.
final class StreamSecret: Sendable {
    private let made = Mutex<[Bool: StreamProtection]>([:])

    /// - Parameter hasIdentifier: false for clients that know no master key identifiers.
    func protection(hasIdentifier: Bool) -> StreamProtection {
        made.withLock { made in
            if let known = made[hasIdentifier] { return known }
            var generator = SystemRandomNumberGenerator()
            let length = hasIdentifier ? StreamProtection.identifierLength : 0
            let identifier = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let protection = StreamProtection(
                .random(suite: StreamProtection.suite, identifier: identifier, using: &generator))
            made[hasIdentifier] = protection
            return protection
        }
    }
}

/// What protects the packets of one track for one session, or for all of a multicast group. Bound to the event loop.
final class TrackSecurity {
    private(set) var protection: StreamProtection
    /// The key is the stream's own.
    private(set) var isShared: Bool
    /// What the client believes the first packet's rollover counter to be.
    private let firstCounter: UInt32
    /// The client's counter less the stream's; nil before the first packet.
    private var offset: UInt32?
    private var receiver: SRTPReceiver

    /// With the stream's key and counters.
    init(shared protection: StreamProtection) {
        self.protection = protection
        (isShared, firstCounter, offset) = (true, 0, 0)
        receiver = SRTPReceiver([protection.keys])
    }

    /// With a key of the client.
    init(own master: SRTPMasterKey, rolloverCounter: UInt32) {
        protection = StreamProtection(master)
        (isShared, firstCounter) = (false, rolloverCounter)
        receiver = SRTPReceiver([protection.keys])
    }

    /// Nil for what is no RTP.
    func protect(_ packet: ArraySlice<UInt8>, rolloverCounter: UInt32) -> [UInt8]? {
        let offset = offset ?? firstCounter &- rolloverCounter
        self.offset = offset
        return try? protection.keys.protect(packet, rolloverCounter: rolloverCounter &+ offset)
    }

    func protectControl(_ bytes: [UInt8]) -> [UInt8]? { protection.protectControl(bytes) }

    /// The client's report in the clear; nil for what it did not make, or made before.
    func openControl(_ bytes: ArraySlice<UInt8>) -> [UInt8]? { try? receiver.unprotectControl(bytes) }

    /// The rollover counter that goes with a packet, where the stream's own is this.
    func rolloverCounter(_ streamCounter: UInt32) -> UInt32 {
        streamCounter &+ (offset ?? firstCounter &- streamCounter)
    }

    /// Goes on with a key of the client; rollover counters go on, too.
    func rekey(_ master: SRTPMasterKey) {
        protection = StreamProtection(master)
        isShared = false
        receiver.add(protection.keys)
    }

    /// Takes what the client protects its reports with, where that is another key.
    func receive(with master: SRTPMasterKey) { receiver.add(SRTPSessionKeys(master)) }
}
