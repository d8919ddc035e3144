import Fuzzing
import RTSP
import Testing

@Suite struct SessionDescriptionTests {
    static let text = """
        v=0\r
        o=- 2890844256 2890842807 IN IP4 172.16.2.93\r
        s=RTSP Session\r
        c=IN IP4 0.0.0.0\r
        t=0 0\r
        a=control:rtsp://example.com/onvif_camera\r
        m=video 0 RTP/AVP 96\r
        b=AS:500\r
        a=rtpmap:96 H264/90000\r
        a=fmtp:96 packetization-mode=1;profile-level-id=4D401F;sprop-parameter-sets=Z01AHw==,aOvBssg=\r
        a=recvonly\r
        m=audio 0 RTP/AVP 97\r
        c=IN IP6 ::\r
        a=rtpmap:97 MPEG4-GENERIC/16000/2\r
        a=control:rtsp://example.com/onvif_camera/audio\r

        """

    @Test func aDescriptionIsReadAndWrittenAgain() throws {
        let description = try SessionDescription(parsing: Array(Self.text.utf8))
        #expect(description.text == Self.text)
        #expect(description[attribute: "control"] == "rtsp://example.com/onvif_camera")
        let video = description.media[0]
        #expect(video.bandwidth == 500)
        #expect(video.rtpMap("96")?.clockRate == 90_000)
        #expect(video.formatParameters("96")["packetization-mode"] == "1")
        #expect(video.formatParameters("96")["sprop-parameter-sets"] == "Z01AHw==,aOvBssg=")
        #expect(video[attribute: "recvonly"] == "")
        #expect(description.media[1].connection?.isIPv6 == true)
        #expect(description.media[1].rtpMap("97")?.channels == 2)
    }

    @Test(arguments: [
        ("", SessionDescription.ParseError.missing("v=")), ("v=0\ns=a\n", .missing("o=")),
        ("v=1\n", .malformedLine(1)), ("v=0\nhello\n", .malformedLine(2)), ("v=0\no=a b\n", .malformedLine(2)),
        ("v=0\no=- 1 1 IN IP4 h\ns=-\nm=video x RTP/AVP 96\n", .malformedLine(4)),
    ])
    func whatIsNoDescriptionIsRefused(_ text: String, _ error: SessionDescription.ParseError) {
        #expect(throws: error) { try SessionDescription(parsing: Array(text.utf8)) }
    }

    @Test func mutatedDescriptionsNeverTrap() {
        var generator = Mutator(seed: 2)
        for _ in 0..<5_000 {
            let bytes = generator.mutate(Array(Self.text.utf8))
            guard let description = try? SessionDescription(parsing: bytes) else { continue }
            for media in description.media {
                _ = media.rtpMap(media.formats[0])
                _ = media.formatParameters(media.formats[0])
            }
            #expect(description.media.count <= SessionDescription.mediaLimit)
        }
    }
}
