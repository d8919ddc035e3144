import ONVIF
import Testing
import XML

@Suite("Media: source, audio and metadata configurations")
struct MediaConfigurationTests {
    private func videoSource(
        token: String = "VideoSourceConfiguration_1", source: String = "VideoSource_1", x: Int = 0, y: Int = 0,
        width: Int = 1280, height: Int = 720, more: String = ""
    ) -> String {
        """
        <trt:SetVideoSourceConfiguration><trt:Configuration token="\(token)"><tt:Name>new</tt:Name>\
        <tt:UseCount>0</tt:UseCount><tt:SourceToken>\(source)</tt:SourceToken>\
        <tt:Bounds x="\(x)" y="\(y)" width="\(width)" height="\(height)"/>\(more)</trt:Configuration>\
        <trt:ForcePersistence>true</trt:ForcePersistence></trt:SetVideoSourceConfiguration>
        """
    }

    @Test func theBoundsAreAlwaysTheWholeSensor() throws {
        var camera = OperationHarness()
        for (x, y) in [(0, 0), (1280, 720)] {
            _ = try camera.run(videoSource(x: x, y: y))
            let bounds = try camera.run("<trt:GetVideoSourceConfigurations/>").child("Configurations")?.child("Bounds")
            #expect(["x", "y", "width", "height"].map { bounds?.attribute($0) } == ["0", "0", "1280", "720"])
        }
        #expect(camera.device.media.videoSources[0].name == "new")
    }

