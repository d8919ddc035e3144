import ONVIF
import Testing
import XML

/// The loudspeaker and its configurations, which both media services show.
@Suite("Audio outputs and decoders")
struct AudioOutputTests {
    private static var intercom: DeviceModel {
        var model = DeviceModel.soundDome
        model.loudspeaker = AudioOutputModel(
            decoders: [.init(usual: .pcmu), .init(usual: .aac), .init(usual: .g726)], levels: 0...10, isHalfDuplex: true
        )
        return model
    }

    private static var speaker: DeviceModel {
        var model = DeviceModel.soundDome
        model.loudspeaker = AudioOutputModel()
        return model
    }

    private static func output(
        _ prefix: String, token: String = "AudioOutputConfiguration_1", output: String = "AudioOutput_1",
        level: String = "7", primacy: String? = nil
    ) -> String {
        let primacy = primacy.map { "<tt:SendPrimacy>\($0)</tt:SendPrimacy>" } ?? ""
        let persistence = prefix == "trt" ? "<trt:ForcePersistence>true</trt:ForcePersistence>" : ""
        return """
            <\(prefix):SetAudioOutputConfiguration><\(prefix):Configuration token="\(token)"><tt:Name>Horn</tt:Name>\
            <tt:UseCount>0</tt:UseCount><tt:OutputToken>\(output)</tt:OutputToken>\(primacy)<tt:OutputLevel>\(level)\
            </tt:OutputLevel></\(prefix):Configuration>\(persistence)</\(prefix):SetAudioOutputConfiguration>
            """
    }

    @Test func theLoudspeakerIsListedAndCounted() throws {
        var camera = OperationHarness(model: Self.speaker)
        let outputs = try camera.run("<trt:GetAudioOutputs/>").children("AudioOutputs")
        #expect(outputs.map { $0.attribute("token") } == ["AudioOutput_1"])
        #expect(try camera.run("<tmd:GetAudioOutputs/>").children.map(\.text) == ["AudioOutput_1"])
        let capabilities = try camera.run("<tmd:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("AudioOutputs") == "1")
        let kinds = try camera.run("<tr2:GetServiceCapabilities/>").at("Capabilities", "ProfileCapabilities")
            .attribute("ConfigurationsSupported")
        #expect(kinds?.hasSuffix("AudioOutput AudioDecoder") == true)
    }

    @Test(arguments: ["trt", "tr2"]) func whatOptionsOfferCanBeSet(_ prefix: String) throws {
        var camera = OperationHarness(model: Self.intercom)
        let options = try camera.run("<\(prefix):GetAudioOutputConfigurationOptions/>").at("Options")
        #expect(options.children("OutputTokensAvailable").map(\.text) == ["AudioOutput_1"])
        #expect(try options.at("OutputLevelRange").children.map(\.text) == ["0", "10"])
        let primacies = options.children("SendPrimacyOptions").map(\.text)
        #expect(primacies.count == 3)
        for primacy in primacies {
            for level in ["0", "10"] {
                _ = try camera.run(Self.output(prefix, level: level, primacy: primacy))
                let set = try camera.run("<\(prefix):GetAudioOutputConfigurations/>").at("Configurations")
                #expect(try set.at("SendPrimacy").text == primacy)
                #expect(try set.at("OutputLevel").text == level)
                #expect(try set.at("Name").text == "Horn")
            }
        }
    }

    @Test(arguments: [
        output("trt", token: "none"), output("trt", output: "AudioOutput_2"), output("trt", level: "11"),
        output("tr2", level: "-1"), output("tr2", primacy: "www.onvif.org/ver20/HalfDuplex/Nobody"),
    ])
    func settingsOutsideTheOptionsAreRefused(_ request: String) throws {
        var camera = OperationHarness(model: Self.intercom)
        let subcode = request.contains("\"none\"") ? "NoConfig" : "ConfigModify"
        #expect(try camera.fault(request).subcodes == ["InvalidArgVal", subcode])
    }

    @Test func aFullDuplexDeviceHasNoPrimacy() throws {
        var camera = OperationHarness(model: Self.speaker)
        let primacy = AudioOutputConfiguration.SendPrimacy.client.rawValue
        #expect(
            try camera.fault(Self.output("trt", primacy: primacy)).subcodes == ["InvalidArgVal", "ConfigModify"])
        let options = try camera.run("<tr2:GetAudioOutputConfigurationOptions/>").at("Options")
        #expect(options.children("SendPrimacyOptions").isEmpty)
    }

    @Test func theDecoderTellsItsEncodingsToBothServices() throws {
        var camera = OperationHarness(model: Self.intercom)
        let old = try camera.run("<trt:GetAudioDecoderConfigurationOptions/>").at("Options")
        #expect(old.children.map(\.name) == ["AACDecOptions", "G711DecOptions", "G726DecOptions"])
        #expect(try old.at("G711DecOptions", "Bitrate").children.map(\.text) == ["64"])
        let new = try camera.run("<tr2:GetAudioDecoderConfigurationOptions/>").children("Options")
        #expect(try new.map { try $0.at("Encoding").text } == ["PCMU", "MP4A-LATM", "G726"])
        for prefix in ["trt", "tr2"] {
            let persistence = prefix == "trt" ? "<trt:ForcePersistence>true</trt:ForcePersistence>" : ""
            func set(_ token: String) -> String {
                """
                <\(prefix):SetAudioDecoderConfiguration><\(prefix):Configuration token="\(token)"><tt:Name>\(prefix)\
                </tt:Name><tt:UseCount>0</tt:UseCount></\(prefix):Configuration>\(persistence)\
                </\(prefix):SetAudioDecoderConfiguration>
                """
            }
            _ = try camera.run(set("AudioDecoder_1"))
            let name = try camera.run("<tr2:GetAudioDecoderConfigurations/>").at("Configurations", "Name")
            #expect(name.text == prefix)
            #expect(try camera.fault(set("none")).subcodes == ["InvalidArgVal", "NoConfig"])
        }
    }

