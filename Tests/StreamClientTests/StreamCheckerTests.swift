import RTP
import Testing

@testable import StreamClient

/// Each finding by a stream that is wrong in one respect; the sound streams have none.
struct StreamCheckerTests {
    @Test func theSoundStreamHasNoFindings() {
        let checker = SyntheticStream.video().check()
        #expect(checker.findings(watched: 10) == [])
        let figures = checker.figures
        #expect(figures.packets == 520)
        #expect(figures.frames == 250)
        #expect(figures.keyFrames == 10)
        #expect(figures.frameRate == 25)
        #expect(abs((figures.arrivalFrameRate ?? 0) - 25) < 0.1)
        #expect(figures.groupLengthMean == 25)
        #expect(figures.groupLengthMax == 25)
        #expect(figures.groupSeconds == 1)
        #expect(figures.lost == 0)
        #expect(figures.sequenceWraps == 0)
        // 4,294,000,000 + 249 × 3600 is below 2^32 by less than a second more: none yet.
        #expect(figures.timestampWraps == 0)
        #expect(figures.codecProfile == "Main")
        #expect(figures.codecLevel == "3.0")
        #expect(figures.parameterSetsInBand == 10)
        #expect(figures.senderReports == 2)
        #expect(figures.firstKeyFrameMilliseconds == 3)
        #expect(figures.latenessMaxMilliseconds < 5)
        // 1,000 + 5 bytes a frame, 8 more with parameter sets: 250 × 1005 + 10 × 8 bytes in 9.96 s.
        #expect(figures.bytes == 251_330)
        #expect(abs(figures.bitRateKilobits - 201.87) < 0.1)
        #expect(figures.sources == ["00000007"])
    }

    @Test func theSoundSoundHasNoFindings() {
        #expect(SyntheticStream.audio().check().findings(watched: 10) == [])
    }

    @Test func numbersAndTimesMayWrap() {
        let checker = SyntheticStream.video(frames: 500, first: 65_000, time: 4_294_000_000).check()
        #expect(checker.findings(watched: 20) == [])
        #expect(checker.figures.sequenceWraps == 1)
        #expect(checker.figures.timestampWraps == 1)
        #expect(checker.figures.frames == 500)
    }

    @Test func silenceIsFound() {
        #expect(SyntheticStream().kinds() == [.silence])
    }

    @Test func lossIsCountedInBursts() {
        var stream = SyntheticStream.video()
        let gone = stream.packets(ofFrame: 30) + [stream.packets(ofFrame: 60)[0]]
        stream.packets = stream.packets.indices.filter { !gone.contains($0) }.map { stream.packets[$0] }
        let checker = stream.check()
        #expect(checker.figures.lost == 3)
        #expect(checker.figures.lossBursts == 2)
        #expect(checker.figures.longestLossBurst == 2)
        // Below a hundredth the network may be to blame; over TCP nothing is lost.
        #expect(checker.findings(watched: 10).map(\.severity) == [.warning])
        #expect(checker.findings(watched: 10).map(\.kind) == [.loss])
        stream.mayReorder = false
        #expect(stream.check().findings(watched: 10).map(\.severity) == [.error])
    }

    @Test func manyLostPacketsAreAnError() {
        var stream = SyntheticStream.video()
        stream.packets = stream.packets.enumerated().filter { $0.offset % 20 != 19 }.map(\.element)
        let loss = stream.check().findings(watched: 10).first { $0.kind == .loss }
        #expect(loss?.severity == .error)
        #expect(loss?.found.contains("25 of 519") == true)
    }

    @Test func duplicatesAreFound() {
        var stream = SyntheticStream.video()
        stream.packets.insert(stream.packets[40], at: 41)
        #expect(stream.kinds() == [.duplicates])
        #expect(stream.check().figures.duplicates == 1)
        #expect(stream.check().figures.frames == 250)
    }

    @Test func overtakenPacketsAreSortedAndFound() {
        var stream = SyntheticStream.video()
        let (one, other) = (stream.packets[50].arrival, stream.packets[51].arrival)
        stream.packets[50].arrival = other + .milliseconds(5)
        stream.packets[51].arrival = one
        #expect(stream.kinds() == [.reordering])
        let figures = stream.check().figures
        #expect(figures.reordered == 1)
        #expect(figures.lost == 0)
        #expect(figures.frames == 250)
    }

    @Test func aSequenceThatStartsAnewIsFound() {
        var stream = SyntheticStream.video()
        for index in 200..<stream.packets.count { stream.packets[index].header.sequenceNumber &+= 20_000 }
        #expect(stream.kinds().contains(.sequenceRestart))
        // Packets of the other sequence are not taken for lost ones; the first one confirms itself by the second.
        #expect(stream.check().figures.lost < 3)
    }

    @Test func foreignPayloadTypesAreFound() {
        var stream = SyntheticStream.video()
        stream.packets.append(stream.packets[100])
        stream.packets[stream.packets.count - 1].header.payloadType = 77
        #expect(stream.kinds() == [.payloadType])
    }

