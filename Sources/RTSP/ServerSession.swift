/// One RTSP session as the server sees it: requests go in, an `Action` comes out, the caller does what it says.
///
/// Requests that need no session (OPTIONS, DESCRIBE) and the checks that come before any state are in `RequestRules`.
///
/// Source: RFC 2326 Annex A.2 Server State Machine.
package enum ServerSession: Hashable, Sendable {
    /// No track is set up.
    case initial
    /// Tracks are set up; nothing is sent.
    case ready(Established)
    /// Packets are sent.
    case playing(Established)

    /// What a session with tracks has.
    package struct Established: Hashable, Sendable {
        package var id: String
        /// Path of the aggregate, without a track's part.
        package var path: String
        /// Transports by track number.
        package var tracks: [Int: Transport]

        package init(id: String, path: String, tracks: [Int: Transport]) {
            self.id = id
            self.path = path
            self.tracks = tracks
        }
    }

    /// How a track's packets reach the client.
    package enum Transport: Hashable, Sendable {
        case udp(clientPorts: TransportSpecification.PortPair)
        case interleaved(TransportSpecification.ChannelPair)
        /// To the group that the camera is configured with.
        case multicast

        /// One session does not mix transports.
        func goesWith(_ other: Transport) -> Bool {
            switch (self, other) {
            case (.udp, .udp), (.interleaved, .interleaved), (.multicast, .multicast): true
            default: false
            }
        }
    }

    /// What the camera can do about the transport of a track, here and now.
    package struct Offer: Hashable, Sendable {
        /// Interleaved transport is possible.
        package var isTCPConnection: Bool
        /// Numbers of the tracks that have a multicast group.
        package var multicastTracks: Set<Int>
        /// SRTP is possible, which takes a connection over TLS.
        package var allowsSRTP: Bool
        /// The URL is that of a stream whose keys are in its description, so that SRTP needs no word for it.
        package var isSRTPOnly: Bool

        package init(
            isTCPConnection: Bool = true, multicastTracks: Set<Int> = [], allowsSRTP: Bool = false,
            isSRTPOnly: Bool = false
        ) {
            self.isTCPConnection = isTCPConnection
            self.multicastTracks = multicastTracks
            self.allowsSRTP = allowsSRTP
            self.isSRTPOnly = isSRTPOnly
        }
    }

    /// What a request's URL names.
    package enum Target: Hashable, Sendable {
        case aggregate(path: String)
        case track(Int, path: String)

        /// Path of the aggregate.
        package var path: String {
            switch self {
            case .aggregate(let path), .track(_, let path): path
            }
        }
    }

    /// What the caller has to do now. Nothing has changed yet where an action has to be confirmed.
    package enum Action: Hashable, Sendable {
        /// Make the transport, of SRTP or of plain RTP, then call `setUp` and answer.
        case setUp(track: Int, Transport, isSRTP: Bool = false)
        /// Answer and start to send, or go on.
        case play(Established)
        /// Answer and stop to send.
        case pause
        /// Answer, stop to send and forget the session.
        case tearDown
        /// Take one track out, answer, go on with the others.
        case remove(track: Int)
        /// Answer 200: the request only kept the session alive.
        case keepAlive
        /// Answer with this status; the session is as before.
        case refuse(Status)
    }

    /// What the session has, unless it is `initial`.
    package var established: Established? {
        switch self {
        case .initial: nil
        case .ready(let established), .playing(let established): established
        }
    }

    /// Methods that this state takes, for the Allow header of a 455.
    ///
    /// Source: RFC 2326 §11.3.6 Method Not Valid in This State.
    package var allowedMethods: [String] {
        switch self {
        case .initial: ["OPTIONS", "DESCRIBE", "SETUP"]
        case .ready:
            ["OPTIONS", "DESCRIBE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER", "SET_PARAMETER"]
        case .playing: ["OPTIONS", "DESCRIBE", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER", "SET_PARAMETER"]
        }
    }

    /// Identifier, unless the session is `initial`.
    package var id: String? { established?.id }

    /// Takes a request of this session (or, when `initial`, the first SETUP of one).
    ///
    /// - Parameters:
    ///   - request: checked by `RequestRules` already.
    ///   - target: what its URL names.
    ///   - tracks: numbers of the tracks of the stream that `target` names.
    ///   - offer: the transports that are possible.
    /// - Returns: what the caller has to do.
    package mutating func receive(
        _ request: Request, target: Target, tracks: Set<Int>, offer: Offer = Offer()
    ) -> Action {
        if let established, established.path != target.path, request.method != "SETUP" { return .refuse(.notFound) }
        switch request.method {
        case "SETUP":
            return setUp(request, target, tracks: tracks, offer)
        case "PLAY":
            return play(request, target)
        case "PAUSE":
            return pause(target)
        case "TEARDOWN":
            return tearDown(target)
        case "GET_PARAMETER":
            guard established != nil else { return .refuse(.sessionNotFound) }
            // An empty body is a ping (RFC 2326 §10.8); we have no parameters.
            return request.body.isEmpty ? .keepAlive : .refuse(.parameterNotUnderstood)
        case "SET_PARAMETER":
            guard established != nil else { return .refuse(.sessionNotFound) }
            return request.body.isEmpty ? .keepAlive : .refuse(.parameterNotUnderstood)
        case "OPTIONS":
            return established == nil ? .refuse(.sessionNotFound) : .keepAlive
        default:
            return .refuse(.methodNotAllowed)
        }
    }

    /// Confirms a `setUp` action; `id` is asked for when the session is new.
    package mutating func setUp(track: Int, _ transport: Transport, path: String, id: @autoclosure () -> String) {
        var established = self.established ?? Established(id: id(), path: path, tracks: [:])
        established.tracks[track] = transport
        self = .ready(established)
    }

    /// Source: RFC 2326 §10.4 SETUP.
    private func setUp(_ request: Request, _ target: Target, tracks: Set<Int>, _ offer: Offer) -> Action {
        if case .playing = self { return .refuse(.methodNotValidInThisState) }
        let track: Int
        switch target {
        case .track(let number, _):
            track = number
        case .aggregate:
            // A single track may be set up by the URL of the whole.
            guard tracks.count == 1, let only = tracks.first else { return .refuse(.aggregateOperationNotAllowed) }
            track = only
        }
        guard tracks.contains(track) else { return .refuse(.notFound) }
        if let established, established.path != target.path { return .refuse(.aggregateOperationNotAllowed) }
        guard established?.tracks[track] == nil else { return .refuse(.methodNotValidInThisState) }
        guard let header = request.headers["Transport"] else { return .refuse(.badRequest) }
        for wish in TransportSpecification.list(header) {
            guard let isSRTP = Self.isSRTP(wish, offer) else { continue }
            if let transport = transport(for: wish, track: track, offer) {
                return .setUp(track: track, transport, isSRTP: isSRTP)
            }
        }
        return .refuse(.unsupportedTransport)
    }

    /// Whether a wish is one for SRTP; nil where its profile is not possible.
    private static func isSRTP(_ wish: TransportSpecification, _ offer: Offer) -> Bool? {
        switch wish.profile {
        case "RTP/SAVP" where offer.allowsSRTP: true
        // ffmpeg asks for plain RTP and yet decrypts what has a key in the description.
        case "RTP/AVP": offer.isSRTPOnly
        default: nil
        }
    }

    private func transport(for wish: TransportSpecification, track: Int, _ offer: Offer) -> Transport? {
        guard (wish.mode ?? "PLAY").uppercased() == "PLAY" else { return nil }
        let others = established?.tracks ?? [:]
        switch wish.lowerTransport {
        case .udp where wish.isMulticast:
            guard offer.multicastTracks.contains(track), others.values.allSatisfy({ $0.goesWith(.multicast) }) else {
                return nil
            }
            return .multicast
        case .udp:
            guard let ports = wish.clientPorts, ports.rtp != 0, ports.rtcp != 0 else { return nil }
            let transport = Transport.udp(clientPorts: ports)
            return others.values.allSatisfy { $0.goesWith(transport) } ? transport : nil
        case .tcp:
            guard offer.isTCPConnection, !wish.isMulticast else { return nil }
            let first = UInt8(truncatingIfNeeded: track * 2)
            let channels = wish.interleaved ?? .init(rtp: first, rtcp: first + 1)
            guard channels.rtp != channels.rtcp, others.values.allSatisfy({ $0.goesWith(.interleaved(channels)) })
            else {
                return nil
            }
            let taken = others.values.contains { other in
                guard case .interleaved(let pair) = other else { return false }
                return [pair.rtp, pair.rtcp].contains(channels.rtp) || [pair.rtp, pair.rtcp].contains(channels.rtcp)
            }
            return taken ? nil : .interleaved(channels)
        case .other:
            return nil
        }
    }

    /// Source: RFC 2326 §10.5 PLAY.
    private mutating func play(_ request: Request, _ target: Target) -> Action {
        guard let established else { return .refuse(.methodNotValidInThisState) }
        if case .track(let number, _) = target {
            // Several tracks are controlled as one.
            guard established.tracks.count == 1, established.tracks[number] != nil else {
                return .refuse(.aggregateOperationNotAllowed)
            }
        }
        if let header = request.headers["Range"], RangeHeader(header) == nil { return .refuse(.invalidRange) }
        self = .playing(established)
        return .play(established)
    }

    /// Source: RFC 2326 §10.6 PAUSE.
    private mutating func pause(_ target: Target) -> Action {
        guard let established else { return .refuse(.methodNotValidInThisState) }
        if case .track = target, established.tracks.count > 1 { return .refuse(.aggregateOperationNotAllowed) }
        self = .ready(established)
        return .pause
    }

    /// Source: RFC 2326 §10.7 TEARDOWN.
    private mutating func tearDown(_ target: Target) -> Action {
        guard var established else { return .refuse(.sessionNotFound) }
        guard case .track(let number, _) = target, established.tracks.count > 1 else {
            self = .initial
            return .tearDown
        }
        guard established.tracks[number] != nil else { return .refuse(.notFound) }
        if case .playing = self { return .refuse(.aggregateOperationNotAllowed) }
        established.tracks[number] = nil
        self = .ready(established)
        return .remove(track: number)
    }
}
