import ONVIF
import Testing
import XML

@Suite("Media: video encoder configurations")
struct VideoEncoderConfigurationTests {
    /// A Configuration of the Media service, valid unless told otherwise.
    private func set(
        token: String = "VideoEncoder_1", encoding: String = "H264", width: Int = 640, height: Int = 360,
        quality: String = "5", frameRate: Int = 25, interval: Int = 1, bitrate: Int = 4000, govLength: Int = 25,
        profile: String = "High", address: String = "239.0.0.1", port: Int = 5000, ttl: Int = 1,
        timeout: String = "PT60S"
    ) -> String {
        """
        <trt:SetVideoEncoderConfiguration><trt:Configuration token="\(token)"><tt:Name>new</tt:Name>\
        <tt:UseCount>99</tt:UseCount><tt:Encoding>\(encoding)</tt:Encoding><tt:Resolution><tt:Width>\(width)</tt:Width>\
        <tt:Height>\(height)</tt:Height></tt:Resolution><tt:Quality>\(quality)</tt:Quality><tt:RateControl>\
        <tt:FrameRateLimit>\(frameRate)</tt:FrameRateLimit><tt:EncodingInterval>\(interval)</tt:EncodingInterval>\
        <tt:BitrateLimit>\(bitrate)</tt:BitrateLimit></tt:RateControl><tt:H264><tt:GovLength>\(govLength)</tt:GovLength>\
        <tt:H264Profile>\(profile)</tt:H264Profile></tt:H264><tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type>\
        <tt:IPv4Address>\(address)</tt:IPv4Address></tt:Address><tt:Port>\(port)</tt:Port><tt:TTL>\(ttl)</tt:TTL>\
        <tt:AutoStart>false</tt:AutoStart></tt:Multicast><tt:SessionTimeout>\(timeout)</tt:SessionTimeout>\
        </trt:Configuration><trt:ForcePersistence>true</trt:ForcePersistence></trt:SetVideoEncoderConfiguration>
        """
    }

    private func configuration(_ camera: inout OperationHarness) throws -> XMLElement {
        let response = try camera.run(
            """
            <trt:GetVideoEncoderConfiguration><trt:ConfigurationToken>VideoEncoder_1</trt:ConfigurationToken>\
            </trt:GetVideoEncoderConfiguration>
            """)
        return try #require(response.child("Configuration"))
    }

    @Test func anotherResolutionPutsAnotherRenditionOnAir() throws {
        var camera = OperationHarness()
        #expect(camera.device.media.rendition(ofProfile: "MainStream")?.recording == "main")
        _ = try camera.run(set())
        #expect(camera.device.media.rendition(ofProfile: "MainStream")?.recording == "sub")
        #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream"])])
        let stored = try configuration(&camera)
        #expect(stored.child("Resolution")?.children.map(\.text) == ["640", "360"])
        #expect(stored.child("Name")?.text == "new")
        #expect(stored.child("UseCount")?.text == "1")
        #expect(stored.child("RateControl")?.children.map(\.text) == ["25", "1", "4000"])
        #expect(stored.child("Multicast")?.child("Address")?.child("IPv4Address")?.text == "239.0.0.1")
    }

    @Test func theSameRenditionKeepsItsSessions() throws {
        var camera = OperationHarness()
        _ = try camera.run(set(width: 1280, height: 720))
        #expect(camera.takeEffects() == [])
    }

    @Test func whatIsOutsideTheOptionsIsRefused() throws {
        var camera = OperationHarness()
        let requests = [
            set(encoding: "JPEG"), set(width: 641), set(height: 0), set(quality: "0.9"), set(quality: "10.1"),
            set(frameRate: 24), set(frameRate: 26), set(frameRate: .max), set(interval: 0), set(interval: 2),
            set(govLength: 24),
            set(govLength: 26), set(profile: "Baseline"), set(profile: "Highest"), set(port: 65_536), set(port: 65_535),
            set(port: -2),
            set(ttl: 256), set(address: "10.0.0.1"), set(address: "239.0.0"), set(timeout: "PT0S"),
        ]
        for request in requests {
            let fault = try camera.fault(request)
            #expect(fault.code == .sender)
            #expect(fault.subcodes == ["InvalidArgVal", "ConfigModify"], "\(request)")
        }
        #expect(try camera.fault(set(token: "none")).subcodes == ["InvalidArgVal", "NoConfig"])
    }

    @Test(arguments: ["1", "10"], ["PT1S", "PT86400S"])
    func theLimitsAreInside(_ quality: String, _ timeout: String) throws {
        var camera = OperationHarness()
        _ = try camera.run(set(quality: quality, port: 65_534, ttl: 255, timeout: timeout))
        #expect(try configuration(&camera).child("Quality")?.text == quality)
    }

    /// ONVIF Media 26.06 §5.5.5: a device shall adapt an out of range BitrateLimit.
    @Test(arguments: [(0, "2000"), (1999, "2000"), (2000, "2000"), (64_000, "64000"), (64_001, "64000")])
    func aBitrateLimitOutOfRangeIsAdapted(_ limit: Int, _ stored: String) throws {
        var camera = OperationHarness()
        _ = try camera.run(set(bitrate: limit))
        #expect(try configuration(&camera).child("RateControl")?.child("BitrateLimit")?.text == stored)
    }

    @Test func ofRenditionsWithOneSizeTheNearestIsTaken() throws {
        var model = DeviceModel.soundDome
        var slow = model.video.renditions[0]
        slow.recording = "slow"
        slow.frameRate = 12.5
        model.video.renditions.append(slow)
        var camera = OperationHarness(model: model)
        // 12.5 rounds to 13 where only whole frames can be told.
        _ = try camera.run(set(width: 1280, height: 720, frameRate: 13))
        #expect(camera.device.media.rendition(ofProfile: "MainStream")?.recording == "slow")
        let media2 = try camera.run("<tr2:GetVideoEncoderConfigurations/>").child("Configurations")
        #expect(media2?.child("RateControl")?.child("FrameRateLimit")?.text == "12.5")
    }
}
