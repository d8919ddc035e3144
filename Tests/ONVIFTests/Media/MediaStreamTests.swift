import Foundation
import ONVIF
import Testing
import XML

@Suite("Media: stream and snapshot addresses")
struct MediaStreamTests {
    private func stream(_ type: String, _ transport: String, _ profile: String = "MainStream") -> String {
        """
        <trt:GetStreamUri><trt:StreamSetup><tt:Stream>\(type)</tt:Stream><tt:Transport><tt:Protocol>\(transport)\
        </tt:Protocol></tt:Transport></trt:StreamSetup><trt:ProfileToken>\(profile)</trt:ProfileToken></trt:GetStreamUri>
        """
    }

    @Test(arguments: ["UDP", "RTSP"])
    func aStreamHasTheHostThatTheClientUsed(_ transport: String) throws {
        var camera = OperationHarness()
        let uri = try camera.run(stream("RTP-Unicast", transport)).child("MediaUri")
        #expect(
            uri?.children.map(\.text) == ["rtsp://camera.example:8554/MainStream", "false", "false", "PT0S"])
    }

    @Test(arguments: [("RTP-Multicast", "UDP"), ("RTP-Unicast", "TCP"), ("x", "UDP")])
    func whatIsNotServedIsRefused(_ type: String, _ transport: String) throws {
        var camera = OperationHarness()
        let fault = try camera.fault(stream(type, transport))
        #expect(fault.code == .sender)
        #expect(fault.subcodes == ["InvalidArgVal", "InvalidStreamSetup"])
    }

    @Test(arguments: ["RtspUnicast", "RTSP"])
    func media2GivesTheSameAddress(_ transport: String) throws {
        var camera = OperationHarness()
        camera.call.authority = "[2001:db8::1]"
        let response = try camera.run(
            """
            <tr2:GetStreamUri><tr2:Protocol>\(transport)</tr2:Protocol><tr2:ProfileToken>SubStream</tr2:ProfileToken>\
            </tr2:GetStreamUri>
            """)
        #expect(response.child("Uri")?.text == "rtsp://[2001:db8::1]:8554/SubStream")
    }

    @Test(arguments: ["RtspMulticast", "RtspsUnicast", ""])
    func media2RefusesWhatIsNotServed(_ transport: String) throws {
        var camera = OperationHarness()
        let fault = try camera.fault(
            """
            <tr2:GetStreamUri><tr2:Protocol>\(transport)</tr2:Protocol><tr2:ProfileToken>SubStream</tr2:ProfileToken>\
            </tr2:GetStreamUri>
            """)
        #expect(fault.subcodes == ["InvalidArgVal", "InvalidStreamSetup"])
    }

    /// ONVIF Media2 26.06 §5.4.1: a URI that uses the same port as the web service.
    @Test(arguments: ["http", "https"])
    func aTunnelIsOnTheWebServicesPort(_ scheme: String) throws {
        var camera = OperationHarness()
        (camera.call.scheme, camera.call.authority) = (scheme, "[2001:db8::1]:8000")
        let uri = try camera.run(stream("RTP-Unicast", "HTTP")).child("MediaUri")?.child("Uri")
        #expect(uri?.text == "\(scheme)://[2001:db8::1]:8000/MainStream")
        let request = "<tr2:GetStreamUri><tr2:Protocol>RtspOverHttp</tr2:Protocol>"
        let response = try camera.run("\(request)<tr2:ProfileToken>SubStream</tr2:ProfileToken></tr2:GetStreamUri>")
        #expect(response.child("Uri")?.text == "\(scheme)://[2001:db8::1]:8000/SubStream")
    }

    @Test func aTunnelsAddressThatWouldBeTooLongHasOurOwnHost() throws {
        var camera = OperationHarness()
        camera.call.authority = String(repeating: "h", count: 128)
        let uri = try camera.run(stream("RTP-Unicast", "HTTP")).child("MediaUri")?.child("Uri")
        #expect(uri?.text == "http://192.0.2.1:8080/MainStream")
    }

    /// ONVIF Streaming 25.06 §5.1.1.5: the scheme with an absolute path.
    @Test func theWebSocketsPathIsTold() throws {
        var camera = OperationHarness()
        let capabilities = try camera.run("<tr2:GetServiceCapabilities/>").child("Capabilities")
        let streaming = capabilities?.child("StreamingCapabilities")
        #expect(streaming?.attribute("RTSPWebSocketUri") == "ws:/onvif/rtsp")
    }

    /// ONVIF Media2 26.06 §5.4.1: no longer than 128 octets.
    @Test func anAddressThatWouldBeTooLongHasOurOwnHost() throws {
        var camera = OperationHarness()
        let rest = "rtsp://:8554/MainStream".utf8.count
        camera.call.authority = String(repeating: "h", count: 128 - rest)
        let longest = try camera.run(stream("RTP-Unicast", "UDP")).child("MediaUri")?.child("Uri")?.text
        #expect(longest?.utf8.count == 128)
        camera.call.authority += "h"
        let uri = try camera.run(stream("RTP-Unicast", "UDP")).child("MediaUri")?.child("Uri")?.text
        #expect(uri == "rtsp://192.0.2.1:8554/MainStream")
    }

    @Test(arguments: ["trt", "tr2"])
    func aSnapshotIsOnTheWebServer(_ prefix: String) throws {
        var camera = OperationHarness()
        let request =
            "<\(prefix):GetSnapshotUri><\(prefix):ProfileToken>SubStream</\(prefix):ProfileToken></\(prefix):GetSnapshotUri>"
        let response = try camera.run(request)
        let uri = response.child("Uri") ?? response.child("MediaUri")?.child("Uri")
        #expect(uri?.text == "http://camera.example:8080/snapshot/SubStream")
    }

    @Test(arguments: ["trt", "tr2"])
    func aProfileWithoutAPictureHasNoAddress(_ prefix: String) throws {
        var camera = OperationHarness()
        let token = "<\(prefix):ProfileToken>SubStream</\(prefix):ProfileToken>"
        _ = try camera.run(
            """
            <tr2:RemoveConfiguration><tr2:ProfileToken>SubStream</tr2:ProfileToken>\
            <tr2:Configuration><tr2:Type>All</tr2:Type></tr2:Configuration></tr2:RemoveConfiguration>
            """)
        let setup =
            prefix == "tr2"
            ? "<tr2:Protocol>RTSP</tr2:Protocol>"
            : "<trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport><tt:Protocol>UDP</tt:Protocol></tt:Transport></trt:StreamSetup>"
        for request in [
            "<\(prefix):GetSnapshotUri>\(token)</\(prefix):GetSnapshotUri>",
            "<\(prefix):GetStreamUri>\(setup)\(token)</\(prefix):GetStreamUri>",
        ] {
            let fault = try camera.fault(request)
            #expect(fault.code == .receiver)
            #expect(fault.subcodes == ["Action", "IncompleteConfiguration"])
        }
    }

    @Test(arguments: ["trt", "tr2"])
    func aSynchronizationPointAsksForAKeyFrame(_ prefix: String) throws {
        var camera = OperationHarness()
        func request(_ token: String) -> String {
            """
            <\(prefix):SetSynchronizationPoint><\(prefix):ProfileToken>\(token)</\(prefix):ProfileToken>\
            </\(prefix):SetSynchronizationPoint>
            """
        }
        _ = try camera.run(request("SubStream"))
        #expect(camera.takeEffects() == [.synchronizationPoint(profiles: ["SubStream"])])
        #expect(try camera.fault(request("none")).subcodes == ["InvalidArgVal", "NoProfile"])
    }
}
