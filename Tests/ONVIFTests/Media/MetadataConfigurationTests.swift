import ONVIF
import Testing
import XML

/// What metadata streams can tell, in the words of both media services.
@Suite("Media and Media2: metadata")
struct MetadataConfigurationTests {
    private static var thinking: DeviceModel {
        var model = DeviceModel.soundDome
        model.analytics = AnalyticsModel(hasMotion: true, hasTampering: false)
        return model
    }

    private static func set(_ prefix: String, _ attributes: String = "", _ content: String) -> String {
        let persistence = prefix == "trt" ? "<trt:ForcePersistence>true</trt:ForcePersistence>" : ""
        let name = "\(prefix):SetMetadataConfiguration"
        return """
            <\(name)><\(prefix):Configuration token="Metadata_1" \(attributes)><tt:Name>new</tt:Name><tt:UseCount>0\
            </tt:UseCount>\(content)<tt:SessionTimeout>PT60S</tt:SessionTimeout></\(prefix):Configuration>\
            \(persistence)</\(name)>
            """
    }

    private static func ptz(_ status: Bool, _ position: Bool) -> String {
        "<tt:PTZStatus><tt:Status>\(status)</tt:Status><tt:Position>\(position)</tt:Position></tt:PTZStatus>"
    }

    @Test(arguments: ["trt", "tr2"])
    func theOptionsTellWhatTheHeadCanTell(_ prefix: String) throws {
        for (model, can) in [(DeviceModel.soundDome, "true"), (.silentBullet, "false")] {
            var camera = OperationHarness(model: model)
            let options = try camera.run("<\(prefix):GetMetadataConfigurationOptions/>").at("Options")
            #expect(try options.at("PTZStatusFilterOptions").children.map(\.text) == [can, can, can, can])
            #expect(try options.at("Extension").children.map(\.text) == ["None", "GZIP"])
        }
    }

    @Test(arguments: ["trt", "tr2"])
    func whatIsSetIsReadAndStreamed(_ prefix: String) throws {
        var camera = OperationHarness(model: Self.thinking)
        let events = "<tt:Events/>"
        _ = try camera.run(
            Self.set(
                prefix, "CompressionType=\"GZIP\"",
                Self.ptz(true, false) + events + "<tt:Analytics>true</tt:Analytics>"))
        let read = try camera.run("<\(prefix):GetMetadataConfigurations/>").at("Configurations")
        #expect(read.attribute("CompressionType") == "GZIP")
        #expect(try read.at("PTZStatus").children.map(\.text) == ["true", "false"])
        #expect(try read.at("Analytics").text == "true")
        // Another payload format: sessions end.
        #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream", "SubStream"])])
        let stream = try #require(camera.device.media.metadataStream(ofProfile: "SubStream"))
        #expect(stream.hasPTZStatus && !stream.hasPTZPosition && stream.compression == .gzip)
        #expect(stream.topics == [] && stream.analytics == "VideoAnalytics_1")
        #expect(camera.device.media.stream(ofProfile: "SubStream")?.metadata == stream)
        // Other content of the same format does not end them.
        _ = try camera.run(Self.set(prefix, "CompressionType=\"GZIP\"", Self.ptz(false, true)))
        #expect(camera.takeEffects() == [])
        let next = try #require(camera.device.media.metadataStream(ofProfile: "MainStream"))
        #expect(!next.hasPTZStatus && next.hasPTZPosition && next.topics == nil && next.analytics == nil)
    }

