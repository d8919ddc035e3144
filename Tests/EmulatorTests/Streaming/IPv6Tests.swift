import HTTP
import NIOCore
import NIOPosix
import ONVIF
import RTP
import RTSP
import Testing
import XML

@testable import Emulator

private let hasIPv6 = ((try? System.enumerateDevices()) ?? []).contains { $0.address?.ipAddress == "::1" }

/// A camera on IPv6, or on both families.
@Suite(
    .timeLimit(.minutes(5)), .enabled(if: hasIPv6, "this machine has no ::1")
) struct IPv6Tests {
    /// A camera that asks nobody for credentials when it streams.
    private func withCamera(_ address: String, _ body: (Camera) async throws -> Void) async throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let fleet = try await Fleet.start()
        do {
            try await body(
                try await fleet.add(
                    CameraProfile(path: "/\(root)/Profiles/turret-t.yaml"),
                    CameraSettings(
                        address: address, password: "Secret-1", mutant: Mutant.rtspWithoutAuthentication.rawValue)))
        } catch {
            await fleet.shutDown()
            throw error
        }
        await fleet.shutDown()
    }

    private func port(_ address: String?) throws -> Int {
        let authority = try #require(address.flatMap { RTSPURL($0)?.authority })
        return try #require(authority.split(separator: ":").last.flatMap { Int($0) })
    }

    @Test func addressesHaveBrackets() async throws {
        try await withCamera("::1") { camera in
            #expect(camera.deviceService == "http://[::1]:\(camera.httpPort)/onvif/device_service")
            let client = OnboardingClient(camera, ClientDialect(signing: .digest))
            let media = "http://[::1]:\(camera.httpPort)\(Service.media.path)"
            let answer = try await client.call(OnboardingClient.streamURI("MainStream"), at: media)
            let uri = answer.child("MediaUri")?.child("Uri")?.text
            #expect(uri == (await camera.streams().first))
            #expect(uri?.hasPrefix("rtsp://[::1]:") == true)
            #expect(await camera.snapshots().first?.hasPrefix("http://[::1]:") == true)
        }
    }

    @Test func theDescriptionAndThePacketsAreOfTheFamily() async throws {
        try await withCamera("::1") { camera in
            let port = try port(await camera.streams().first)
            let (rtp, rtcp) = (try await UDPTestSocket.bind(host: "::1"), try await UDPTestSocket.bind(host: "::1"))
            try await RTSPTestClient.with(host: "::1", port: port, path: "MainStream") { client, out in
                let url = "rtsp://[::1]:\(port)/MainStream"
                let describe = try await client.call("DESCRIBE", url, on: out)
                let description = try SessionDescription(parsing: describe.body)
                #expect(description.origin.address == .init(isIPv6: true, host: "::1"))
                #expect(description.connection == .init(isIPv6: true, host: "::"))
                let transport = [("Transport", "RTP/AVP;unicast;client_port=\(rtp.port)-\(rtcp.port)")]
                let setUp = try await client.call("SETUP", "\(url)/trackID=0", transport, on: out)
                let session = try #require(SessionHeader(setUp.headers["Session"] ?? "")).id
                #expect(try await client.call("PLAY", url, [("Session", session)], on: out).status == .ok)
                try await rtp.channel.executeThenClose { inbound, _ in
                    for try await datagram in inbound {
                        #expect(datagram.remoteAddress.ipAddress == "::1")
                        _ = try RTPPacket(parsing: Array(datagram.data.readableBytesView)[...])
                        break
                    }
                }
            }
            try await rtcp.channel.executeThenClose { _, _ in }
        }
    }

    @Test(arguments: [("127.0.0.1", false), ("::1", true)])
    func oneCameraServesBothFamilies(_ host: String, _ isIPv6: Bool) async throws {
        try await withCamera("::") { camera in
            let port = try port(await camera.streams().first)
            try await RTSPTestClient.with(host: host, port: port, path: "MainStream") { client, out in
                let url = "rtsp://\(host.uriHost):\(port)/MainStream"
                let describe = try await client.call("DESCRIBE", url, on: out)
                let description = try SessionDescription(parsing: describe.body)
                #expect(description.origin.address == .init(isIPv6: isIPv6, host: host))
                let setUp = try await client.call(
                    "SETUP", "\(url)/trackID=0", [("Transport", "RTP/AVP;unicast;client_port=5000-5001")], on: out)
                #expect(setUp.status == .ok)
            }
        }
    }
}
