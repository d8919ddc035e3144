import AV
import FakeServer
import Foundation
import NIOCore
import NIOPosix
import RTP
import RTSP
import StreamClient
import Synchronization
import Testing

@testable import Conformance

/// The clip that the repository brings, packetised.
private let plan: Result<StreamPlan, any Error> = Result {
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return try StreamPlan(Clip(file: checkout.appending(path: "Recordings/clock-360p.mp4").path))
}

/// An RTSP server of one clip in a few lines.
private struct ScriptedStream: Sendable {
    var frames = 30
    /// Packets left out, by their place.
    var leftOut: Set<Int> = []
    var needsDigest = false
    /// Method → whole response, instead of the sound one.
    var replaced: [String: String] = [:]

    static let sdp = """
        v=0\r
        o=- 1 1 IN IP4 127.0.0.1\r
        s=-\r
        t=0 0\r
        m=video 0 RTP/AVP 96\r
        a=control:track0\r
        a=rtpmap:96 H264/90000\r
        a=fmtp:96 packetization-mode=1\r
        m=audio 0 RTP/AVP 0\r
        a=control:track1\r

        """

    func packets() throws -> [[UInt8]] {
        let plan = try plan.get()
        var result: [[UInt8]] = []
        for number in 0..<Int64(frames) {
            for fragment in plan.video.fragments(of: number) {
                let header = RTPHeader(
                    payloadType: 96, marker: fragment.marker,
                    sequenceNumber: UInt16(truncatingIfNeeded: 65530 + result.count),
                    timestamp: UInt32(truncatingIfNeeded: plan.video.time(of: number, rate: 90_000)), ssrc: 7)
                result.append(
                    RTPPacket(header: header, payload: (fragment.head + plan.clip.bytes[fragment.bytes])[...]).bytes)
            }
        }
        return result.enumerated().filter { !leftOut.contains($0.offset) }.map(\.element)
    }

    static func senderReport() -> [UInt8] {
        RTCPPacket.compound([
            .senderReport(
                .init(ssrc: 7, ntp: NTPTime(value: 1), rtpTimestamp: 0, packetCount: 0, octetCount: 0), [])
        ])
    }

    func reply(to request: FakeServer.Request) -> FakeServer.Reply {
        let method = String(request.requestLine.prefix { $0 != " " })
        let sequence = request.header("cseq") ?? ""
        func ok(_ headers: [String] = [], _ body: String = "", status: String = "200 OK") -> String {
            let lines = ["RTSP/1.0 \(status)", "CSeq: \(sequence)"] + headers
            let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
            return (lines + length + ["", body]).joined(separator: "\r\n")
        }
        if let replaced = replaced[method] { return .bytes(replaced.replacing("CSEQ", with: sequence)) }
        if needsDigest, request.header("authorization") == nil {
            return .bytes(
                ok(["WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=MD5"], status: "401 Unauthorized"))
        }
        switch method {
        case "OPTIONS": return .bytes(ok(["Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"]))
        case "DESCRIBE":
            let uri = request.requestLine.split(separator: " ")[1]
            return .bytes(ok(["Content-Base: \(uri)/", "Content-Type: application/sdp"], Self.sdp))
        case "SETUP":
            return .bytes(
                ok(["Session: abc;timeout=30", "Transport: \(request.header("transport") ?? "");ssrc=00000007"]))
        case "PLAY":
            var bytes = Array(ok(["Session: abc"]).utf8)
            for packet in (try? packets()) ?? [] { bytes += Message.interleaved(channel: 0, packet[...]).bytes }
            bytes += Message.interleaved(channel: 1, Self.senderReport()[...]).bytes
            return .data(bytes)
        default: return .bytes(ok(["Session: abc"]))
        }
    }

    func withDevice<Result>(
        requestTimeout: Duration = .seconds(60), _ body: (TestDevice, String) async throws -> Result
    ) async throws -> Result {
        try await FakeServer.serving({ reply(to: $0) }) { server in
            let target = Target(
                url: server.address, credentials: DeviceCredentials(user: "u", password: "p"),
                requestTimeout: requestTimeout)
            let device = TestDevice(link: DeviceLink(target: target, schema: nil))
            return try await body(device, server.address.replacing("http://", with: "rtsp://") + "/stream")
        }
    }
}

struct RTSPSessionTests {
    @Test(arguments: [false, true])
    func playsAClipInterleaved(needsDigest: Bool) async throws {
        try await ScriptedStream(needsDigest: needsDigest).withDevice { device, url in
            let session = try await RTSPSession(url, device: device)
            #expect(try await session.options().contains("DESCRIBE"))
            let media = try await session.describe()
            #expect(media.map(\.encoding) == ["H264", "PCMU"])
            #expect(media.map(\.control) == [url + "/track0", url + "/track1"])
            try await session.setup(media[0], index: 0, over: .tcp)
            #expect(await session.sessionTimeoutSeconds == 30)
            try await session.play()
            // The access unit is known to be whole by its marker.
            let reports = await session.receive(frames: 30, within: .seconds(30))
            try await session.keepAlive()
            try await session.teardown()
            let report = try #require(await session.reports.first)
            await session.close()
            #expect(reports.count == 1)
            #expect(report.frames == 30)
            #expect(report.lost == 0)
            #expect(report.malformed == [])
            #expect(report.pictures >= 20)
            #expect(report.decodingErrors == 0)
            #expect(report.pictureSize == [640, 360])
            #expect(report.senderReports == 1)
            #expect(report.sources == [7])
            #expect(report.backwardTimestamps == 0)
            #expect(device.log.exchanges.map(\.operation).last == "TEARDOWN")
        }
    }

