import AV
import Documents
import Emulator
import Foundation
import HTTP
import ONVIF
import RTP
import RTSP
import Testing

/// Profiles of cameras with several sensors, and what such a camera streams.
@Suite(.timeLimit(.minutes(5))) struct VideoSourcesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let large = root.appending(path: "Recordings/clock-720p.mp4").path
    private static let small = root.appending(path: "Recordings/clock-360p.mp4").path

    /// The box of the profiles that come with Glasseye with other recordings, in a file of its own while `body` runs.
    private func withProfile<Result>(
        _ recordings: String, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let text = try String(contentsOf: Self.root.appending(path: "Profiles/fixed-box.yaml"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("recordings:") && !$0.hasPrefix("  - ") }
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "box.yaml")
        try (recordings + "\n" + lines.joined(separator: "\n")).write(to: file, atomically: true, encoding: .utf8)
        return try await body(file.path)
    }

    private static let twoSources = """
        sources:
          - recordings: [\(large), \(small)]
          - recordings: [\(small)]
            imaging: { brightness: [0, 7] }
        """

    @Test func aProfileListsItsSourcesEachWithItsRecordings() async throws {
        try await withProfile(Self.twoSources) { path in
            let model = try CameraProfile(path: path).model
            #expect(model.videos.map { $0.renditions.map(\.resolution.height) } == [[720, 360], [360]])
            #expect(model.imaging(ofVideo: 0)?.brightness == 0...100)
            #expect(model.imaging(ofVideo: 1)?.brightness == 0...7)
        }
    }

    @Test func aSourceListsItsModes() async throws {
        let modes = """
            modes:
              - { width: 1280, height: 720, rate: 25, description: large }
              - { width: 640, height: 480, rate: 50, reboot: true }
            """
        try await withProfile("recordings: [\(Self.large), \(Self.small)]\n" + modes) { path in
            let model = try CameraProfile(path: path).model
            #expect(model.video.modes.map(\.maximumFrameRate) == [25, 50])
            #expect(model.video.modes.map(\.needsReboot) == [false, true])
            #expect(model.video.modes.map(\.description) == ["large", nil])
        }
    }

    @Test func aLoudspeakerHasItsEncodingsAndLevels() async throws {
        let recordings = "recordings: [\(Self.small)]\n"
        try await withProfile(recordings + "loudspeaker: { codecs: [G711, AAC], level: [0, 15], half-duplex: true }") {
            let loudspeaker = try CameraProfile(path: $0).model.loudspeaker
            #expect(loudspeaker?.decoders.map(\.codec) == [.pcmu, .aac])
            #expect(loudspeaker?.levels == 0...15)
            #expect(loudspeaker?.isHalfDuplex == true)
        }
        try await withProfile(recordings + "loudspeaker: {}") { path in
            let loudspeaker = try CameraProfile(path: path).model.loudspeaker
            #expect(loudspeaker == AudioOutputModel())
        }
    }

    @Test func aClipOfTheUsersTakesThePlaceOfTheFirstSource() async throws {
        try await withProfile(Self.twoSources) { path in
            let model = try CameraProfile(path: path, recordings: [Self.small]).model
            #expect(model.videos.map { $0.renditions.map(\.resolution.height) } == [[360], [360]])
        }
    }

    @Test(arguments: [
        ("recordings: [a.mp4]\nsources: [{ recordings: [b.mp4] }]", "line 2: \"sources\" is \"a list\"; write either"),
        ("sources: []", "line 1: \"sources\" is \"a list\"; write a list of 1 to 16 sources"),
        ("sources: a.mp4", "line 1: \"sources\" is \"a.mp4\"; write a list of 1 to 16 sources"),
        ("sources:\n  - recordings: []", "line 2: \"recordings\" is \"a list\"; write at least one MP4 file"),
        ("sources:\n  - audio: true", "line 2: unknown key \"audio\" in \"sources\"; use one of recordings, imaging"),
        ("sources:\n  - imaging: {}", "line 2: the key \"recordings\" is missing in \"sources\"; add it"),
        ("", "the key \"recordings\" is missing; add it"),
        ("recordings: [\(small)]\nloudspeaker: { codecs: [MP3] }", "line 2: \"codecs\" is \"MP3\"; write each of G711"),
        ("recordings: [\(small)]\nloudspeaker: { codecs: [] }", "line 2: \"codecs\" is \"a list\"; write at least one"),
        (
            "recordings: [\(small)]\nloudspeaker: { level: [0.5, 3] }",
            "line 2: \"level\" is \"a list\"; write two whole"
        ),
        ("recordings: [\(small)]\nmodes: []", "line 2: \"modes\" is \"a list\"; write a list of 1 to 16 modes"),
        (
            "recordings: [\(small)]\nmodes:\n  - { width: 320, height: 240, rate: 25 }",
            "line 3: \"modes\" is \"320×240\"; write a size and a rate"
        ),
        (
            "sources: [{ recordings: [\(small)] }]\nmodes: [{ width: 640, height: 480, rate: 25 }]",
            "line 2: \"modes\" is \"a list\"; write them below the source"
        ),
    ])
    func aMistakeInTheSourcesIsNamedByItsLine(recordings: String, message: String) async throws {
        try await withProfile(recordings) { path in
            let error = #expect(throws: ProfileError.self) { try CameraProfile(path: path) }
            #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        }
    }

    @Test func twoSourcesStreamAndShowTwoPictures() async throws {
        let sources = "sources:\n  - recordings: [\(Self.large)]\n  - recordings: [\(Self.small)]"
        try await withProfile(sources) { path in
            let fleet = try await Fleet.start()
            do {
                // This mutant's RTSP asks for no credentials, which the test client has none of.
                let settings = CameraSettings(password: "Secret-1", mutant: Mutant.rtspWithoutAuthentication.rawValue)
                let camera = try await fleet.add(try CameraProfile(path: path), settings)
                var streamed: [Int?] = []
                for stream in await camera.streams() { streamed.append(try await heightStreamed(stream)) }
                #expect(streamed == [720, 360])
                var shown: [Int?] = []
                for snapshot in await camera.snapshots() { shown.append(try await heightShown(snapshot)) }
                #expect(shown == [720, 360])
            } catch {
                await fleet.shutDown()
                throw error
            }
            await fleet.shutDown()
        }
    }

    /// The height of the first picture of an RTSP stream.
    private func heightStreamed(_ stream: String) async throws -> Int? {
        let port = try #require(URL(string: stream)?.port)
        return try await RTSPTestClient.with(port: port) { client, outbound in
            let setup = try await client.call(
                "SETUP", "\(stream)/trackID=0", [("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1")], on: outbound)
            let session = try #require(setup.headers["Session"].flatMap { SessionHeader($0)?.id })
            _ = try await client.call("PLAY", stream, [("Session", session)], on: outbound)
            let decoder = try StreamDecoder()
            var video = H264Depacketizer()
            while decoder.pictures == 0 {
                let (channel, bytes) = try await client.packet()
                guard channel == 0 else { continue }
                for unit in try video.receive(try RTPPacket(parsing: bytes)) { decoder.decode(unit.bytes) }
            }
            return decoder.size?.height
        }
    }

    private func heightShown(_ snapshot: String) async throws -> Int? {
        let response = try await HTTPClient().perform(
            HTTPRequest(
                url: snapshot, credentials: HTTPCredentials(scheme: .digest, user: "admin", password: "Secret-1")))
        #expect(response.status == 200)
        return try StreamDecoder.sizeOfJPEG(response.body).height
    }
}