    @Test func boundsOutsideTheOptionsAreRefused() throws {
        var camera = OperationHarness()
        let rotated = "<tt:Extension><tt:Rotate><tt:Mode>ON</tt:Mode></tt:Rotate></tt:Extension>"
        let requests = [
            videoSource(x: 1281), videoSource(x: -1), videoSource(y: 721), videoSource(y: -1), videoSource(width: 1279),
            videoSource(height: 721), videoSource(source: "none"), videoSource(more: rotated),
        ]
        for request in requests {
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "ConfigModify"], "\(request)")
        }
        #expect(try camera.fault(videoSource(token: "none")).subcodes == ["InvalidArgVal", "NoConfig"])
    }

    private func audioEncoder(
        _ prefix: String = "trt", encoding: String = "AAC", bitrate: Int = 64, sampleRate: Int = 16
    ) -> String {
        """
        <\(prefix):SetAudioEncoderConfiguration><\(prefix):Configuration token="AudioEncoder_1"><tt:Name>new</tt:Name>\
        <tt:UseCount>0</tt:UseCount><tt:Encoding>\(encoding)</tt:Encoding><tt:Bitrate>\(bitrate)</tt:Bitrate>\
        <tt:SampleRate>\(sampleRate)</tt:SampleRate></\(prefix):Configuration></\(prefix):SetAudioEncoderConfiguration>
        """
    }

    @Test func theSoundIsAsItWasRecorded() throws {
        var camera = OperationHarness()
        _ = try camera.run(audioEncoder())
        _ = try camera.run(audioEncoder("tr2", encoding: "MP4A-LATM"))
        let requests = [
            audioEncoder(encoding: "G711"), audioEncoder(bitrate: 63), audioEncoder(bitrate: 65),
            audioEncoder(sampleRate: 8), audioEncoder("tr2", encoding: "AAC"),
        ]
        for request in requests {
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "ConfigModify"], "\(request)")
        }
    }

    @Test func audioSourcesAreNamed() throws {
        var camera = OperationHarness()
        func request(_ source: String) -> String {
            """
            <trt:SetAudioSourceConfiguration><trt:Configuration token="AudioSourceConfiguration_1"><tt:Name>mic</tt:Name>\
            <tt:UseCount>0</tt:UseCount><tt:SourceToken>\(source)</tt:SourceToken></trt:Configuration>\
            <trt:ForcePersistence>true</trt:ForcePersistence></trt:SetAudioSourceConfiguration>
            """
        }
        _ = try camera.run(request("AudioSource_1"))
        #expect(camera.device.media.audioSources[0].name == "mic")
        #expect(try camera.fault(request("none")).subcodes == ["InvalidArgVal", "ConfigModify"])
    }

    private func metadata(_ content: String) -> String {
        """
        <trt:SetMetadataConfiguration><trt:Configuration token="Metadata_1"><tt:Name>new</tt:Name>\
        <tt:UseCount>0</tt:UseCount>\(content)<tt:SessionTimeout>PT60S</tt:SessionTimeout></trt:Configuration>\
        <trt:ForcePersistence>true</trt:ForcePersistence></trt:SetMetadataConfiguration>
        """
    }

    private func events(_ filter: String) -> String {
        metadata("<tt:Events><tt:Filter>\(filter)</tt:Filter></tt:Events>")
    }

    private let dialect = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"

    @Test func topicsAreKeptUnderOurPrefix() throws {
        var camera = OperationHarness()
        _ = try camera.run(
            events(
                """
                <wsnt:TopicExpression Dialect="\(dialect)" xmlns:a="http://www.onvif.org/ver10/topics">\
                a:Media/ConfigurationChanged|a:Device//.</wsnt:TopicExpression>
                """))
        let events = try camera.run("<trt:GetMetadataConfigurations/>").child("Configurations")?.child("Events")
        let topic = try #require(events?.child("Filter")?.child("TopicExpression"))
        #expect(topic.text == "tns1:Media/ConfigurationChanged|tns1:Device//.")
        #expect(topic.attribute("Dialect") == dialect)
        #expect(topic.scope?.namespace(of: "tns1") == XMLNamespace.tns1.uri)
        _ = try camera.run(metadata("<tt:Analytics>false</tt:Analytics>"))
        #expect(camera.device.media.metadata[0].topics == nil)
        #expect(camera.device.media.metadata[0].analytics == false)
    }

    @Test func metadataThatIsNotOfferedIsRefused() throws {
        var camera = OperationHarness(model: .silentBullet)
        let topic = "<wsnt:TopicExpression Dialect=\"\(dialect)\">tns1:Media</wsnt:TopicExpression>"
        _ = try camera.run(events(String(repeating: topic, count: 32)))
        let long = String(repeating: "a", count: 1025)
        let requests = [
            metadata("<tt:PTZStatus><tt:Status>true</tt:Status><tt:Position>false</tt:Position></tt:PTZStatus>"),
            metadata("<tt:PTZStatus><tt:Status>false</tt:Status><tt:Position>true</tt:Position></tt:PTZStatus>"),
            metadata("<tt:Analytics>true</tt:Analytics>"),
            metadata("").replacing("token=\"Metadata_1\"", with: "token=\"Metadata_1\" CompressionType=\"EXI\""),
            events("<wsnt:MessageContent Dialect=\"x\">1</wsnt:MessageContent>"),
            events("<wsnt:TopicExpression Dialect=\"\(dialect)\">unknown:Media</wsnt:TopicExpression>"),
            events("<wsnt:TopicExpression Dialect=\"\(dialect)\">\(long)</wsnt:TopicExpression>"),
            events(String(repeating: topic, count: 33)),
        ]
        for request in requests {
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "ConfigModify"])
        }
    }

    /// Every configuration, set to what it is, stays as it is; both services, all kinds.
    @Test(
        arguments: ["trt", "tr2"], ["VideoSource", "VideoEncoder", "AudioSource", "AudioEncoder", "Metadata"])
    func whatIsReadCanBeSet(_ prefix: String, _ kind: String) throws {
        var camera = OperationHarness()
        let before = camera.device.media
        for configuration in try camera.run("<\(prefix):Get\(kind)Configurations/>").children {
            var writer = XMLWriter()
            var element = configuration
            element.name = "Configuration"
            writer.element(element, vocabulary: XMLNamespace.messages)
            let content = String(decoding: writer.bytes, as: UTF8.self)
            let end = prefix == "trt" ? "<trt:ForcePersistence>true</trt:ForcePersistence>" : ""
            _ = try camera.run(
                "<\(prefix):Set\(kind)Configuration>\(content)\(end)</\(prefix):Set\(kind)Configuration>")
        }
        #expect(camera.device.media == before)
        #expect(camera.takeEffects() == [])
    }

    @Test(arguments: ["trt", "tr2"])
    func theOptionsHoldWhatIsSet(_ prefix: String) throws {
        var camera = OperationHarness()
        func options(_ kind: String) throws -> XMLElement? {
            try camera.run("<\(prefix):Get\(kind)ConfigurationOptions/>").child("Options")
        }
        let source = try options("VideoSource")
        #expect(source?.child("VideoSourceTokensAvailable")?.text == MediaState.videoSourceToken)
        #expect(source?.child("BoundsRange")?.child("WidthRange")?.children.map(\.text) == ["1280", "1280"])
        #expect(try options("AudioSource")?.child("InputTokensAvailable")?.text == MediaState.audioSourceToken)
        let audio = try options("AudioEncoder")
        let encoding = prefix == "trt" ? audio?.child("Options") : audio
        #expect(encoding?.child("Encoding")?.text == (prefix == "trt" ? "AAC" : "MP4A-LATM"))
        #expect(encoding?.child("BitrateList")?.children.map(\.text) == ["64"])
        #expect(encoding?.child("SampleRateList")?.children.map(\.text) == ["16"])
        #expect(try options("Metadata")?.child("PTZStatusFilterOptions") != nil)
    }
}