    /// "A profile with a PTZConfiguration enables the streaming of PTZ status" (ONVIF Media2 26.06 §5.2.6).
    @Test func aProfileWithoutTheConfigurationDoesNotTellOfIt() throws {
        var camera = OperationHarness(model: Self.thinking)
        _ = try camera.run(Self.set("tr2", "", Self.ptz(true, true) + "<tt:Analytics>true</tt:Analytics>"))
        for kind in ["PTZ", "VideoAnalytics"] {
            let name = "trt:Remove\(kind)Configuration"
            _ = try camera.run("<\(name)><trt:ProfileToken>MainStream</trt:ProfileToken></\(name)>")
        }
        let stream = try #require(camera.device.media.metadataStream(ofProfile: "MainStream"))
        #expect(!stream.hasPTZStatus && !stream.hasPTZPosition && stream.analytics == nil)
        #expect(stream.compression == .uncompressed)
        #expect(camera.device.media.metadataStream(ofProfile: "none") == nil)
    }

    @Test(arguments: [
        set("trt", "CompressionType=\"EXI\"", ""), set("tr2", "CompressionType=\"gzip\"", ""),
        set("tr2", "", "<tt:Analytics>true</tt:Analytics>"), set("trt", "", ptz(true, false)),
        set("tr2", "", ptz(false, true)),
        set(
            "tr2", "",
            "<tt:PTZStatus><tt:Status>false</tt:Status><tt:Position>false</tt:Position><tt:FieldOfView>true</tt:FieldOfView></tt:PTZStatus>"
        ),
    ])
    func whatTheCameraHasNotIsRefused(_ request: String) throws {
        var camera = OperationHarness(model: .silentBullet)
        #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "ConfigModify"])
    }

    /// A profile of metadata alone is something to stream.
    @Test func metadataAloneIsAStream() throws {
        var camera = OperationHarness()
        _ = try camera.run("<trt:CreateProfile><trt:Name>m</trt:Name><trt:Token>m</trt:Token></trt:CreateProfile>")
        _ = try camera.run(
            """
            <trt:AddMetadataConfiguration><trt:ProfileToken>m</trt:ProfileToken><trt:ConfigurationToken>Metadata_1\
            </trt:ConfigurationToken></trt:AddMetadataConfiguration>
            """)
        let stream = try #require(camera.device.media.stream(ofProfile: "m"))
        #expect(stream.rendition == nil && !stream.hasAudio && stream.metadata != nil)
    }

    // MARK: Sound

    @Test(arguments: [
        (AudioModel.Codec.aac, "AAC", "MP4A-LATM"), (.pcmu, "G711", "PCMU"), (.pcma, "G711", "PCMA"),
        (.g726, "G726", "G726"),
    ])
    func theSoundHasTheNameOfTheService(_ codec: AudioModel.Codec, _ old: String, _ new: String) throws {
        var model = DeviceModel.soundDome
        model.audio?.codec = codec
        var camera = OperationHarness(model: model)
        for (prefix, name) in [("trt", old), ("tr2", new)] {
            let read = try camera.run("<\(prefix):GetAudioEncoderConfigurations/>").at("Configurations", "Encoding")
            #expect(read.text == name)
            var options = try camera.run("<\(prefix):GetAudioEncoderConfigurationOptions/>").at("Options")
            if prefix == "trt" { options = try options.at("Options") }
            #expect(try options.at("Encoding").text == name)
        }
    }

    @Test func theMediaServiceHidesOpus() throws {
        var model = DeviceModel.soundDome
        model.audio?.codec = .opus
        var camera = OperationHarness(model: model)
        #expect(try camera.run("<tr2:GetAudioEncoderConfigurations/>").at("Configurations", "Encoding").text == "opus")
        #expect(try camera.run("<trt:GetAudioEncoderConfigurations/>").children.isEmpty)
        #expect(try camera.run("<trt:GetAudioEncoderConfigurationOptions/>").at("Options").children.isEmpty)
        let profile = try #require(try camera.run("<trt:GetProfiles/>").children.first)
        #expect(profile.child("AudioEncoderConfiguration") == nil)
        let fault = try camera.fault(
            """
            <trt:GetAudioEncoderConfiguration><trt:ConfigurationToken>AudioEncoder_1</trt:ConfigurationToken>\
            </trt:GetAudioEncoderConfiguration>
            """)
        #expect(fault.subcodes == ["InvalidArgVal", "NoConfig"])
    }
}
