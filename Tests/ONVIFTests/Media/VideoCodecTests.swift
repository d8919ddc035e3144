import ONVIF
import Testing
import XML

/// Encoders with several codecs, in the words of both media services.
@Suite("Media and Media2: codecs of video encoders")
struct VideoCodecTests {
    private static func model(_ encodings: [VideoModel.Codec] = VideoModel.Codec.allCases) -> DeviceModel {
        var model = DeviceModel.soundDome
        model.video.encodes = true
        model.video.encodings = encodings
        return model
    }

    private static let token = "<trt:ConfigurationToken>VideoEncoder_1</trt:ConfigurationToken>"

    /// A Set request of the Media2 service.
    private static func set(
        _ encoding: String, _ attributes: String = "", width: Int = 640, height: Int = 360, control: String = "",
        more: String = ""
    ) -> String {
        """
        <tr2:SetVideoEncoderConfiguration><tr2:Configuration token="VideoEncoder_1" \(attributes)><tt:Name>new</tt:Name>\
        <tt:UseCount>0</tt:UseCount><tt:Encoding>\(encoding)</tt:Encoding><tt:Resolution><tt:Width>\(width)</tt:Width>\
        <tt:Height>\(height)</tt:Height></tt:Resolution><tt:RateControl \(control)><tt:FrameRateLimit>5\
        </tt:FrameRateLimit><tt:BitrateLimit>900</tt:BitrateLimit>\(more)</tt:RateControl><tt:Quality>5</tt:Quality>\
        </tr2:Configuration></tr2:SetVideoEncoderConfiguration>
        """
    }

    /// A Set request of the Media service.
    private static func set10(_ encoding: String, _ groups: String = "", width: String, height: String) -> String {
        """
        <trt:SetVideoEncoderConfiguration><trt:Configuration token="VideoEncoder_1"><tt:Name>new</tt:Name>\
        <tt:UseCount>0</tt:UseCount><tt:Encoding>\(encoding)</tt:Encoding><tt:Resolution><tt:Width>\(width)</tt:Width>\
        <tt:Height>\(height)</tt:Height></tt:Resolution><tt:Quality>5</tt:Quality><tt:RateControl>\
        <tt:FrameRateLimit>5</tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>900\
        </tt:BitrateLimit></tt:RateControl>\(groups)<tt:SessionTimeout>PT60S</tt:SessionTimeout></trt:Configuration>\
        <trt:ForcePersistence>true</trt:ForcePersistence></trt:SetVideoEncoderConfiguration>
        """
    }

    private func options(_ camera: inout OperationHarness, _ prefix: String) throws -> [XMLElement] {
        try camera.run("<\(prefix):GetVideoEncoderConfigurationOptions/>").children("Options")
    }

    @Test func eachCodecHasItsOptionsOfMedia2() throws {
        var camera = OperationHarness(model: Self.model())
        let all = try options(&camera, "tr2")
        #expect(all.map { $0.child("Encoding")?.text } == ["H264", "H265", "MPV4-ES", "JPEG"])
        #expect(all.map { $0.attribute("ProfilesSupported") } == ["Baseline Main High", "Main", "Simple", nil])
        #expect(all.map { $0.attribute("GovLengthRange") } == ["1 250", "1 250", "1 250", nil])
        for options in all {
            #expect(options.attribute("ConstantBitRateSupported") == "false")
            #expect(options.attribute("MaxAnchorFrameDistance") == nil)
            #expect(options.attribute("FrameRatesSupported")?.hasPrefix("25 24 ") == true)
            #expect(options.children("ResolutionsAvailable").count == 5)
        }
    }

    @Test func theMediaServiceHasOptionsOfWhatItKnows() throws {
        var camera = OperationHarness(model: Self.model())
        let all = try #require(try options(&camera, "trt").first)
        #expect(all.children.map(\.name) == ["QualityRange", "JPEG", "MPEG4", "H264", "Extension"])
        #expect(all.child("Extension")?.children.map(\.name) == ["JPEG", "MPEG4", "H264"])
        #expect(try all.at("MPEG4").children("Mpeg4ProfilesSupported").map(\.text) == ["SP"])
        #expect(try all.at("JPEG").child("GovLengthRange") == nil)
        for codec in try all.at("Extension").children {
            #expect(codec.child("BitrateRange")?.children.map(\.text) == ["64", "64000"])
        }
    }

