import AV
import Documents
import Emulator
import Foundation
import HTTP
import NIOCore
import ONVIF
import Pictures
import RTP
import RTSP
import Testing
import XML

/// A camera over its sockets whose pictures are looked at; RTSP lets everybody in.
struct PictureBench {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let profile = Result { () throws(ProfileError) in
        // Clips of one's own take the place of whatever the persona looks at.
        try CameraProfile(
            path: root.appending(path: "Profiles/ptz-dome.yaml").path,
            recordings: ["clock-720p.mp4", "clock-360p.mp4"].map { root.appending(path: "Recordings/\($0)").path })
    }
    private static let password = "Secret-1"

    let camera: Camera
    private let client = HTTPClient()

    /// The camera said goodbye.
    struct StreamEnded: Error {}

    /// A picture of the stream.
    struct Frame {
        /// Of RTP, 90 kHz.
        var timestamp: UInt32
        var isKey: Bool
        var picture: YUVPicture
    }

    /// Runs `body` with a camera on free ports.
    static func with(_ body: (PictureBench) async throws -> Void) async throws {
        try await with(try profile.get(), body)
    }

    /// The same with another profile.
    static func with(_ profile: CameraProfile, _ body: (PictureBench) async throws -> Void) async throws {
        let fleet = try await Fleet.start()
        do {
            let settings = CameraSettings(password: password, mutant: "rtspWithoutAuthentication")
            try await body(PictureBench(camera: try await fleet.add(profile, settings)))
        } catch {
            await fleet.shutDown()
            throw error
        }
        await fleet.shutDown()
    }

    /// The response element of a request that is performed.
    @discardableResult
    func call(_ body: String) async throws -> XMLElement {
        let declarations = XMLNamespace.messages.map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")
        let envelope =
            "<env:Envelope \(declarations)><env:Header></env:Header><env:Body>\(body)</env:Body></env:Envelope>"
        let response = try await client.perform(
            HTTPRequest(
                method: "POST", url: camera.deviceService,
                headers: [HTTPHeader("Content-Type", "application/soap+xml")], body: Array(envelope.utf8),
                credentials: HTTPCredentials(scheme: .digest, user: "admin", password: Self.password)))
        #expect(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        return try #require(try XMLParser.parse(response.body).child("Body")?.children.first)
    }

    /// The still picture of a media profile.
    func snapshot(_ profile: String = "MainStream") async throws -> YUVPicture {
        try StreamDecoder.pictureOfJPEG(try await jpeg(profile))
    }

    func jpeg(_ profile: String = "MainStream") async throws -> [UInt8] {
        let url = camera.deviceService.replacing("/onvif/device_service", with: "/snapshot/\(profile)")
        let response = try await client.perform(
            HTTPRequest(
                url: url, credentials: HTTPCredentials(scheme: .digest, user: "admin", password: Self.password)))
        #expect(response.status == 200)
        return response.body
    }

    /// Watches a media profile while `take` returns true for its pictures; every picture has to decode without error.
    ///
    /// - Returns: the description of the video.
    @discardableResult
    func watch(
        _ profile: String = "MainStream", _ take: (Frame) async throws -> Bool
    ) async throws -> SessionDescription.Media {
        try await watchTimed(profile) { frame, _ in try await take(frame) }
    }

