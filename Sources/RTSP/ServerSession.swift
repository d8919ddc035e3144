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

        var isUDP: Bool { if case .udp = self { true } else { false } }
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
        /// Make the transport, then call `setUp` and answer.
        case setUp(track: Int, Transport)
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
    ///   - isTCPConnection: interleaved transport is possible.
    /// - Returns: what the caller has to do.
    package mutating func receive(
        _ request: Request, target: Target, tracks: Set<Int>, isTCPConnection: Bool = true
    ) -> Action {
        if let established, established.path != target.path, request.method != "SETUP" { return .refuse(.notFound) }
        switch request.method {
        case "SETUP":
            return setUp(request, target, tracks: tracks, isTCPConnection: isTCPConnection)
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
    private func setUp(_ request: Request, _ target: Target, tracks: Set<Int>, isTCPConnection: Bool) -> Action {
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
            if let transport = transport(for: wish, track: track, isTCPConnection: isTCPConnection) {
                return .setUp(track: track, transport)
            }
        }
        return .refuse(.unsupportedTransport)
    }

    private func transport(
        for wish: TransportSpecification, track: Int, isTCPConnection: Bool
    ) -> Transport? {
        guard wish.profile == "RTP/AVP", !wish.isMulticast, (wish.mode ?? "PLAY").uppercased() == "PLAY" else {
            return nil
        }
        let others = established?.tracks ?? [:]
        switch wish.lowerTransport {
        case .udp:
            guard let ports = wish.clientPorts, ports.rtp != 0, ports.rtcp != 0 else { return nil }
            // One session does not mix transports.
            guard others.values.allSatisfy(\.isUDP) else { return nil }
            return .udp(clientPorts: ports)
        case .tcp:
            guard isTCPConnection, others.values.allSatisfy({ !$0.isUDP }) else { return nil }
            let first = UInt8(truncatingIfNeeded: track * 2)
            let channels = wish.interleaved ?? .init(rtp: first, rtcp: first + 1)
            guard channels.rtp != channels.rtcp else { return nil }
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
