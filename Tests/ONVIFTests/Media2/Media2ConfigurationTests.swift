import ONVIF
import Testing
import XML

@Suite("Media2: configurations")
struct Media2ConfigurationTests {
    private func set(
        encoding: String = "H264", width: Int = 640, height: Int = 360, frameRate: String = "25",
        attributes: String = "GovLength=\"25\" Profile=\"High\"", quality: String = "10"
    ) -> String {
        """
        <tr2:SetVideoEncoderConfiguration><tr2:Configuration token="VideoEncoder_1" \(attributes)><tt:Name>new</tt:Name>\
        <tt:UseCount>0</tt:UseCount><tt:Encoding>\(encoding)</tt:Encoding><tt:Resolution><tt:Width>\(width)</tt:Width>\
        <tt:Height>\(height)</tt:Height></tt:Resolution><tt:RateControl><tt:FrameRateLimit>\(frameRate)</tt:FrameRateLimit>\
        <tt:BitrateLimit>2000</tt:BitrateLimit></tt:RateControl><tt:Quality>\(quality)</tt:Quality>\
        </tr2:Configuration></tr2:SetVideoEncoderConfiguration>
        """
    }

    @Test func bothServicesShowTheSameState() throws {
        var camera = OperationHarness()
        _ = try camera.run(set())
        let old = try camera.run("<trt:GetVideoEncoderConfigurations/>").child("Configurations")
        let new = try camera.run("<tr2:GetVideoEncoderConfigurations/>").child("Configurations")
        #expect(old?.child("Resolution") == new?.child("Resolution"))
        #expect(old?.child("H264")?.child("GovLength")?.text == new?.attribute("GovLength"))
        #expect(new?.attribute("Profile") == "High")
        #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream"])])
    }

    @Test func whatIsOutsideTheOptionsIsRefused() throws {
        var camera = OperationHarness()
        let requests = [
            set(encoding: "H265"), set(width: 0), set(frameRate: "24.9"), set(frameRate: "25.1"),
            set(attributes: "GovLength=\"26\""), set(attributes: "Profile=\"Main\""), set(quality: "11"),
        ]
        for request in requests {
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "ConfigModify"], "\(request)")
        }
        #expect(try camera.fault(set(attributes: "GovLength=\"x\"")).subcodes == ["InvalidArgVal"])
    }

    @Test(arguments: ["VideoSource", "VideoEncoder", "AudioSource", "AudioEncoder", "Metadata"])
    func listsAreFilteredByToken(_ kind: String) throws {
        var camera = OperationHarness()
        let all = try camera.run("<tr2:Get\(kind)Configurations/>").children("Configurations")
        for entry in all {
            let token = try #require(entry.attribute("token"))
            let request =
                "<tr2:Get\(kind)Configurations><tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken></tr2:Get\(kind)Configurations>"
            #expect(try camera.run(request).children == [entry])
        }
        for name in ["Get\(kind)Configurations", "Get\(kind)ConfigurationOptions"] {
            let configuration = "<tr2:\(name)><tr2:ConfigurationToken>none</tr2:ConfigurationToken></tr2:\(name)>"
            #expect(try camera.fault(configuration).subcodes == ["InvalidArgVal", "NoConfig"])
            let profile = "<tr2:\(name)><tr2:ProfileToken>none</tr2:ProfileToken></tr2:\(name)>"
            #expect(try camera.fault(profile).subcodes == ["InvalidArgVal", "NoProfile"])
        }
    }

    /// MEDIA2-2-3-5: two values for the GOP, rates in descending order.
    @Test func theVideoEncoderOptionsAreInOrder() throws {
        var model = DeviceModel.soundDome
        model.video.renditions[1].frameRate = 12.5
        model.video.renditions[1].govLength = 50
        model.video.renditions[1].profile = .baseline
        var camera = OperationHarness(model: model)
        let options = try #require(try camera.run("<tr2:GetVideoEncoderConfigurationOptions/>").child("Options"))
        #expect(options.attribute("GovLengthRange") == "25 50")
        #expect(options.attribute("FrameRatesSupported") == "25 12.5")
        #expect(options.attribute("ProfilesSupported") == "Baseline High")
    }

    @Test func theCapabilitiesNameWhatTheModelHas() throws {
        for (model, kinds) in [
            (DeviceModel.soundDome, "VideoSource AudioSource VideoEncoder AudioEncoder PTZ Metadata"),
            (.silentBullet, "VideoSource VideoEncoder Metadata"),
        ] {
            var camera = OperationHarness(model: model)
            let capabilities = try camera.run("<tr2:GetServiceCapabilities/>").child("Capabilities")
            #expect(capabilities?.child("ProfileCapabilities")?.attribute("ConfigurationsSupported") == kinds)
        }
    }

    @Test func theEncodersRunTogether() throws {
        var camera = OperationHarness()
        let response = try camera.run(
            """
            <tr2:GetVideoEncoderInstances><tr2:ConfigurationToken>VideoSourceConfiguration_1</tr2:ConfigurationToken>\
            </tr2:GetVideoEncoderInstances>
            """)
        #expect(response.child("Info")?.child("Total")?.text == "2")
    }
}