    /// The same with the time at which each picture was taken, by the sender's reports, once there is one.
    @discardableResult
    func watchTimed(
        _ profile: String = "MainStream", _ take: (Frame, Date?) async throws -> Bool
    ) async throws -> SessionDescription.Media {
        let url = try #require(await camera.streams().first { $0.hasSuffix("/\(profile)") })
        let port = try #require(Int(url.split(separator: ":")[2].split(separator: "/")[0]))
        return try await RTSPTestClient.with(port: port) { client, out in
            let describe = try await client.call("DESCRIBE", url, [("Accept", "application/sdp")], on: out)
            let video = try SessionDescription(parsing: describe.body).media[0]
            let setUp = try await client.call(
                "SETUP", "\(url)/trackID=0", [("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1")], on: out)
            let session = try #require(setUp.headers["Session"].flatMap { SessionHeader($0)?.id })
            let play = try await client.call("PLAY", url, [("Session", session)], on: out)
            let info = try #require(RTPInfo.list(play.headers["RTP-Info"] ?? "").first)
            let decoder = try StreamDecoder(keepsPictures: true)
            var depacketizer = H264Depacketizer()
            var isFirst = true
            var report: (time: Date, timestamp: UInt32)?
            while true {
                let (channel, bytes) = try await client.packet()
                guard channel == 0 else {
                    for packet in try RTCPPacket.parse(bytes) {
                        switch packet {
                        case .goodbye: throw StreamEnded()
                        case .senderReport(let sent, _):
                            let time = Date(timeIntervalSince1970: sent.ntp.unixTime / .seconds(1))
                            report = (time, sent.rtpTimestamp)
                        default: break
                        }
                    }
                    continue
                }
                let packet = try RTPPacket(parsing: bytes)
                if isFirst {
                    #expect(packet.header.sequenceNumber == info.sequenceNumber)
                    #expect(packet.header.timestamp == info.rtpTime)
                    isFirst = false
                }
                for unit in try depacketizer.receive(packet) {
                    let before = decoder.pictures
                    decoder.decode(unit.bytes)
                    #expect(decoder.errors == 0 && decoder.pictures == before + 1)
                    let picture = try #require(decoder.latest)
                    let frame = Frame(timestamp: unit.timestamp, isKey: unit.isKey, picture: picture)
                    let time = report.map { reported in
                        reported.time + Double(Int32(bitPattern: unit.timestamp &- reported.timestamp)) / 90_000
                    }
                    guard try await take(frame, time) else { return video }
                }
            }
        }
    }

    /// The first pictures of a stream.
    func frames(_ count: Int, of profile: String = "MainStream") async throws -> [Frame] {
        var frames: [Frame] = []
        try await watch(profile) { frame in
            frames.append(frame)
            return frames.count < count
        }
        return frames
    }

    /// Sets the encoder of the main stream.
    func setEncoder(
        _ size: (width: Int, height: Int), frameRate: String = "25", govLength: Int = 25, profile: String = "Main",
        bitrate: Int = 4000
    ) async throws {
        try await call(
            """
            <tr2:SetVideoEncoderConfiguration><tr2:Configuration token="VideoEncoder_1" GovLength="\(govLength)" \
            Profile="\(profile)"><tt:Name>set</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding>\
            <tt:Resolution><tt:Width>\(size.width)</tt:Width><tt:Height>\(size.height)</tt:Height></tt:Resolution>\
            <tt:RateControl><tt:FrameRateLimit>\(frameRate)</tt:FrameRateLimit><tt:BitrateLimit>\(bitrate)\
            </tt:BitrateLimit></tt:RateControl><tt:Quality>8</tt:Quality></tr2:Configuration>\
            </tr2:SetVideoEncoderConfiguration>
            """)
    }

    /// - Returns: the token of a new text.
    func write(
        _ text: String, position: String = "<tt:Type>UpperLeft</tt:Type>", source: Int = 1
    ) async throws -> String {
        let response = try await call(
            """
            <tr2:CreateOSD><tr2:OSD token=""><tt:VideoSourceConfigurationToken>VideoSourceConfiguration_\(source)\
            </tt:VideoSourceConfigurationToken><tt:Type>Text</tt:Type><tt:Position>\(position)</tt:Position>\
            <tt:TextString>\(text)</tt:TextString></tr2:OSD></tr2:CreateOSD>
            """)
        return try #require(response.child("OSDToken")?.trimmedText)
    }

    static func color(_ x: Int, _ y: Int, _ z: Int, _ name: String = "tr2:Color") -> String {
        "<\(name) X=\"\(x)\" Y=\"\(y)\" Z=\"\(z)\" Colorspace=\"\(MaskOptions.colorspace)\"/>"
    }
}
