import Authentication
import StreamClient

/// What a streaming case holds a device to once it has an address: Digest, DESCRIBE, SETUP, PLAY, RTP, RTCP, TEARDOWN.
///
/// Source: annexes "Media Streaming over RTP-Unicast/UDP", "Media Streaming over RTP/RTSP/TCP" and "RTSP Authentication
/// Check" of the ONVIF streaming test specifications.
struct StreamTrial {
    /// One media that must be described and sent.
    struct Media {
        /// `video` or `audio`.
        let kind: String
        /// Names in the SDP, in capitals; any of them will do.
        let encodings: [String]

        static let h264 = Media(kind: "video", encodings: ["H264"])
        static let aac = Media(kind: "audio", encodings: ["MPEG4-GENERIC", "MP4A-LATM"])
        static let g711 = Media(kind: "audio", encodings: ["PCMU"])
    }

    /// Access units of video, or packets of audio: a second or so.
    static let frames = 25
    /// How long frames and a sender report may take: an interval of RTCP is up to 7.5 s (RFC 3550 §6.2, §6.3.1).
    static let patience = Duration.seconds(12)

    let url: String
    let transport: StreamTransport
    /// The first one sets the pace.
    let media: [Media]
    let device: TestDevice

    private static let rtp = Clause.streaming("5.1.2.1")
    private static let rtcp = Clause.streaming("5.1.2.2")

    func run(_ findings: inout Findings) async throws {
        let session = try await RTSPSession(url, device: device)
        do {
            try await checkAuthentication(session, &findings)
            try await setUp(session, &findings)
            try await session.play()
            let reports = await watch(session)
            await check(reports, &findings)
            try await end(session, &findings)
            await session.close()
        } catch {
            await session.close()
            throw error
        }
    }

    // MARK: - Steps

    /// Devices of Profile T ask for Digest on any anonymous request.
    func checkAuthentication(_ session: RTSPSession, _ findings: inout Findings) async throws {
        guard device.link.target.credentials != nil, await device.has(.profileT) else { return }
        let clause = Clause.core("5.9.1")
        let reply = try await session.request(
            "DESCRIBE", headers: [("Accept", "application/sdp")], authenticated: false)
        findings.expect(
            reply.status == 401, "RTSP status 401 for a DESCRIBE without credentials", found: "\(reply.status)",
            clause: clause)
        guard reply.status == 401 else { return }
        let challenge = reply.header("WWW-Authenticate")
        findings.expect(
            challenge.flatMap { DigestChallenge.best(of: [$0]) } != nil, "WWW-Authenticate: Digest with the 401",
            found: challenge ?? "no WWW-Authenticate", clause: clause)
    }

    /// DESCRIBE; no address in the answer may be of another family than the stream's own.
    func describe(_ session: RTSPSession, _ findings: inout Findings) async throws -> [StreamMedia] {
        let described = try await session.describe()
        if let reply = await session.description, let family = AddressFamily(url: url) {
            let strangers = family.strangers(in: reply)
            findings.expect(
                strangers.isEmpty, "addresses of the family \(family.rawValue) only in the response to DESCRIBE",
                found: strangers.joined(separator: "; "), clause: .streaming("5.2.2.1"))
        }
        return described
    }

    /// DESCRIBE and SETUP of all media.
    private func setUp(_ session: RTSPSession, _ findings: inout Findings) async throws {
        let described = try await describe(session, &findings)
        for wanted in media {
            let index = try findings.require(
                described.firstIndex {
                    $0.kind == wanted.kind && wanted.encodings.contains($0.encoding.uppercased())
                        && $0.direction != "sendonly"
                },
                "\(wanted.kind) as \(wanted.encodings.joined(separator: " or ")) towards the client in the SDP",
                found: described.map { "\($0.kind) \($0.encoding) \($0.direction)" }.joined(separator: ", "),
                clause: Self.rtp)
            try await session.setup(described[index], index: index, over: transport)
        }
    }

    /// Waits for frames and sender reports of each media.
    private func watch(_ session: RTSPSession) async -> [StreamReport] {
        for wanted in media {
            _ = await session.receive(
                frames: Self.frames, senderReports: 1, of: wanted.kind, within: Self.patience)
        }
        return await session.reports
    }

    private func check(_ reports: [StreamReport], _ findings: inout Findings) async {
        for wanted in media {
            guard let report = reports.first(where: { $0.kind == wanted.kind }) else { continue }
            let what = "\(report.encoding) over \(transport.rawValue.uppercased())"
            findings.expect(
                report.frames >= Self.frames, "\(Self.frames) frames of \(what) within \(Self.patience)",
                found: "\(report.frames) frames in \(report.packets) packets", clause: Self.rtp)
            findings.expect(
                report.malformed.isEmpty, "well-formed RTP and RTCP packets of \(what)",
                found: report.malformed.joined(separator: "; "), clause: Self.rtp)
            findings.expect(
                report.strangePayloadTypes.isEmpty, "the payload type of the SDP in all packets of \(what)",
                found: report.strangePayloadTypes.sorted().map { "\($0)" }.joined(separator: ", "), clause: Self.rtp)
            findings.expect(
                report.senderReports > 0, "an RTCP sender report for \(what) within \(Self.patience)", found: "none",
                clause: Self.rtcp)
            guard report.encoding.uppercased() == "H264", report.frames > 0 else { continue }
            findings.expect(
                report.pictures > 0, "H.264 that libavcodec decodes", found: "no picture from \(report.frames) frames",
                clause: Self.rtp)
            // What the network lost is no fault of the encoder.
            guard report.lost == 0 else { continue }
            findings.expect(
                report.decodingErrors == 0, "H.264 that libavcodec decodes without error",
                found: "\(report.decodingErrors) errors in \(report.frames) frames", clause: Self.rtp)
        }
    }

    /// TEARDOWN; a device that hung up before has ended the session by itself.
    func end(_ session: RTSPSession, _ findings: inout Findings) async throws {
        do {
            try await session.teardown()
        } catch CaseEnd.unreachable(let reason) {
            findings.record(
                expected: "an RTSP session that lasts until TEARDOWN", found: reason, clause: .streaming("5.2.2.1"))
        }
    }
}
