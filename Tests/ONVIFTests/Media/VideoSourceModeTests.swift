import ONVIF
import Testing
import XML

/// Ways to read a sensor, as both media services offer them.
@Suite("Video source modes")
struct VideoSourceModeTests {
    /// 1280×720 and 640×360 at 25 pictures a second; the second mode has the small picture only and needs a restart.
    private static let model = DeviceModel.dome { model in
        model.video.modes = [
            VideoSourceMode(
                maximumResolution: Resolution(width: 1280, height: 720), maximumFrameRate: 25, description: "Large"),
            VideoSourceMode(
                maximumResolution: Resolution(width: 640, height: 480), maximumFrameRate: 50, needsReboot: true),
            VideoSourceMode(maximumResolution: Resolution(width: 800, height: 600), maximumFrameRate: 25),
        ]
        model.videos.append(VideoModel(renditions: [.fixture(640, 480)]))
    }

    private func camera() -> OperationHarness { OperationHarness(model: Self.model) }

    private static func get(_ prefix: String, _ source: String = "VideoSource_1") -> String {
        let operation = "\(prefix):GetVideoSourceModes"
        return "<\(operation)><\(prefix):VideoSourceToken>\(source)</\(prefix):VideoSourceToken></\(operation)>"
    }

    private static func set(_ prefix: String, _ mode: String, of source: String = "VideoSource_1") -> String {
        """
        <\(prefix):SetVideoSourceMode><\(prefix):VideoSourceToken>\(source)</\(prefix):VideoSourceToken>\
        <\(prefix):VideoSourceModeToken>\(mode)</\(prefix):VideoSourceModeToken></\(prefix):SetVideoSourceMode>
        """
    }

    @Test(arguments: ["trt", "tr2"]) func theModesAreThoseOfTheModelAndTheFirstIsOn(_ prefix: String) throws {
        var camera = camera()
        let modes = try camera.run(Self.get(prefix)).children("VideoSourceModes")
        #expect(modes.map { $0.attribute("token") } == ["VideoSourceMode_1", "VideoSourceMode_2", "VideoSourceMode_3"])
        #expect(modes.map { $0.attribute("Enabled") } == ["true", "false", "false"])
        #expect(try modes.map { try $0.at("MaxResolution", "Width").text } == ["1280", "640", "800"])
        #expect(try modes.map { try $0.at("MaxFramerate").text } == ["25", "50", "25"])
        #expect(try modes.map { try $0.at("Reboot").text } == ["false", "true", "false"])
        #expect(modes.map { $0.child("Description")?.text } == ["Large", nil, nil])
        let other = try camera.run(Self.get(prefix, "VideoSource_2")).children("VideoSourceModes")
        #expect(try other.map { try $0.at("MaxResolution", "Height").text } == ["480"])
        let capabilities = try camera.run("<\(prefix):GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("VideoSourceMode") == "true")
    }

    @Test(arguments: ["trt", "tr2"]) func aModeBoundsThePictureAndMayRestartTheDevice(_ prefix: String) throws {
        var camera = camera()
        #expect(try camera.run(Self.set(prefix, "VideoSourceMode_2")).at("Reboot").text == "true")
        let effects = camera.takeEffects()
        #expect(effects.contains(.reboot))
        #expect(effects.contains(.streamsChanged(profiles: ["MainStream"])))
        #expect(
            try camera.run(Self.get(prefix)).children.map { $0.attribute("Enabled") } == ["false", "true", "false"])
        let sources = try camera.run("<trt:GetVideoSources/>").children("VideoSources")
        #expect(try sources.map { try $0.at("Resolution", "Width").text } == ["640", "640"])
        let profile = try camera.run(
            "<trt:GetProfile><trt:ProfileToken>MainStream</trt:ProfileToken></trt:GetProfile>"
        ).at("Profile")
        #expect(try profile.at("VideoSourceConfiguration", "Bounds").attribute("height") == "360")
        #expect(try profile.at("VideoEncoderConfiguration", "Resolution", "Height").text == "360")
        let options = try camera.run(
            """
            <tr2:GetVideoEncoderConfigurationOptions><tr2:ConfigurationToken>VideoEncoder_1</tr2:ConfigurationToken>\
            </tr2:GetVideoEncoderConfigurationOptions>
            """)
        #expect(
            try options.at("Options").children("ResolutionsAvailable").map { try $0.at("Width").text } == ["640"])
        #expect(camera.device.media.rendition(ofProfile: "MainStream")?.resolution.height == 360)
        // The device restarts and stays in its mode; the factory's mode needs no restart.
        camera.device.restart(at: camera.call.now)
        #expect(try camera.run(Self.set(prefix, "VideoSourceMode_1")).at("Reboot").text == "false")
        #expect(!camera.takeEffects().contains(.reboot))
    }

    @Test func whatTheModeAllowsStaysAsItIsSet() throws {
        var camera = camera()
        _ = try camera.run(Self.set("trt", "VideoSourceMode_3"))
        let sub = camera.device.media.rendition(ofProfile: "SubStream")
        #expect(sub?.resolution.width == 640)
        #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream"])])
        #expect(try camera.run(Self.set("trt", "VideoSourceMode_3")).at("Reboot").text == "false")
        #expect(camera.takeEffects().isEmpty)
    }

    @Test(arguments: [
        (get("trt", "VideoSource_3"), "NoVideoSource"), (set("trt", "none", of: "none"), "NoVideoSource"),
        (set("tr2", "VideoSourceMode_4"), "NoVideoSourceMode"),
        (set("tr2", "VideoSourceMode_2", of: "VideoSource_2"), "NoVideoSourceMode"),
    ])
    func anUnknownSourceOrModeIsRefused(_ request: String, _ subcode: String) throws {
        var camera = camera()
        let fault = try camera.fault(request)
        #expect(fault.code == .sender)
        #expect(fault.subcodes == ["InvalidArgVal", subcode])
    }

    @Test func withoutModesTheOperationsAreNotThere() {
        let operations = Operations.all.filter {
            $0.name.hasSuffix("VideoSourceModes") || $0.name == "SetVideoSourceMode"
        }
        #expect(operations.count == 4)
        for operation in operations {
            #expect(operation.isSupported(by: Self.model))
            #expect(!operation.isSupported(by: .dome))
        }
    }
}