    @Test func whatMedia2OffersCanBeSetAndIsRead() throws {
        var camera = OperationHarness(model: Self.model())
        for options in try options(&camera, "tr2") {
            let encoding = try options.at("Encoding").text
            let profiles = options.attribute("ProfilesSupported")?.split(separator: " ").map(String.init) ?? [""]
            for profile in profiles {
                let attributes = profile.isEmpty ? "" : "GovLength=\"7\" Profile=\"\(profile)\""
                _ = try camera.run(Self.set(encoding, attributes))
                let read = try camera.run("<tr2:GetVideoEncoderConfigurations/>").at("Configurations")
                #expect(read.child("Encoding")?.text == encoding)
                #expect(read.attribute("Profile") == (profile.isEmpty ? nil : profile))
                #expect(read.attribute("GovLength") == (profile.isEmpty ? nil : "7"))
                #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream"])])
                let encoded = try #require(camera.device.media.stream(ofProfile: "MainStream")?.encoding)
                #expect(encoded.codec.name(in: .media2) == encoding)
                #expect(encoded.profile?.rawValue == (profile.isEmpty ? nil : profile))
            }
        }
    }

    @Test func whatTheMediaServiceOffersCanBeSetAndIsRead() throws {
        var camera = OperationHarness(model: Self.model())
        let all = try #require(try options(&camera, "trt").first)
        for codec in all.children where codec.name != "QualityRange" && codec.name != "Extension" {
            for size in codec.children("ResolutionsAvailable") {
                let profile = codec.children.last { $0.name.hasSuffix("sSupported") }
                let groups = profile.map { profile in
                    let name = profile.name.replacing("sSupported", with: "")
                    return
                        "<tt:\(codec.name)><tt:GovLength>9</tt:GovLength><tt:\(name)>\(profile.text)</tt:\(name)></tt:\(codec.name)>"
                }
                let request = Self.set10(
                    codec.name, groups ?? "", width: try size.at("Width").text, height: try size.at("Height").text)
                _ = try camera.run(request)
                let one = "GetVideoEncoderConfiguration"
                let read = try camera.run("<trt:\(one)>\(Self.token)</trt:\(one)>").at("Configuration")
                #expect(read.child("Encoding")?.text == codec.name)
                #expect(try read.at("Resolution").children.map(\.text) == size.children.map(\.text))
                for name in ["MPEG4", "H264"] {
                    let isSet = name == codec.name
                    #expect(read.child(name)?.children.map(\.text) == (isSet ? ["9", profile?.text ?? ""] : nil))
                }
            }
        }
    }

    /// A client may change the codec alone; what does not go with it changes to what is nearest.
    @Test func whatIsLeftOutFollowsTheCodec() throws {
        var camera = OperationHarness(model: Self.model())
        _ = try camera.run(Self.set("H265"))
        #expect(camera.device.media.stream(ofProfile: "MainStream")?.encoding?.profile == .main)
        _ = try camera.run(Self.set("JPEG", "GovLength=\"3\" Profile=\"Main\""))
        #expect(camera.device.media.stream(ofProfile: "MainStream")?.encoding?.profile == nil)
        _ = try camera.run(Self.set("H264"))
        #expect(camera.device.media.stream(ofProfile: "MainStream")?.encoding?.profile == .high)
        #expect(camera.device.media.stream(ofProfile: "MainStream")?.encoding?.govLength == 25)
    }

    @Test(arguments: [
        set("H266"), set("MPEG4"), set("h264"), set("JPEG", width: 641), set("H265", "Profile=\"High\""),
        set("H265", "Profile=\"Main10\""), set("MPV4-ES", "Profile=\"AdvancedSimple\""),
        set("H264", "AnchorFrameDistance=\"2\""), set("H264", "GuaranteedFrameRate=\"true\""),
        set("H264", "Signed=\"1\""), set("H264", control: "ConstantBitRate=\"true\""),
        set("H264", more: "<tt:AverageBitRate>1</tt:AverageBitRate>"), set10("MPV4-ES", width: "640", height: "360"),
        set10(
            "MPEG4", "<tt:MPEG4><tt:GovLength>9</tt:GovLength><tt:Mpeg4Profile>ASP</tt:Mpeg4Profile></tt:MPEG4>",
            width: "640", height: "360"),
    ])
    func whatNoOptionsOfferIsRefused(_ request: String) throws {
        var camera = OperationHarness(model: Self.model())
        #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "ConfigModify"])
    }