    @Test func bothCanBePutIntoAProfileAndTakenOut() throws {
        var camera = OperationHarness(model: Self.speaker)
        _ = try camera.run(
            "<trt:CreateProfile><trt:Name>mine</trt:Name><trt:Token>mine</trt:Token></trt:CreateProfile>")
        let profile = "<trt:ProfileToken>mine</trt:ProfileToken>"
        for kind in ["AudioOutput", "AudioDecoder"] {
            let list = "GetCompatible\(kind)Configurations"
            let found = try camera.run("<trt:\(list)>\(profile)</trt:\(list)>").at("Configurations")
            let token = try #require(found.attribute("token"))
            let add = "Add\(kind)Configuration"
            _ = try camera.run(
                "<trt:\(add)>\(profile)<trt:ConfigurationToken>\(token)</trt:ConfigurationToken></trt:\(add)>")
            let one = "Get\(kind)Configuration"
            let configuration = try camera.run(
                "<trt:\(one)><trt:ConfigurationToken>\(token)</trt:ConfigurationToken></trt:\(one)>")
            #expect(try configuration.at("Configuration", "UseCount").text == "3")
        }
        let shown = try camera.run("<trt:GetProfile>\(profile)</trt:GetProfile>").at("Profile", "Extension")
        #expect(shown.children.map(\.name) == ["AudioOutputConfiguration", "AudioDecoderConfiguration"])
        let new = try camera.run(
            "<tr2:GetProfiles><tr2:Token>mine</tr2:Token><tr2:Type>All</tr2:Type></tr2:GetProfiles>")
        #expect(
            try new.at("Profiles", "Configurations").children.map(\.name).suffix(2) == ["AudioOutput", "AudioDecoder"])
        // Media2 keeps the decoder with its output; Media does not.
        let remove = """
            <tr2:RemoveConfiguration><tr2:ProfileToken>mine</tr2:ProfileToken><tr2:Configuration><tr2:Type>\
            AudioOutput</tr2:Type></tr2:Configuration></tr2:RemoveConfiguration>
            """
        #expect(try camera.fault(remove).subcodes == ["Action", "ConfigurationConflict"])
        for kind in ["AudioOutput", "AudioDecoder"] {
            _ = try camera.run("<trt:Remove\(kind)Configuration>\(profile)</trt:Remove\(kind)Configuration>")
        }
        let after = try camera.run("<trt:GetProfile>\(profile)</trt:GetProfile>").at("Profile")
        #expect(after.child("Extension") == nil)
    }

    /// What the streaming engine is told, as the factory ships it and without the decoder.
    @Test func aProfileWithOutputAndDecoderHasABackchannel() throws {
        var camera = OperationHarness(model: Self.intercom)
        let backchannel = try #require(camera.device.media.backchannel(ofProfile: "MainStream"))
        #expect(backchannel.decoders.map(\.codec) == [.pcmu, .aac, .g726])
        #expect(backchannel.sendPrimacy == .auto)
        _ = try camera.run(Self.output("tr2", level: "3", primacy: "www.onvif.org/ver20/HalfDuplex/Client"))
        #expect(camera.takeEffects() == [])
        #expect(camera.device.media.backchannel(ofProfile: "MainStream")?.sendPrimacy == .client)
        #expect(camera.device.media.stream(ofProfile: "MainStream")?.backchannel?.level == 3)
        let profile = "<trt:ProfileToken>MainStream</trt:ProfileToken>"
        _ = try camera.run("<trt:RemoveAudioDecoderConfiguration>\(profile)</trt:RemoveAudioDecoderConfiguration>")
        #expect(camera.device.media.backchannel(ofProfile: "MainStream") == nil)
        #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream"])])
        #expect(OperationHarness().device.media.backchannel(ofProfile: "MainStream") == nil)
    }

    @Test(arguments: [("AudioOutput", "AudioOutputNotSupported"), ("AudioDecoder", "AudioDecodingNotSupported")])
    func withoutALoudspeakerTheListsAreEmptyAndTheRestIsRefused(_ kind: String, _ subcode: String) throws {
        var camera = OperationHarness()
        #expect(try camera.run("<trt:GetAudioOutputs/>").children.isEmpty)
        let profile = "<trt:ProfileToken>MainStream</trt:ProfileToken>"
        let token = "<trt:ConfigurationToken>\(kind)_1</trt:ConfigurationToken>"
        let name = "\(kind)Configuration"
        for request in [
            "<trt:Get\(name)>\(token)</trt:Get\(name)>", "<trt:Get\(name)Options/>",
            "<trt:Add\(name)>\(profile)\(token)</trt:Add\(name)>", "<trt:Remove\(name)>\(profile)</trt:Remove\(name)>",
            "<tr2:Get\(name)s/>", "<tr2:Get\(name)Options/>",
        ] {
            let fault = try camera.fault(request)
            #expect(fault.code == .receiver)
            #expect(fault.subcodes == ["ActionNotSupported", subcode])
        }
    }
}
