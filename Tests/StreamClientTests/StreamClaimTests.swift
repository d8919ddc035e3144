import RTP
import Testing

@testable import StreamClient

/// Sender reports, and what the device and its SDP claim.
struct StreamClaimTests {
    private static let start: UInt32 = 4_294_000_000

    @Test func missingReportsAreFoundAfterAWhile() {
        #expect(SyntheticStream.video().kinds(reports: []) == [.noSenderReports])
        #expect(SyntheticStream.video().kinds(reports: [], watched: 7) == [])
    }

    @Test func reportsOfAnotherClockAreFound() {
        let reports = [(Duration.seconds(5), [SyntheticStream.report(5000, time: 17), SyntheticStream.name(7)])]
        #expect(SyntheticStream.video().kinds(reports: reports) == [.reportClock])
    }

    @Test func reportsThatDriftAreFound() {
        let reports = [1000, 3000, 5000].map { at in
            (
                Duration.milliseconds(at),
                [SyntheticStream.report(at, time: Self.start, drift: 0.2), SyntheticStream.name(7)]
            )
        }
        #expect(SyntheticStream.video().kinds(reports: reports) == [.reportDrift])
    }

    @Test func countsThatShrinkAreFound() {
        let reports = [(2000, UInt32(500)), (7000, 100)].map { at, count in
            (
                Duration.milliseconds(at),
                [SyntheticStream.report(at, time: Self.start, count: count), SyntheticStream.name(7)]
            )
        }
        #expect(SyntheticStream.video().kinds(reports: reports) == [.reportCounts])
    }

    @Test func reportsWithoutAWallClockAreFound() {
        let report = RTCPPacket.senderReport(
            .init(
                ssrc: 7, ntp: NTPTime(value: 0), rtpTimestamp: Self.start &+ 450_000, packetCount: 1, octetCount: 1), []
        )
        #expect(
            SyntheticStream.video().kinds(reports: [(.seconds(5), [report, SyntheticStream.name(7)])])
                == [.reportWithoutTime])
    }

    @Test func reportsWithoutANameAreFound() {
        let report = SyntheticStream.report(5000, time: Self.start)
        #expect(SyntheticStream.video().kinds(reports: [(.seconds(5), [report])]) == [.reportForm])
    }

    @Test(arguments: [
        ("frameRateLimit", 25.0, []), ("frameRateLimit", 15, [StreamFinding.Kind.frameRate]),
        ("frameRateLimit", 30, [.frameRate]),
        ("govLength", 25, []), ("govLength", 12, [.groupLength]), ("govLength", 50, [.groupLength]),
        ("bitrateLimit", 210, []), ("bitrateLimit", 100, [.bitRate]),
        ("width", 640, []), ("width", 1280, [.pictureSize]),
    ])
    func claimsAreCompared(key: String, value: Double, kinds: [StreamFinding.Kind]) {
        var stream = SyntheticStream.video()
        var claim = StreamClaim(source: "the test")
        var summary = DecodingSummary()
        (summary.width, summary.height) = (640, 360)
        claim.height = 360
        switch key {
        case "frameRateLimit": claim.frameRateLimit = value
        case "govLength": claim.govLength = Int(value)
        case "bitrateLimit": claim.bitrateLimit = Int(value)
        default: claim.width = Int(value)
        }
        stream.claim = claim
        #expect(stream.kinds(decoding: summary) == Set(kinds))
    }

    @Test(arguments: [
        ("H264", "Main", []), ("H265", "Main", [StreamFinding.Kind.encoding]), ("H264", "High", [.codecProfile]),
    ])
    func claimedCodecsAreCompared(encoding: String, profile: String, kinds: [StreamFinding.Kind]) {
        var stream = SyntheticStream.video()
        stream.claim = StreamClaim(source: "the test")
        stream.claim?.encoding = encoding
        stream.claim?.profile = profile
        #expect(stream.kinds() == Set(kinds))
    }

    @Test(arguments: [("PCMU", 8, []), ("PCMU", 16, [StreamFinding.Kind.audioFormat]), ("AAC", 8, [.encoding])])
    func claimedSoundIsCompared(encoding: String, rate: Int, kinds: [StreamFinding.Kind]) {
        var stream = SyntheticStream.audio()
        stream.claim = StreamClaim(source: "the test")
        stream.claim?.encoding = encoding
        stream.claim?.sampleRate = rate
        #expect(stream.kinds() == Set(kinds))
    }

    @Test func theDescriptionIsCompared() {
        var stream = SyntheticStream.video()
        stream.media.frameRate = 15
        stream.media.bandwidth = 100
        #expect(stream.kinds() == [.frameRate, .bitRate])
        let media = StreamMedia(
            kind: "video", control: "", payloadType: 96, encoding: "H264", clockRate: 90_000,
            formatParameters: ["profile-level-id": "42001E"], direction: "")
        stream.media = media
        #expect(stream.kinds() == [.codecProfile])
    }

    @Test func missingParameterSetsAreFound() {
        var stream = SyntheticStream.video()
        for index in stream.packets.indices where [0x67, 0x68].contains(stream.packets[index].payload[0]) {
            // Enhancement information instead.
            stream.packets[index].payload[0] = 0x06
        }
        #expect(stream.kinds() == [.parameterSets])
    }

    @Test func aStreamWithoutKeyFramesIsFound() {
        var stream = SyntheticStream.video()
        for index in stream.packets.indices where stream.packets[index].payload[1] & 0x1F == 5 {
            stream.packets[index].payload[1] = stream.packets[index].payload[1] & 0xE0 | 1
        }
        #expect(stream.kinds() == [.noKeyFrame])
        #expect(stream.kinds(watched: 4).contains(.noKeyFrame) == false)
    }

    @Test func decodingErrorsAreFound() {
        var summary = DecodingSummary()
        summary.isDecoded = true
        summary.decoded = 100
        #expect(SyntheticStream.video().kinds(decoding: summary) == [])
        summary.errors = 3
        #expect(SyntheticStream.video().kinds(decoding: summary) == [.decoding])
        summary.errors = 0
        summary.decoded = 0
        #expect(SyntheticStream.video().kinds(decoding: summary) == [.decoding])
    }

    @Test(arguments: [
        ("<tt:MetadataStream xmlns:tt=\"http://www.onvif.org/ver10/schema\"/>", 0 as Int64),
        ("<tt:Other xmlns:tt=\"http://www.onvif.org/ver10/schema\"/>", 1), ("<tt:MetadataStream", 1),
    ])
    func metadataIsRead(document: String, errors: Int64) {
        let media = StreamMedia(
            kind: "application", control: "", payloadType: 107, encoding: "vnd.onvif.metadata", clockRate: 90_000,
            formatParameters: [:], direction: "")
        let judge = FrameJudge(media)
        judge.take(MediaFrame(timestamp: 0, bytes: Array(document.utf8), isKey: true))
        #expect(judge.summary.errors == errors)
        #expect(judge.summary.decoded == 1 - errors)
    }
}
