import ONVIF
import Testing
import XML

@Suite("Media: reading")
struct MediaReadTests {
    @Test func everyRenditionHasAReadyToUseFixedProfile() throws {
        var camera = OperationHarness()
        let profiles = try camera.run("<trt:GetProfiles/>").children("Profiles")
        #expect(profiles.map { $0.attribute("token") } == ["MainStream", "SubStream"])
        for profile in profiles {
            #expect(profile.attribute("fixed") == "true")
            #expect(
                profile.children.map(\.name) == [
                    "Name", "VideoSourceConfiguration", "AudioSourceConfiguration", "VideoEncoderConfiguration",
                    "AudioEncoderConfiguration", "PTZConfiguration", "MetadataConfiguration",
                ])
        }
        #expect(profiles[1].child("VideoEncoderConfiguration")?.child("Resolution")?.child("Width")?.text == "640")
    }

    @Test func oneProfileIsTheSameAloneAndInTheList() throws {
        var camera = OperationHarness()
        let list = try camera.run("<trt:GetProfiles/>").children("Profiles")
        for token in ["MainStream", "SubStream"] {
            let request = "<trt:GetProfile><trt:ProfileToken>\(token)</trt:ProfileToken></trt:GetProfile>"
            var profile = try #require(try camera.run(request).child("Profile"))
            profile.name = "Profiles"
            #expect(list.contains(profile))
        }
    }

    @Test func aCameraWithoutSoundAndPTZHasNoSuchConfigurations() throws {
        var camera = OperationHarness(model: .silentBullet)
        let profile = try #require(try camera.run("<trt:GetProfiles/>").child("Profiles"))
        #expect(
            profile.children.map(\.name) == [
                "Name", "VideoSourceConfiguration", "VideoEncoderConfiguration", "MetadataConfiguration",
            ])
        for list in ["GetAudioSources", "GetAudioSourceConfigurations", "GetAudioEncoderConfigurations"] {
            #expect(try camera.run("<trt:\(list)/>").children.isEmpty)
        }
        let fault = try camera.fault("<trt:GetAudioEncoderConfigurationOptions/>")
        #expect(fault.code == .receiver)
        #expect(fault.subcodes == ["ActionNotSupported", "AudioNotSupported"])
    }

    @Test(arguments: ["VideoSource", "VideoEncoder", "AudioSource", "AudioEncoder", "Metadata"])
    func aConfigurationIsTheSameByTokenAndInTheList(_ kind: String) throws {
        var camera = OperationHarness()
        let list = try camera.run("<trt:Get\(kind)Configurations/>").children("Configurations")
        #expect(!list.isEmpty)
        for entry in list {
            let token = try #require(entry.attribute("token"))
            var one = try #require(
                try camera.run(
                    "<trt:Get\(kind)Configuration><trt:ConfigurationToken>\(token)</trt:ConfigurationToken></trt:Get\(kind)Configuration>"
                ).child("Configuration"))
            one.name = "Configurations"
            #expect(one == entry)
        }
    }

    @Test(arguments: ["VideoSource", "VideoEncoder", "AudioSource", "AudioEncoder", "Metadata"])
    func unknownTokensAreRefused(_ kind: String) throws {
        var camera = OperationHarness()
        for name in ["Get\(kind)Configuration", "Get\(kind)ConfigurationOptions"] {
            let fault = try camera.fault(
                "<trt:\(name)><trt:ConfigurationToken>none</trt:ConfigurationToken></trt:\(name)>")
            #expect(fault.subcodes == ["InvalidArgVal", "NoConfig"])
        }
        for name in ["GetCompatible\(kind)Configurations", "Get\(kind)ConfigurationOptions"] {
            let fault = try camera.fault("<trt:\(name)><trt:ProfileToken>none</trt:ProfileToken></trt:\(name)>")
            #expect(fault.subcodes == ["InvalidArgVal", "NoProfile"])
        }
    }

    @Test func guaranteedEncodersAreNoMoreThanThereAreConfigurations() throws {
        var camera = OperationHarness()
        let response = try camera.run(
            """
            <trt:GetGuaranteedNumberOfVideoEncoderInstances>
            <trt:ConfigurationToken>VideoSourceConfiguration_1</trt:ConfigurationToken>
            </trt:GetGuaranteedNumberOfVideoEncoderInstances>
            """)
        #expect(response.child("TotalNumber")?.text == "2")
        #expect(response.child("JPEG")?.text == "0")
    }

    @Test func theOptionsAreWhatTheRenditionsAre() throws {
        var camera = OperationHarness()
        let options = try #require(try camera.run("<trt:GetVideoEncoderConfigurationOptions/>").child("Options"))
        let h264 = try #require(options.child("H264"))
        #expect(options.child("JPEG") == nil)
        #expect(h264.children("ResolutionsAvailable").map { $0.child("Height")?.text } == ["720", "360"])
        #expect(h264.child("FrameRateRange")?.children.map(\.text) == ["25", "25"])
        #expect(h264.child("GovLengthRange")?.children.map(\.text) == ["25", "25"])
        #expect(h264.children("H264ProfilesSupported").map(\.text) == ["High"])
        let bitrate = options.child("Extension")?.child("H264")?.child("BitrateRange")
        #expect(bitrate?.children.map(\.text) == ["2000", "64000"])
    }

    @Test func theVideoSourceIsTheSensor() throws {
        var camera = OperationHarness()
        let source = try camera.run("<trt:GetVideoSources/>").child("VideoSources")
        #expect(source?.attribute("token") == MediaState.videoSourceToken)
        #expect(source?.child("Resolution")?.children.map(\.text) == ["1280", "720"])
        #expect(source?.child("Framerate")?.text == "25")
    }

    @Test(
        arguments: ["VideoSource", "VideoEncoder", "AudioSource", "AudioEncoder", "Metadata"],
        ["MainStream", "SubStream"])
    func whatIsInAProfileIsCompatibleWithIt(_ kind: String, _ profile: String) throws {
        var camera = OperationHarness()
        let token = "<trt:ProfileToken>\(profile)</trt:ProfileToken>"
        let name = "GetCompatible\(kind)Configurations"
        let tokens = try camera.run("<trt:\(name)>\(token)</trt:\(name)>").children.map { $0.attribute("token") }
        let response = try camera.run("<trt:GetProfile>\(token)</trt:GetProfile>")
        #expect(tokens.contains(response.child("Profile")?.child(kind + "Configuration")?.attribute("token")))
    }

    @Test(arguments: ["VideoAnalytics", "AudioOutput", "AudioDecoder"])
    func nothingOfWhatTheModelLacksIsCompatible(_ kind: String) throws {
        var camera = OperationHarness()
        let name = "GetCompatible\(kind)Configurations"
        let response = try camera.run("<trt:\(name)><trt:ProfileToken>SubStream</trt:ProfileToken></trt:\(name)>")
        #expect(response.children.isEmpty)
        let fault = try camera.fault("<trt:\(name)><trt:ProfileToken>none</trt:ProfileToken></trt:\(name)>")
        #expect(fault.subcodes == ["InvalidArgVal", "NoProfile"])
    }
}
