import Foundation
import ONVIF
import Testing
import XML

/// A camera with two sensors of different size, by both media services and their neighbours.
@Suite("Several video sources")
struct VideoSourcesTests {
    /// Two sensors: 1280×720 in two sizes, and 640×480 in one.
    static let model = DeviceModel.dome { model in
        var second = VideoModel(renditions: [.fixture(640, 480)])
        second.imaging = ImagingModel(brightness: 0...10)
        model.videos.append(second)
    }

    private func camera() -> OperationHarness { OperationHarness(model: Self.model) }

    private static func profile(_ operation: String, _ token: String, _ more: String = "") -> String {
        "<trt:\(operation)><trt:ProfileToken>\(token)</trt:ProfileToken>\(more)</trt:\(operation)>"
    }

    private static func add(_ kind: String, _ token: String, to profile: String) -> String {
        Self.profile("Add\(kind)Configuration", profile, "<trt:ConfigurationToken>\(token)</trt:ConfigurationToken>")
    }

    @Test func everySourceHasItsTokenSizeAndRate() throws {
        var camera = camera()
        let sources = try camera.run("<trt:GetVideoSources/>").children("VideoSources")
        #expect(sources.map { $0.attribute("token") } == ["VideoSource_1", "VideoSource_2"])
        #expect(try sources.map { try $0.at("Resolution", "Height").text } == ["720", "480"])
        let tokens = try camera.run("<tmd:GetVideoSources/>").children("Token").map(\.text)
        #expect(tokens == ["VideoSource_1", "VideoSource_2"])
        let capabilities = try camera.run("<tmd:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("VideoSources") == "2")
        let old = try camera.run("<tds:GetCapabilities/>").at("Capabilities", "Extension", "DeviceIO", "VideoSources")
        #expect(old.text == "2")
    }

    @Test func theFirstSourceKeepsItsTokensAndTheSecondHasItsOwn() throws {
        var camera = camera()
        let profiles = try camera.run("<trt:GetProfiles/>").children("Profiles")
        #expect(profiles.map { $0.attribute("token") } == ["MainStream", "SubStream", "MainStream_2"])
        #expect(try profiles.map { try $0.at("Name").text } == ["MainStream", "SubStream", "MainStream 2"])
        #expect(
            profiles.map { $0.child("VideoSourceConfiguration")?.attribute("token") } == [
                "VideoSourceConfiguration_1", "VideoSourceConfiguration_1", "VideoSourceConfiguration_2",
            ])
        #expect(
            try profiles.map { try $0.at("VideoSourceConfiguration", "SourceToken").text }
                == ["VideoSource_1", "VideoSource_1", "VideoSource_2"])
        #expect(
            profiles.map { $0.child("VideoEncoderConfiguration")?.attribute("token") }
                == ["VideoEncoder_1", "VideoEncoder_2", "VideoEncoder_3"])
        #expect(profiles.map { $0.child("PTZConfiguration") == nil } == [false, false, true])
        #expect(camera.device.media.stream(ofProfile: "MainStream_2")?.source == "VideoSource_2")
    }

    @Test(arguments: ["trt", "tr2"]) func optionsAndInstancesAreThoseOfTheSource(_ prefix: String) throws {
        var camera = camera()
        func options(_ what: String, _ filter: String) throws -> [XMLElement] {
            let operation = "\(prefix):GetVideo\(what)ConfigurationOptions"
            return try camera.run("<\(operation)>\(filter)</\(operation)>").children("Options")
        }
        func byToken(_ name: String, _ token: String) -> String { "<\(prefix):\(name)>\(token)</\(prefix):\(name)>" }
        for filter in [
            byToken("ConfigurationToken", "VideoSourceConfiguration_2"), byToken("ProfileToken", "MainStream_2"),
        ] {
            let second = try #require(try options("Source", filter).first)
            #expect(second.children("VideoSourceTokensAvailable").map(\.text) == ["VideoSource_2"])
            #expect(try second.at("BoundsRange", "WidthRange", "Max").text == "640")
        }
        let all = try #require(try options("Source", "").first)
        #expect(all.children("VideoSourceTokensAvailable").map(\.text) == ["VideoSource_1", "VideoSource_2"])
        func widths(_ filter: String) throws -> [String] {
            let first = try #require(try options("Encoder", filter).first)
            let element = prefix == "trt" ? try first.at("H264") : first
            return try element.children("ResolutionsAvailable").map { try $0.at("Height").text }
        }
        #expect(try widths(byToken("ConfigurationToken", "VideoEncoder_3")) == ["480"])
        #expect(try widths(byToken("ProfileToken", "SubStream")) == ["720", "360"])
        #expect(try widths("") == ["720", "480", "360"])
    }

    @Test func theEncodersThatRunTogetherAreThoseOfTheSource() throws {
        var camera = camera()
        for (number, count) in [(1, "2"), (2, "1")] {
            let token = "VideoSourceConfiguration_\(number)</"
            let old = "trt:GetGuaranteedNumberOfVideoEncoderInstances"
            let total = try camera.run(
                "<\(old)><trt:ConfigurationToken>\(token)trt:ConfigurationToken></\(old)>")
            #expect(try total.at("TotalNumber").text == count)
            let new = "tr2:GetVideoEncoderInstances"
            let info = try camera.run("<\(new)><tr2:ConfigurationToken>\(token)tr2:ConfigurationToken></\(new)>")
            #expect(try info.at("Info", "Total").text == count)
        }
    }

    @Test func anEncoderSettingIsChosenFromTheRenditionsOfItsSource() throws {
        var camera = camera()
        func set(_ token: String, _ width: Int, _ height: Int) -> String {
            """
            <tr2:SetVideoEncoderConfiguration><tr2:Configuration token="\(token)"><tt:Name>n</tt:Name><tt:UseCount>1\
            </tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>\(width)</tt:Width><tt:Height>\
            \(height)</tt:Height></tt:Resolution><tt:Quality>5</tt:Quality></tr2:Configuration>\
            </tr2:SetVideoEncoderConfiguration>
            """
        }
        #expect(try camera.fault(set("VideoEncoder_3", 1280, 720)).subcodes == ["InvalidArgVal", "ConfigModify"])
        #expect(try camera.fault(set("VideoEncoder_1", 640, 480)).subcodes == ["InvalidArgVal", "ConfigModify"])
        _ = try camera.run(set("VideoEncoder_3", 640, 480))
        _ = try camera.run(set("VideoEncoder_1", 640, 360))
        #expect(camera.device.media.rendition(ofProfile: "MainStream")?.resolution.height == 360)
        #expect(camera.device.media.rendition(ofProfile: "MainStream_2")?.resolution.height == 480)
    }

    @Test func aProfileShowsOneSource() throws {
        var camera = camera()
        func compatible(_ kind: String, _ profile: String) throws -> [String?] {
            try camera.run(Self.profile("GetCompatible\(kind)Configurations", profile)).children("Configurations")
                .map { $0.attribute("token") }
        }
        _ = try camera.run(
            "<trt:CreateProfile><trt:Name>n</trt:Name><trt:Token>Mine</trt:Token></trt:CreateProfile>")
        #expect(
            try compatible("VideoSource", "Mine") == ["VideoSourceConfiguration_1", "VideoSourceConfiguration_2"])
        _ = try camera.run(Self.add("VideoSource", "VideoSourceConfiguration_2", to: "Mine"))
        #expect(try compatible("VideoEncoder", "Mine") == ["VideoEncoder_3"])
        let conflict = try camera.fault(Self.add("VideoEncoder", "VideoEncoder_1", to: "Mine"))
        #expect(conflict.subcodes == ["Action", "ConfigurationConflict"])
        _ = try camera.run(Self.add("VideoEncoder", "VideoEncoder_3", to: "Mine"))
        #expect(camera.device.media.rendition(ofProfile: "Mine")?.resolution.height == 480)
        #expect(try compatible("VideoSource", "Mine") == ["VideoSourceConfiguration_2"])
        #expect(
            try camera.fault(Self.add("VideoSource", "VideoSourceConfiguration_1", to: "Mine")).subcodes
                == ["Action", "ConfigurationConflict"])
        #expect(
            try camera.fault(Self.add("PTZ", "PTZConfiguration_1", to: "Mine")).subcodes
                == ["Action", "ConfigurationConflict"])
        let heads = "tptz:GetCompatibleConfigurations"
        for (profile, count) in [("Mine", 0), ("SubStream", 1)] {
            let found = try camera.run("<\(heads)><tptz:ProfileToken>\(profile)</tptz:ProfileToken></\(heads)>")
            #expect(found.children("PTZConfiguration").count == count)
        }
    }

    @Test func aSourceConfigurationStaysWithItsSource() throws {
        var camera = camera()
        func set(_ source: String, _ width: Int, _ height: Int) -> String {
            """
            <trt:SetVideoSourceConfiguration><trt:Configuration token="VideoSourceConfiguration_2"><tt:Name>Left\
            </tt:Name><tt:UseCount>1</tt:UseCount><tt:SourceToken>\(source)</tt:SourceToken><tt:Bounds x="0" y="0" \
            width="\(width)" height="\(height)"/></trt:Configuration><trt:ForcePersistence>true</trt:ForcePersistence>\
            </trt:SetVideoSourceConfiguration>
            """
        }
        #expect(try camera.fault(set("VideoSource_1", 640, 480)).subcodes == ["InvalidArgVal", "ConfigModify"])
        #expect(try camera.fault(set("VideoSource_2", 1280, 720)).subcodes == ["InvalidArgVal", "ConfigModify"])
        _ = try camera.run(set("VideoSource_2", 640, 480))
        let configurations = try camera.run("<trt:GetVideoSourceConfigurations/>").children("Configurations")
        #expect(try configurations.map { try $0.at("Name").text } == ["VideoSource", "Left"])
    }

    @Test func imagingIsOfTheSource() throws {
        var camera = camera()
        func imaging(_ operation: String, _ source: Int, _ content: String = "") -> String {
            """
            <timg:\(operation)><timg:VideoSourceToken>VideoSource_\(source)</timg:VideoSourceToken>\(content)\
            </timg:\(operation)>
            """
        }
        let settings = "<timg:ImagingSettings><tt:Brightness>7</tt:Brightness></timg:ImagingSettings>"
        _ = try camera.run(imaging("SetImagingSettings", 2, settings))
        for (source, value, limit) in [(1, "50", "100"), (2, "7", "10")] {
            let found = try camera.run(imaging("GetImagingSettings", source)).at("ImagingSettings", "Brightness")
            #expect(found.text == value)
            let options = try camera.run(imaging("GetOptions", source)).at("ImagingOptions", "Brightness", "Max")
            #expect(options.text == limit)
        }
        #expect(try camera.fault(imaging("GetOptions", 3)).subcodes == ["InvalidArgVal", "NoSource"])
    }

    /// Motion for 5 s every 20 s; of two sources the second has it 10 s later.
    @Test func everySourceTellsItsOwnAlarms() throws {
        let topic = EventTopic.motionAlarm
        let device = camera().device
        let start = ControlHarness.start
        func alarms(_ seconds: Double) throws -> [String] {
            let values = try #require(topic.values)
            return values(device, start.addingTimeInterval(seconds)).map { value in
                (value.source + value.data).map(\.value).joined(separator: " ")
            }
        }
        #expect(start.timeIntervalSince1970.truncatingRemainder(dividingBy: 20) == 0)
        #expect(try alarms(1) == ["VideoSource_1 true", "VideoSource_2 false"])
        #expect(try alarms(6) == ["VideoSource_1 false", "VideoSource_2 false"])
        #expect(try alarms(11) == ["VideoSource_1 false", "VideoSource_2 true"])
        let changes = [1.0, 6, 11, 16].map { topic.nextChange(device, start.addingTimeInterval($0)) }
        #expect(changes == [5.0, 10, 15, 20].map { start.addingTimeInterval($0) })
    }
}
