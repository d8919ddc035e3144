import AV
import RTP
import Testing

@Suite struct StreamPlanTests {
    /// The recordings of the repository: 500 frames, 20 s, AAC at 16 kHz (312.5 frames of 1024 in a loop).
    static func plan() throws -> StreamPlan {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try StreamPlan(Clip(file: "/\(folder)/Recordings/clock-360p.mp4"))
    }

    @Test func allFramesComeOutAsTheyWentIn() throws {
        let plan = try Self.plan()
        var depacketizer = H264Depacketizer()
        var number: UInt16 = 65_000
        for frame in 0..<Int64(plan.video.count * 2) {
            var units: [H264Depacketizer.AccessUnit] = []
            for fragment in plan.video.fragments(of: frame) {
                let header = RTPHeader(
                    payloadType: 96, marker: fragment.marker, sequenceNumber: number, timestamp: UInt32(frame), ssrc: 1)
                number &+= 1
                let payload = fragment.head + plan.clip.bytes[fragment.bytes]
                #expect(payload.count <= defaultPayloadLimit)
                units += try depacketizer.receive(RTPPacket(header: header, payload: payload[...]))
            }
            #expect(units.map(\.bytes) == [plan.clip.accessUnit(Int(frame) % plan.video.count)])
        }
    }

    @Test func packetsAreNumberedWithoutGapOverTheLoops() throws {
        let video = try Self.plan().video
        var expected: Int64 = 0
        for frame in 0..<Int64(video.count * 2 + 3) {
            #expect(video.packets(before: frame) == expected)
            expected += Int64(video.fragments(of: frame).count)
        }
    }

    /// 25 pictures a second are 3600 ticks of 90 kHz apart, in every loop, also years on.
    @Test(arguments: [0, 499, 500, 12_345, 100_000_000_000] as [Int64])
    func picturesAreEquallyFarApart(_ frame: Int64) throws {
        let video = try Self.plan().video
        #expect(video.time(of: frame, rate: 90_000) == frame * 3600)
        let nanoseconds = frame * 40_000_000
        #expect(video.number(at: nanoseconds) == frame)
        #expect(video.number(at: nanoseconds - 1) == frame - 1)
        #expect(video.number(at: nanoseconds + 39_999_999) == frame)
        #expect(video.key(before: frame) == frame - frame % 25)
    }

    /// A loop of 20 s holds 312.5 frames: 312 and 313 in turn, and the place in the clip stays within half a frame.
    @Test func soundStaysWithThePictureForEver() throws {
        let audio = try #require(try Self.plan().audio)
        #expect(audio.packetsPerFrame == 1)
        for first in [0, 312, 624, 3_125_000_000] as [Int64] {
            for number in first..<first + 1000 {
                #expect(audio.time(of: number, rate: 16_000) == number * 1024)
                let within = (number * 1024) % 320_000
                let index = Int64(try #require(audio.index(of: number)))
                let distance = abs(index * 1024 - within)
                #expect(min(distance, 320_000 - distance) <= 512)
            }
        }
        for number in [0, 1, 3_125_000_001] as [Int64] {
            let nanoseconds = number * 64_000_000
            #expect(audio.number(at: nanoseconds) == number)
            #expect(audio.number(at: nanoseconds - 1) == number - 1)
        }
    }

    /// B-frames: I0 P3 B1 B2 and so on, by hand. Sent in the order of decoding at even times, shown in another.
    @Test func picturesThatAreShownInAnotherOrderAreSentInStep() throws {
        let recorded = try Self.plan().clip
        let times: [Int64] = [0, 3, 1, 2, 6, 4, 5]
        let video = VideoTrack(
            parameters: recorded.video.parameters, timeBase: TimeBase(numerator: 1, denominator: 25),
            frames: times.enumerated().map { index, time in
                VideoFrame(time: time, decodingTime: Int64(index), isKey: index == 0, units: index..<index + 1)
            },
            units: Array(recorded.video.units.prefix(7)), duration: 7)
        #expect(video.reorderDepth == 1)
        let plan = try StreamPlan(Clip(file: "", bytes: recorded.bytes, video: video, audio: nil)).video
        for (number, time) in [0, 3, 1, 2, 6, 4, 5, 7, 10, 8].enumerated() {
            #expect(plan.time(of: Int64(number), rate: 90_000) == Int64(time) * 3600)
            #expect(plan.due(of: Int64(number), rate: 1_000_000_000) == Int64(number) * 40_000_000)
            #expect(plan.number(at: Int64(number) * 40_000_000) == number)
            #expect(plan.number(at: Int64(number) * 40_000_000 - 1) == number - 1)
        }
        for (place, index) in [0, 2, 3, 1, 5, 6, 4, 0, 2].enumerated() {
            #expect(plan.index(shownAt: Int64(place) * 40_000_000) == index)
            #expect(plan.index(shownAt: Int64(place) * 40_000_000 + 39_999_999) == index)
        }
    }

    /// The two ways to package AAC, and none, share the pictures.
    @Test func packagingChangesTheSoundOnly() throws {
        let plan = try Self.plan()
        let latm = plan.packaging(.latm)
        #expect(latm.audio?.format.encodingName == "MP4A-LATM")
        #expect(latm.video.fragments == plan.video.fragments)
        #expect(plan.silent.audio == nil)
    }
}
