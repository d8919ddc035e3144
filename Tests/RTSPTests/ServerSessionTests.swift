import RTSP
import Testing

@Suite struct ServerSessionTests {
    static let whole = ServerSession.Target.aggregate(path: "/live")
    static let tcp = Headers([("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1")])
    static let udp = Headers([("Transport", "RTP/AVP;unicast;client_port=4000-4001")])

    static func track(_ number: Int) -> ServerSession.Target { .track(number, path: "/live") }

    static func request(_ method: String, _ headers: Headers = Headers()) -> Request {
        Request(method, "rtsp://h/live", headers: headers)
    }

    /// A session with track 0 set up over TCP.
    static func ready() -> ServerSession {
        var session = ServerSession.initial
        session.setUp(track: 0, .interleaved(.init(rtp: 0, rtcp: 1)), path: "/live", id: "1")
        return session
    }

    @Test func setUpPlayPauseTearDown() {
        var session = ServerSession.initial
        #expect(
            session.receive(Self.request("SETUP", Self.tcp), target: Self.track(0), tracks: [0, 1])
                == .setUp(track: 0, .interleaved(.init(rtp: 0, rtcp: 1))))
        #expect(session == .initial)
        session = Self.ready()
        guard case .play(let established) = session.receive(Self.request("PLAY"), target: Self.whole, tracks: [0, 1])
        else {
            Issue.record("PLAY is refused")
            return
        }
        #expect(established.id == "1")
        #expect(session == .playing(established))
        #expect(session.receive(Self.request("PAUSE"), target: Self.whole, tracks: [0, 1]) == .pause)
        #expect(session == .ready(established))
        #expect(session.receive(Self.request("TEARDOWN"), target: Self.whole, tracks: [0, 1]) == .tearDown)
        #expect(session == .initial)
    }

    @Test(arguments: [
        ("SETUP", Headers([("Transport", "RTP/SAVP;unicast;client_port=4-5")]), track(0), Status.unsupportedTransport),
        ("SETUP", Headers([("Transport", "RTP/AVP;multicast")]), track(0), .unsupportedTransport),
        ("SETUP", Headers([("Transport", "RTP/AVP;unicast")]), track(0), .unsupportedTransport),
        ("SETUP", Headers([("Transport", "RTP/AVP/TCP;interleaved=0-1;mode=RECORD")]), track(0), .unsupportedTransport),
        ("SETUP", Headers(), track(0), .badRequest),
        ("SETUP", tcp, track(2), .notFound),
        ("SETUP", tcp, whole, .aggregateOperationNotAllowed),
        ("PLAY", Headers(), whole, .methodNotValidInThisState),
        ("PAUSE", Headers(), whole, .methodNotValidInThisState),
        ("TEARDOWN", Headers(), whole, .sessionNotFound),
        ("GET_PARAMETER", Headers(), whole, .sessionNotFound),
        ("RECORD", Headers(), whole, .methodNotAllowed),
    ])
    func withoutASessionTheseAreRefused(
        _ method: String, _ headers: Headers, _ target: ServerSession.Target, _ status: Status
    ) {
        var session = ServerSession.initial
        #expect(session.receive(Self.request(method, headers), target: target, tracks: [0, 1]) == .refuse(status))
        #expect(session == .initial)
    }

    @Test func aSessionKeepsToOneStreamAndOneTransport() {
        var session = Self.ready()
        let other = ServerSession.Target.track(1, path: "/other")
        #expect(
            session.receive(Self.request("SETUP", Self.tcp), target: other, tracks: [0, 1])
                == .refuse(.aggregateOperationNotAllowed))
        #expect(
            session.receive(Self.request("PLAY"), target: .aggregate(path: "/other"), tracks: [0, 1])
                == .refuse(.notFound))
        for headers in [Self.udp, Self.tcp] {
            #expect(
                session.receive(Self.request("SETUP", headers), target: Self.track(1), tracks: [0, 1])
                    == .refuse(.unsupportedTransport))
        }
        #expect(
            session.receive(Self.request("PLAY", Headers([("Range", "smpte=1-")])), target: Self.whole, tracks: [0, 1])
                == .refuse(.invalidRange))
    }

    @Test func playingTracksCannotBeAddedOrTakenOut() {
        var session = Self.ready()
        session.setUp(track: 1, .interleaved(.init(rtp: 2, rtcp: 3)), path: "/live", id: "x")
        #expect(
            session.receive(Self.request("PLAY"), target: Self.track(0), tracks: [0, 1])
                == .refuse(.aggregateOperationNotAllowed))
        _ = session.receive(Self.request("PLAY"), target: Self.whole, tracks: [0, 1])
        #expect(
            session.receive(Self.request("SETUP", Self.tcp), target: Self.track(1), tracks: [0, 1])
                == .refuse(.methodNotValidInThisState))
        #expect(
            session.receive(Self.request("TEARDOWN"), target: Self.track(1), tracks: [0, 1])
                == .refuse(.aggregateOperationNotAllowed))
        #expect(session.receive(Self.request("GET_PARAMETER"), target: Self.whole, tracks: [0, 1]) == .keepAlive)
        var ping = Self.request("SET_PARAMETER")
        ping.body = [1]
        #expect(session.receive(ping, target: Self.whole, tracks: [0, 1]) == .refuse(.parameterNotUnderstood))
    }

    @Test(arguments: [
        (Request("OPTIONS", "*", version: "RTSP/2.0"), 505), (Request("OPTIONS", "*"), 400),
        (Request("OPTIONS", "*", headers: Headers([("CSeq", "x")])), 400),
        (Request("ANNOUNCE", "rtsp://h/", headers: Headers([("CSeq", "1")])), 405),
        (Request("BREW", "rtsp://h/", headers: Headers([("CSeq", "1")])), 501),
        (Request("DESCRIBE", "ftp://h/", headers: Headers([("CSeq", "1")])), 400),
        (Request("DESCRIBE", "*", headers: Headers([("CSeq", "1")])), 400),
    ])
    func rulesComeBeforeStates(_ request: Request, _ status: Int) {
        #expect(RequestRules.refusal(of: request)?.status.code == status)
    }

    /// The exchange of ONVIF Streaming, "Describe example for a server without backchannel support".
    @Test func unknownFeaturesAreNamed() throws {
        let request = Request(
            "DESCRIBE", "rtsp://192.168.0.1",
            headers: Headers([("Cseq", "1"), ("Require", "www.onvif.org/ver20/backchannel")]))
        let response = try #require(RequestRules.refusal(of: request))
        #expect(response.status.code == 551)
        #expect(response.headers["Unsupported"] == "www.onvif.org/ver20/backchannel")
        #expect(RequestRules.answer(request, with: response).headers["CSeq"] == "1")
    }
}