    @Test func whatTheOptionsDenyMayBeSaidAsWell() throws {
        var camera = OperationHarness(model: Self.model())
        let attributes = "AnchorFrameDistance=\"1\" GuaranteedFrameRate=\"false\" Signed=\"false\""
        let average = "<tt:AverageBitRate>0</tt:AverageBitRate>"
        _ = try camera.run(Self.set("H264", attributes, control: "ConstantBitRate=\"false\"", more: average))
    }

    @Test func theMediaServiceHidesWhatItHasNoWordFor() throws {
        var camera = OperationHarness(model: Self.model())
        _ = try camera.run(Self.set("H265"))
        let list = try camera.run("<trt:GetVideoEncoderConfigurations/>").children
        #expect(list.map { $0.attribute("token") } == ["VideoEncoder_2"])
        let profiles = try camera.run("<trt:GetProfiles/>").children
        #expect(profiles.map { $0.child("VideoEncoderConfiguration") != nil } == [false, true])
        let profile = "<trt:ProfileToken>MainStream</trt:ProfileToken>"
        let compatible = "GetCompatibleVideoEncoderConfigurations"
        #expect(try camera.run("<trt:\(compatible)>\(profile)</trt:\(compatible)>").children.count == 1)
        for request in [
            "<trt:GetVideoEncoderConfiguration>\(Self.token)</trt:GetVideoEncoderConfiguration>",
            "<trt:AddVideoEncoderConfiguration>\(profile)\(Self.token)</trt:AddVideoEncoderConfiguration>",
            Self.set10("JPEG", width: "640", height: "360"),
        ] {
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "NoConfig"])
        }
        #expect(try camera.run("<tr2:GetVideoEncoderConfigurations/>").children.count == 2)
        _ = try camera.run(Self.set("JPEG"))
        #expect(try camera.run("<trt:GetVideoEncoderConfigurations/>").children.count == 2)
    }

    @Test func theEncodersAreCountedForEachCodec() throws {
        var camera = OperationHarness(model: Self.model([.h264, .h265, .jpeg]))
        let token = "ConfigurationToken>VideoSourceConfiguration_1<"
        let name = "GetGuaranteedNumberOfVideoEncoderInstances"
        let old = try camera.run("<trt:\(name)><trt:\(token)/trt:ConfigurationToken></trt:\(name)>")
        #expect(old.children.map { "\($0.name) \($0.text)" } == ["TotalNumber 2", "JPEG 2", "H264 2", "MPEG4 0"])
        let new = try camera.run(
            "<tr2:GetVideoEncoderInstances><tr2:\(token)/tr2:ConfigurationToken></tr2:GetVideoEncoderInstances>")
        #expect(try new.at("Info", "Total").text == "2")
        let codecs = try new.at("Info").children("Codec").map {
            try $0.at("Encoding").text + " " + $0.at("Number").text
        }
        #expect(codecs == ["H264 2", "H265 2", "JPEG 2"])
    }

    // MARK: Recordings of several codecs

    private static var mixed: DeviceModel {
        var model = DeviceModel.soundDome
        model.video.renditions[1].codec = .jpeg
        model.video.renditions[1].profile = nil
        return model
    }

    @Test func recordingsAreTheOptionsOfTheirCodec() throws {
        var camera = OperationHarness(model: Self.mixed)
        let all = try options(&camera, "tr2")
        #expect(all.map { $0.child("Encoding")?.text } == ["H264", "JPEG"])
        #expect(try all.map { try $0.at("ResolutionsAvailable", "Height").text } == ["720", "360"])
        #expect(camera.device.media.stream(ofProfile: "SubStream")?.isRecorded == true)
        let request = Self.set("JPEG", width: 640).replacing(">5<", with: ">25<")
        #expect(try camera.fault(request.replacing("640", with: "1280")).subcodes.last == "ConfigModify")
        _ = try camera.run(request.replacing("<tt:Quality>25<", with: "<tt:Quality>5<"))
        #expect(camera.device.media.rendition(ofProfile: "MainStream")?.recording == "sub")
    }

    /// A camera that knows another codec than its clips have encodes from the start.
    @Test func theFactorySetsWhatTheCameraHas() throws {
        let camera = OperationHarness(model: Self.model([.jpeg]))
        let stream = try #require(camera.device.media.stream(ofProfile: "MainStream"))
        #expect(stream.encoding?.codec == .jpeg && stream.encoding?.profile == nil)
        #expect(!stream.isRecorded)
        #expect(stream.encoding?.bitrate == 16_000)
    }
}
