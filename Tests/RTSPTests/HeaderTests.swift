import RTSP
import Testing

@Suite struct HeaderTests {
    @Test(arguments: [
        "RTP/AVP;unicast;client_port=4588-4589;server_port=6256-6257",
        "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=0000ABCD;mode=\"PLAY\"",
        "RTP/AVP;multicast;destination=224.2.0.1;client_port=3456-3457",
    ])
    func transportsAreReadAndWrittenAgain(_ text: String) {
        #expect(TransportSpecification(text)?.text == text)
    }

    @Test func oneNumberMeansItAndTheNext() {
        #expect(TransportSpecification("RTP/AVP;unicast;client_port=8000")?.clientPorts == .init(rtp: 8000, rtcp: 8001))
        #expect(TransportSpecification("RTP/AVP/TCP;interleaved=2")?.interleaved == .init(rtp: 2, rtcp: 3))
    }

    @Test(arguments: [
        "", ";", "RTP", "RTP/AVP;client_port=70000-70001", "RTP/AVP;client_port=65535", "RTP/AVP/TCP;interleaved=255",
        "RTP/AVP/TCP;interleaved=1-2-3", "RTP/AVP;client_port=a-b", "RTP/AVP;ssrc=xyz",
    ])
    func malformedTransportsAreLeftOut(_ text: String) {
        #expect(TransportSpecification.list(text).isEmpty)
    }

    @Test func listsKeepTheirOrder() {
        let list = TransportSpecification.list("RTP/SAVP;unicast;client_port=1-2, RTP/AVP/TCP;interleaved=0-1")
        #expect(list.map(\.profile) == ["RTP/SAVP", "RTP/AVP"])
    }

    @Test(arguments: [
        ("npt=now-", RangeHeader.now), ("npt=0.000-", .npt(start: 0, end: nil)),
        ("npt=1:00:01.5-", .npt(start: 3601.5, end: nil)),
        ("npt=3-10.5", .npt(start: 3, end: 10.5)),
        ("clock=20100217T143720.257Z-", .clock(start: "20100217T143720.257Z")),
    ])
    func rangesAreRead(_ text: String, _ range: RangeHeader) {
        #expect(RangeHeader(text) == range)
    }

    @Test(arguments: ["", "npt", "npt=x-", "smpte=10:00-", "npt=1-x", "npt=nan-"])
    func malformedRangesAreRefused(_ text: String) {
        #expect(RangeHeader(text) == nil)
    }

    @Test func sessionsCarryTheirTimeout() {
        #expect(SessionHeader("12345678; timeout=60") == SessionHeader(id: "12345678", timeout: 60))
        #expect(SessionHeader("a")?.text == "a")
        #expect(SessionHeader("") == nil)
    }

    /// The example of ONVIF Streaming, "RTSP audio and video synchronization"; dates by `date -u -d @…`.
    @Test func rtpInfoAndClockTime() {
        let info = RTPInfo.list("url=rtsp://example.com/onvif_camera/video; seq=1234;rtptime=3450012")
        #expect(
            info == [RTPInfo(url: "rtsp://example.com/onvif_camera/video", sequenceNumber: 1234, rtpTime: 3_450_012)])
        #expect(RTPInfo.list(RTPInfo.text(info)) == info)
        #expect(ClockTime.text(.seconds(1_266_417_440) + .milliseconds(257)) == "20100217T143720.257Z")
        #expect(ClockTime.text(.zero) == "19700101T000000.000Z")
        #expect(ClockTime.text(.seconds(951_782_400)) == "20000229T000000.000Z")
        #expect(ClockTime.text(.seconds(4_102_444_799)) == "20991231T235959.000Z")
    }

    @Test func urlsKeepTheHostThatTheClientUsed() throws {
        let url = try #require(RTSPURL("rtsp://user:pass@camera.example:8554/live/1?x=y"))
        #expect(url.authority == "camera.example:8554")
        #expect(url.text == "rtsp://camera.example:8554/live/1?x=y")
        #expect(RTSPURL("RTSP://[::1]:554")?.host == "::1")
        #expect(RTSPURL("RTSP://[::1]:554")?.path == "/")
        #expect(RTSPURL("http://a/b")?.path == "/b")
        #expect(RTSPURL("ftp://a/") == nil)
        #expect(RTSPURL("rtsp:///a") == nil)
        #expect(RTSPURL("rtsp://h/" + String(repeating: "a", count: RTSPURL.limit)) == nil)
    }

    /// Examples of RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
    ])
    func base64(_ plain: String, _ coded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == coded)
        #expect(Base64.decode(coded) == Array(plain.utf8))
        #expect(Base64.decode("Zm9vY") == nil)
        #expect(Base64.decode("Zm9*") == nil)
    }
}
