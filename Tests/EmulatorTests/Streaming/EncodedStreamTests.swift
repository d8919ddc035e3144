import AV
import Foundation
import ONVIF
import Pictures
import RTSP
import Testing
import XML

@testable import Emulator

/// What is set shows: in snapshots and in streams, by their pixels.
@Suite(.timeLimit(.minutes(5)), .serialized) struct EncodedStreamTests {
    private static func mean(_ plane: [UInt8]) -> Double {
        Double(plane.reduce(0) { $0 + Int($1) }) / Double(plane.count)
    }

    /// Red of ONVIF's list, (76, 85, 255) in full range, as pictures store it (219 and 224 steps).
    private static let red = (81, 90, 240)

    private static func isRed(_ picture: YUVPicture, x: Int, y: Int) -> Bool {
        let pixel = picture.pixel(x: x, y: y)
        return abs(Int(pixel.luma) - red.0) <= 6 && abs(Int(pixel.blue) - red.1) <= 6
            && abs(Int(pixel.red) - red.2) <= 8
    }

    @Test func aMaskIsInTheSnapshotAndTheStreamUntilItIsDeleted() async throws {
        try await PictureBench.with { bench in
            #expect(!Self.isRed(try await bench.snapshot(), x: 960, y: 180))
            let created = try await bench.call(
                """
                <tr2:CreateMask><tr2:Mask><tr2:ConfigurationToken>VideoSourceConfiguration_1</tr2:ConfigurationToken>\
                <tr2:Polygon><tt:Point x="0" y="0"/><tt:Point x="1" y="0"/><tt:Point x="1" y="1"/><tt:Point x="0" y="1"/>\
                </tr2:Polygon><tr2:Type>Color</tr2:Type>\(PictureBench.color(76, 85, 255))<tr2:Enabled>true</tr2:Enabled>\
                </tr2:Mask></tr2:CreateMask>
                """)
            let token = try #require(created.child("Token")?.trimmedText)
            for (profile, width, height) in [("MainStream", 1280, 720), ("SubStream", 640, 360)] {
                let still = try await bench.snapshot(profile)
                #expect(still.width == width && still.height == height)
                let frames = try await bench.frames(3, of: profile)
                for picture in [still] + frames.map(\.picture) {
                    for (x, y) in [(0.52, 0.02), (0.98, 0.02), (0.75, 0.25), (0.98, 0.47)] {
                        let (x, y) = (Int(x * Double(width)), Int(y * Double(height)))
                        #expect(Self.isRed(picture, x: x, y: y), "\(profile) \(x), \(y): \(picture.pixel(x: x, y: y))")
                    }
                    for (x, y) in [(0.48, 0.25), (0.75, 0.53)] {
                        let (x, y) = (Int(x * Double(width)), Int(y * Double(height)))
                        #expect(!Self.isRed(picture, x: x, y: y), "\(profile) \(x), \(y)")
                    }
                }
            }
            // Deleted while somebody watches: the stream goes on without it.
            var pictures = 0
            try await bench.watch { frame in
                pictures += 1
                if pictures == 2 {
                    _ = try await bench.call("<tr2:DeleteMask><tr2:Token>\(token)</tr2:Token></tr2:DeleteMask>")
                }
                #expect(pictures < 500)
                return Self.isRed(frame.picture, x: 960, y: 180)
            }
            #expect(!Self.isRed(try await bench.snapshot(), x: 960, y: 180))
        }
    }

    @Test func aMaskEndsTheSessionsThatWouldNotShowIt() async throws {
        try await PictureBench.with { bench in
            var pictures = 0
            await #expect(throws: PictureBench.StreamEnded.self) {
                try await bench.watch { _ in
                    pictures += 1
                    if pictures == 2 {
                        _ = try await bench.write("<tt:Type>Plain</tt:Type><tt:PlainText>Gate</tt:PlainText>")
                    }
                    return pictures < 1000
                }
            }
            #expect(pictures < 1000)
        }
    }

    /// The picture with that text, and where the text alone makes a difference.
    private static func match(_ text: String, in picture: YUVPicture, size: Double) -> Int {
        var drawn = YUVPicture(width: picture.width, height: picture.height, filled: .black)
        let words = PictureText(text: text, position: .upperLeft, size: size, color: .white, background: .black)
        Retouch(texts: [words]).apply(to: &drawn)
        // The upper left corner, where the text is.
        var difference = 0
        for y in 0..<picture.height / 8 {
            for x in 0..<picture.width / 2 {
                let at = y * picture.width + x
                difference += abs(Int(drawn.luma[at]) - Int(picture.luma[at]))
            }
        }
        return difference
    }

    private static func clock(_ seconds: Int) -> String {
        let parts = XSDateTime.Parts(secondsSince1970: Int64(seconds))
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return
            "\(parts.year)-\(two(parts.month))-\(two(parts.day)) \(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
    }

    /// The second that is written in the picture, of those around now.
    private static func secondShown(_ picture: YUVPicture, around now: Int, size: Double) throws -> Int {
        let candidates = now - 30...now + 30
        return try #require(
            candidates.min { match(clock($0), in: picture, size: size) < match(clock($1), in: picture, size: size) })
    }

    @Test func dateAndTimeAreThoseOfTheDevice() async throws {
        try await PictureBench.with { bench in
            try await bench.setEncoder((640, 360))
            _ = try await bench.write(
                """
                <tt:Type>DateAndTime</tt:Type><tt:DateFormat>yyyy-MM-dd</tt:DateFormat><tt:TimeFormat>HH:mm:ss</tt:TimeFormat>\
                <tt:FontSize>40</tt:FontSize><tt:BackgroundColor>\(PictureBench.color(0, 128, 128, "tt:Color"))</tt:BackgroundColor>
                """)
            let size = 40.0 / 720
            let before = Int(Date().timeIntervalSince1970)
            let still = try await bench.snapshot()
            let after = Int(Date().timeIntervalSince1970)
            let shown = try Self.secondShown(still, around: before, size: size)
            #expect((before...after).contains(shown))
            // Pictures a second or more apart show seconds that follow each other.
            var seen: [(timestamp: UInt32, picture: YUVPicture)] = []
            var latest: UInt32?
            let start = Int(Date().timeIntervalSince1970)
            try await bench.watch { frame in
                if latest.map({ frame.timestamp &- $0 >= 90_000 }) ?? true {
                    seen.append((frame.timestamp, frame.picture))
                    latest = frame.timestamp
                }
                return seen.count < 3
            }
            let end = Int(Date().timeIntervalSince1970)
            let seconds = try seen.map { try Self.secondShown($0.picture, around: start, size: size) }
            for index in 1...2 {
                let passed = Double(seen[index].timestamp &- seen[0].timestamp) / 90_000
                #expect(abs(Double(seconds[index] - seconds[0]) - passed) <= 1, "\(seconds)")
            }
            #expect(seconds[2] > seconds[1] && seconds[1] > seconds[0], "\(seconds)")
            #expect(seconds[0] >= start - 1 && seconds[0] <= end)
        }
    }

    @Test func brightnessAndNightShowAndFactorySettingsDoNot() async throws {
        func set(_ settings: String) -> String {
            """
            <timg:SetImagingSettings><timg:VideoSourceToken>VideoSource_1</timg:VideoSourceToken><timg:ImagingSettings>\
            \(settings)</timg:ImagingSettings></timg:SetImagingSettings>
            """
        }
        try await PictureBench.with { bench in
            try await bench.setEncoder((320, 180))
            let before = try await bench.frames(1)[0].picture
            try await bench.call(set("<tt:Brightness>75</tt:Brightness>"))
            let bright = try await bench.snapshot()
            let brightStream = try await bench.frames(1)[0].picture
            // Half of 96 steps, less what is clipped at white.
            for picture in [bright, brightStream] {
                let change = Self.mean(picture.luma) - Self.mean(before.luma)
                #expect((25...52).contains(change), "\(change)")
            }
            try await bench.call(set("<tt:Brightness>50</tt:Brightness><tt:IrCutFilter>OFF</tt:IrCutFilter>"))
            let night = try await bench.frames(1)[0].picture
            let colour = (night.blue + night.red).map { abs(Int($0) - 128) }.max() ?? 0
            #expect(colour <= 2)
            #expect((before.red.max() ?? 0) > 138)
            try await bench.call(set("<tt:IrCutFilter>AUTO</tt:IrCutFilter>"))
            let after = try await bench.frames(1)[0].picture
            #expect(abs(Self.mean(after.luma) - Self.mean(before.luma)) < 3)
        }
    }

    /// Every size of the options streams, and the still picture has it, too.
    @Test func everySizeOfTheOptionsStreams() async throws {
        try await PictureBench.with { bench in
            let options = try await bench.call("<tr2:GetVideoEncoderConfigurationOptions/>")
            func pixels(_ size: XMLElement, _ name: String) throws -> Int {
                try #require(size.child(name).flatMap { Int($0.trimmedText) })
            }
            var sizes: [(width: Int, height: Int)] = []
            for size in options.child("Options")?.children("ResolutionsAvailable") ?? [] {
                sizes.append((width: try pixels(size, "Width"), height: try pixels(size, "Height")))
            }
            #expect(sizes.map(\.width) == [1280, 960, 640, 480, 320])
            for size in sizes {
                try await bench.setEncoder(size)
                let picture = try await bench.frames(1)[0].picture
                #expect(picture.width == size.width && picture.height == size.height)
                let still = try await bench.snapshot()
                #expect(still.width == size.width && still.height == size.height)
            }
        }
    }

    @Test(arguments: [
        ("25", 25, 7, "High", "6400"), ("10", 10, 5, "Baseline", "42C0"), ("3", 3, 2, "Main", "4D40"),
    ])
    func rateGroupAndProfileAreAsSet(
        _ rate: String, _ framesPerSecond: UInt32, _ group: Int, _ profile: String, _ indication: String
    ) async throws {
        try await PictureBench.with { bench in
            try await bench.setEncoder((320, 180), frameRate: rate, govLength: group, profile: profile)
            var frames: [PictureBench.Frame] = []
            let video = try await bench.watch { frame in
                frames.append(frame)
                return frames.count < 2 * group + 1
            }
            #expect(video.formatParameters("96")["profile-level-id"]?.hasPrefix(indication) == true)
            #expect(video[attribute: "framerate"] == rate)
            #expect(frames.indices.filter { frames[$0].isKey } == [0, group, 2 * group])
            let interval = 90_000 / framesPerSecond
            for (one, next) in zip(frames, frames.dropFirst()) {
                // A machine that is too busy leaves pictures out.
                #expect((next.timestamp &- one.timestamp) % interval == 0)
            }
        }
    }

    @Test func aSynchronizationPointIsAKeyFrameAtOnce() async throws {
        try await PictureBench.with { bench in
            try await bench.setEncoder((320, 180), govLength: 250)
            var keys: [Int] = []
            var count = 0
            try await bench.watch { frame in
                if frame.isKey { keys.append(count) }
                if count == 5 {
                    _ = try await bench.call(
                        "<tr2:SetSynchronizationPoint><tr2:ProfileToken>MainStream</tr2:ProfileToken></tr2:SetSynchronizationPoint>"
                    )
                }
                count += 1
                return keys.count < 2
            }
            let second = keys[1]
            #expect(second > 5 && second < 125)
        }
    }

    /// A second viewer starts with the key frame that is on air, not with one of its own.
    @Test func viewersShareOneEncoder() async throws {
        try await PictureBench.with { bench in
            try await bench.setEncoder((320, 180), govLength: 250)
            var first: [UInt32: YUVPicture] = [:]
            var second: [PictureBench.Frame] = []
            try await bench.watch { frame in
                first[frame.timestamp] = frame.picture
                if first.count == 10 { second = try await bench.frames(5) }
                return first.count < 30
            }
            #expect(second.first?.isKey == true)
            for frame in second { #expect(first[frame.timestamp] == frame.picture) }
        }
    }

    /// What the recording has goes out as it was recorded, bit for bit.
    @Test func settingsOfTheRecordingPassItThrough() async throws {
        let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let clip = try Clip(file: "/\(folder)/Recordings/clock-720p.mp4")
        let decoder = try StreamDecoder(keepsPictures: true)
        var recorded: Set<[UInt8]> = []
        for frame in clip.video.frames.indices where clip.video.frames[frame].isKey {
            decoder.decode(clip.accessUnit(frame))
            if let picture = decoder.latest { recorded.insert(picture.luma) }
        }
        try await PictureBench.with { bench in
            try await bench.setEncoder((320, 180))
            #expect(!recorded.contains(try await bench.frames(1)[0].picture.luma))
            try await bench.setEncoder((1280, 720))
            let frame = try await bench.frames(1)[0]
            #expect(frame.isKey && recorded.contains(frame.picture.luma))
        }
    }
}
