import ONVIF
import RTSP
import StreamClient

/// What keeps an RTSP session alive while it plays.
extension TestCase {
    static let setParameterKeepsAlive = TestCase(
        id: "RTSS-1-1-32",
        title: "MEDIA STREAMING – RTSP KEEPALIVE (SET_PARAMETER)",
        covers: .streaming("5.2.2.2"),
        requires: [.media, .mediaStreaming],
        mutants: .rtspRefusesSetParameter, .rtspTellsNoTimeout, .rtspHangsUp, .rtspStreamIsSilent,
        .rtspWithoutAuthentication, .mediaStreamUriWithoutTimeout
    ) { device, findings in
        try await keepAlive(by: "SET_PARAMETER", device, &findings)
    }

    static let optionsKeepsAlive = TestCase(
        id: "RTSS-1-1-33",
        title: "MEDIA STREAMING - RTSP KEEPALIVE (OPTIONS)",
        covers: .streaming("5.2.2.2"),
        requires: [.media, .mediaStreaming],
        mutants: .rtspRefusesOptions, .rtspTellsNoTimeout, .rtspHangsUp
    ) { device, findings in
        try await keepAlive(by: "OPTIONS", device, &findings)
    }

    /// Keep-alives that must be answered.
    private static let keepAlives = 3

    /// Sends the method now and again while frames arrive.
    ///
    /// The official procedure paces it by the announced time-out, a minute with most devices; what it judges, the answers
    /// and the stream going on, shows as well at a pace of a second.
    private static func keepAlive(
        by method: String, _ device: TestDevice, _ findings: inout Findings
    ) async throws {
        // The procedure names JPEG, which every device of its time had; what is tested does not depend on it.
        let url = try await device.mediaVideoStream(["JPEG", "H264", "MPEG4"], over: .udp, &findings)
        let session = try await RTSPSession(url, device: device)
        do {
            let trial = StreamTrial(url: url, transport: .udp, media: [], device: device)
            try await trial.checkAuthentication(session, &findings)
            let media = try await trial.describe(session, &findings)
            let index = try findings.require(
                media.firstIndex { $0.kind == "video" && $0.direction != "sendonly" }, "video in the SDP")
            let reply = try await session.setup(media[index], index: index, over: .udp)
            findings.expect(
                reply.header("Session").flatMap { SessionHeader($0)?.timeout } != nil,
                "a timeout in the Session header of the response to SETUP", found: reply.header("Session") ?? "none")
            try await session.play()
            for round in 1...keepAlives {
                try await keepAlive(round, by: method, session, &findings)
            }
            try await trial.end(session, &findings)
            await session.close()
        } catch {
            await session.close()
            throw error
        }
    }

    private static func keepAlive(
        _ round: Int, by method: String, _ session: RTSPSession, _ findings: inout Findings
    ) async throws {
        let wanted = StreamTrial.frames * round
        let frames = await session.receive(frames: wanted, within: StreamTrial.patience).first?.frames ?? 0
        guard
            findings.expect(
                frames >= wanted, "\(wanted) frames by keep-alive \(round)", found: "\(frames) frames",
                clause: .streaming("5.1.2.1"))
        else { throw CaseEnd.nothingMoreToTest }
        let reply: RTSPReply
        do {
            reply = try await session.request(method)
        } catch CaseEnd.unreachable(let reason) {
            findings.record(expected: "an RTSP session that lasts until TEARDOWN", found: reason)
            throw CaseEnd.nothingMoreToTest
        }
        findings.expect(reply.status, is: 200, "RTSP status of \(method) while the stream plays")
    }
}
