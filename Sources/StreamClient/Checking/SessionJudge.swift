import RTP
import RTSP

/// What the responses of a session tell, against each other and the packets.
struct SessionJudge: Sendable {
    let transport: StreamTransport
    private(set) var findings: [StreamFinding] = []
    private var info: [RTPInfo] = []
    private var hasTimeout = true

    init(transport: StreamTransport) { self.transport = transport }

    private mutating func add(
        _ severity: StreamFinding.Severity, _ kind: StreamFinding.Kind, _ expected: String, _ clause: String,
        _ found: String
    ) {
        findings.append(StreamFinding(severity, kind, expected: expected, clause: clause, found: found))
    }

    mutating func take(setup reply: RTSPReply) {
        let header = reply.header("Session") ?? ""
        guard hasTimeout, SessionHeader(header)?.timeout == nil else { return }
        hasTimeout = false
        add(.note, .sessionTimeout, "a timeout in the Session header", "ONVIF Streaming 26.06 §5.2.2.2", header)
    }

    /// Source: ONVIF Streaming 26.06 §5.2.2.3.
    mutating func take(play reply: RTSPReply) {
        let clause = "ONVIF Streaming 26.06 §5.2.2.3"
        let range = reply.header("Range") ?? ""
        if !range.lowercased().hasPrefix("clock=") {
            add(
                .note, .playInformation, "Range with a clock time in the response to PLAY", clause,
                range.isEmpty ? "no Range" : range)
        }
        guard let header = reply.header("RTP-Info") else {
            add(.note, .playInformation, "RTP-Info in the response to PLAY", clause, "none")
            return
        }
        info = RTPInfo.list(header)
    }

    mutating func noteHangUp(_ reason: String, after seconds: Double) {
        add(
            .error, .hungUp, "an RTSP session that lasts until TEARDOWN", "ONVIF Streaming 26.06 §5.2.2.1",
            "\(reason) after \(Words.number(seconds, digits: 1)) s")
    }

    mutating func noteTeardown(_ error: any Error) {
        add(.error, .teardown, "TEARDOWN answered with 200", "RFC 2326 §10.7", "\(error)")
    }

    mutating func noteKeepAlive(_ error: StreamError) {
        add(.error, .keepAlive, "keep-alives answered with 200", "ONVIF Streaming 26.06 §5.2.2.2", "\(error)")
    }

    mutating func take(_ tracks: [TrackReport], strayFrames: Int) {
        if strayFrames > 0 {
            add(
                .error, .strayChannel, "interleaved frames on the channels of SETUP only", "RFC 2326 §10.12",
                Words.count(strayFrames, "frame") + " on others")
        }
        for track in tracks {
            guard let first = track.checker.firstHeader,
                let entry = info.first(where: {
                    track.media.control.hasSuffix($0.url) || $0.url.hasSuffix(track.media.control)
                })
            else { continue }
            // Over UDP the first packets may be lost.
            let ahead = entry.sequenceNumber.map { first.sequenceNumber &- $0 } ?? 0
            guard transport.isInterleaved ? ahead != 0 : ahead > 1000 else { continue }
            add(
                .warning, .playInformation,
                "the first \(track.media.kind) packet to have the seq \(entry.sequenceNumber ?? 0) of RTP-Info",
                "RFC 2326 §12.33", "\(first.sequenceNumber)")
        }
    }
}