    @Test func brokenPacketsAreFound() {
        var checker = SyntheticStream.video().check()
        _ = checker.receiveRTP([0x40, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], at: .seconds(10))
        checker.receiveRTCP([0x40, 200, 0, 0], at: .seconds(10))
        #expect(Set(checker.findings(watched: 10).map(\.kind)) == [.malformedRTP, .malformedRTCP])
    }

    @Test func brokenPayloadsAreFound() {
        var stream = SyntheticStream.video()
        // FU-B is not of packetization-mode 1.
        stream.packets[80].payload[0] = 0x7D
        #expect(stream.kinds().contains(.payloadFormat))
    }

    @Test func aMissingMarkerIsFound() {
        var stream = SyntheticStream.video()
        for index in stream.packets(ofFrame: 40) { stream.packets[index].header.marker = false }
        #expect(stream.kinds() == [.marker])
    }

    @Test func anEarlyMarkerIsFound() {
        var stream = SyntheticStream.video()
        stream.packets[stream.packets(ofFrame: 50)[0]].header.marker = true
        // What follows the marker is a frame of the same time.
        #expect(stream.kinds() == [.marker, .timestampBackward])
    }

    @Test func timeThatGoesBackIsFound() {
        var stream = SyntheticStream.video()
        for index in stream.packets(ofFrame: 40) { stream.packets[index].header.timestamp &-= 9000 }
        #expect(stream.kinds() == [.timestampBackward])
        // Unless pictures come in decoding order.
        var summary = DecodingSummary()
        summary.reordersPictures = true
        #expect(stream.kinds(decoding: summary) == [])
    }

    @Test func timeThatJumpsIsFound() {
        var stream = SyntheticStream.video()
        for index in stream.packets(ofFrame: 100)[0]..<stream.packets.count {
            stream.packets[index].header.timestamp &+= 900_000
        }
        #expect(stream.kinds(reports: []).contains(.timestampJump))
    }

    @Test func aClockOfAnotherRateIsFound() {
        var stream = SyntheticStream.video(time: 0)
        for index in stream.packets.indices { stream.packets[index].header.timestamp /= 2 }
        #expect(stream.kinds(reports: []).contains(.timestampPace))
    }

    @Test func unevenStepsAreNoted() {
        var stream = SyntheticStream.video()
        for frame in stride(from: 1, to: 250, by: 10) {
            for index in stream.packets(ofFrame: frame) { stream.packets[index].header.timestamp &+= 1000 }
        }
        let findings = stream.check().findings(watched: 10)
        #expect(findings.map(\.kind) == [.timestampSteps])
        #expect(findings.map(\.severity) == [.note])
    }

    @Test func aPauseIsFound() {
        var stream = SyntheticStream.video()
        for index in stream.packets(ofFrame: 100)[0]..<stream.packets(ofFrame: 150)[0] {
            stream.packets[index].arrival = stream.packets[stream.packets(ofFrame: 150)[0]].arrival
        }
        #expect(stream.kinds() == [.stall])
    }

    @Test func lateFramesAreFound() {
        var stream = SyntheticStream.video()
        for frame in stride(from: 50, to: 250, by: 20) {
            for index in stream.packets(ofFrame: frame) + stream.packets(ofFrame: frame + 1)
            where frame + 10 < 250 {
                stream.packets[index].arrival += .milliseconds(300)
            }
            let release = Duration.milliseconds(40 * (frame + 1) + 305)
            for later in (frame + 2)..<min(frame + 9, 250) {
                for index in stream.packets(ofFrame: later) {
                    stream.packets[index].arrival = max(stream.packets[index].arrival, release)
                }
            }
        }
        stream.mayReorder = true
        #expect(stream.kinds().contains(.lateness))
        #expect(stream.check().figures.latenessP99Milliseconds > 250)
    }

    @Test func anotherSourceIsFound() {
        var stream = SyntheticStream.video()
        for index in 200..<stream.packets.count { stream.packets[index].header.ssrc = 8 }
        #expect(stream.kinds() == [.sourceChange])
        var checker = SyntheticStream.video().check()
        checker.promisedSource = 1
        #expect(checker.findings(watched: 10).map(\.kind) == [.sourceDiffers])
        checker.promisedSource = 7
        #expect(checker.findings(watched: 10) == [])
    }

    @Test func aGoodbyeIsFound() {
        let stream = SyntheticStream.video()
        let bye: (Duration, [RTCPPacket]) = (
            .seconds(9),
            [
                SyntheticStream.report(9000, time: stream.packets[0].header.timestamp), SyntheticStream.name(7),
                .goodbye(sources: [7], reason: "reboot"),
            ]
        )
        let findings = stream.check(reports: stream.soundReports + [bye]).findings(watched: 10)
        #expect(findings.map(\.kind) == [.goodbye])
        #expect(findings[0].found == "BYE (reboot)")
    }
}