    @Test func countsWhatIsMissing() async throws {
        try await ScriptedStream(leftOut: [3, 4, 20]).withDevice { device, url in
            let reports = try await device.stream(url, over: .tcp, frames: 25, within: .seconds(30))
            #expect(reports.first?.lost == 3)
        }
    }

    @Test func aSilentStreamGivesAReportWithoutFrames() async throws {
        try await ScriptedStream(frames: 0).withDevice { device, url in
            let reports = try await device.stream(url, over: .tcp, frames: 1, within: .milliseconds(20))
            #expect(reports.first?.frames == 0)
        }
    }

    @Test func receivesOverUDP() async throws {
        let ports = Mutex<(UInt16, UInt16)?>(nil)
        let stream = ScriptedStream()
        try await FakeServer.serving({ request in
            if let ports_ = request.header("transport").flatMap({ TransportSpecification.list($0).first })?.clientPorts
            {
                ports.withLock { $0 = (ports_.rtp, ports_.rtcp) }
            }
            return stream.reply(to: request)
        }) { server in
            let target = Target(url: server.address)
            let device = TestDevice(link: DeviceLink(target: target, schema: nil))
            let session = try await RTSPSession(
                server.address.replacing("http://", with: "rtsp://") + "/stream", device: device)
            let media = try await session.describe()
            try await session.setup(media[0], index: 0, over: .udp)
            let (rtp, rtcp) = try #require(ports.withLock { $0 })
            #expect(rtp.isMultiple(of: 2))
            #expect(rtcp == rtp + 1)
            let sender = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: 0).get()
            for (port, packets) in [(rtcp, [ScriptedStream.senderReport()]), (rtp, try stream.packets())] {
                let address = try SocketAddress(ipAddress: "127.0.0.1", port: Int(port))
                for packet in packets {
                    try await sender.writeAndFlush(
                        AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: packet)))
                }
            }
            let reports = await session.receive(frames: 10, within: .seconds(30))
            #expect((reports.first?.frames ?? 0) >= 10)
            try await sender.close()
            await session.close()
        }
    }

    @Test(arguments: [
        ("DESCRIBE", "RTSP/1.0 404 Not Found\r\nCSeq: CSEQ\r\n\r\n", "RTSP status 404"),
        ("DESCRIBE", "RTSP/1.0 200 OK\r\nCSeq: CSEQ\r\nContent-Length: 3\r\n\r\nabc", "no session description"),
        ("DESCRIBE", "what is this\r\n\r\n", "not RTSP"),
        ("SETUP", "RTSP/1.0 200 OK\r\nCSeq: CSEQ\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n", "no Session"),
        (
            "SETUP", "RTSP/1.0 200 OK\r\nCSeq: CSEQ\r\nSession: 1\r\nTransport: RTP/AVP;client_port=2-3\r\n\r\n",
            "instead of RTP/AVP/TCP"
        ),
    ])
    func wrongResponsesEndTheCaseWithAReason(method: String, response: String, words: String) async throws {
        try await ScriptedStream(replaced: [method: response]).withDevice { device, url in
            var end: CaseEnd?
            do {
                _ = try await device.stream(url, over: .tcp, frames: 1, within: .seconds(1))
            } catch let error as CaseEnd {
                end = error
            }
            guard case .badAnswer(method, let reason, _)? = end else {
                Issue.record("\(String(describing: end))")
                return
            }
            #expect(reason.contains(words))
        }
    }

    @Test func aHangingServerIsOutOfReach() async throws {
        try await FakeServer.serving({ _ in .hang }) { server in
            let device = TestDevice(
                link: DeviceLink(target: Target(url: server.address, requestTimeout: .milliseconds(30)), schema: nil))
            let url = server.address.replacing("http://", with: "rtsp://")
            await #expect(
                throws: CaseEnd.unreachable(reason: "RTSP DESCRIBE: no response within \(Duration.milliseconds(30))")
            ) {
                _ = try await device.stream(url, over: .tcp, frames: 1, within: .seconds(1))
            }
        }
    }

    @Test(arguments: ["http://h/", "", "rtsp:/x", "rtsps://h/x"])
    func onlyRTSPAddressesAreTaken(url: String) async throws {
        let device = TestDevice(link: DeviceLink(target: Target(url: "http://h"), schema: nil))
        await #expect(throws: CaseEnd.self) { _ = try await RTSPSession(url, device: device) }
    }
}
