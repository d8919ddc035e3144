import Foundation
import ONVIF
import Testing
import XML

/// Video analytics configurations as the media services show them.
@Suite("Video analytics configurations")
struct VideoAnalyticsConfigurationTests {
    private static var model: DeviceModel {
        var model = DeviceModel.soundDome
        model.videos.append(VideoModel(renditions: [.fixture(640, 480)]))
        model.analytics = AnalyticsModel()
        return model
    }

    private static func set(_ token: String = "VideoAnalytics_1", modules: String = "", rules: String = "") -> String {
        """
        <trt:SetVideoAnalyticsConfiguration><trt:Configuration token="\(token)"><tt:Name>Mine</tt:Name><tt:UseCount>0\
        </tt:UseCount><tt:AnalyticsEngineConfiguration>\(modules)</tt:AnalyticsEngineConfiguration>\
        <tt:RuleEngineConfiguration>\(rules)</tt:RuleEngineConfiguration></trt:Configuration>\
        <trt:ForcePersistence>true</trt:ForcePersistence></trt:SetVideoAnalyticsConfiguration>
        """
    }

    private static func rule(_ name: String = "Mine", type: String = "tt:CellMotionDetector", item: String = "MinCount")
        -> String
    {
        """
        <tt:Rule Name="\(name)" Type="\(type)"><tt:Parameters><tt:SimpleItem Name="\(item)" Value="9"/></tt:Parameters>\
        </tt:Rule>
        """
    }

    @Test func eachVideoSourceHasItsConfigurationInItsProfiles() throws {
        var camera = OperationHarness(model: Self.model)
        let list = try camera.run("<trt:GetVideoAnalyticsConfigurations/>").children("Configurations")
        #expect(list.map { $0.attribute("token") } == ["VideoAnalytics_1", "VideoAnalytics_2"])
        let module = try list[0].at("AnalyticsEngineConfiguration", "AnalyticsModule")
        #expect(module.attribute("Type") == "tt:CellMotionEngine")
        #expect(try module.at("Parameters", "ElementItem", "CellLayout").attribute("Columns") == "22")
        #expect(
            try camera.run("<tr2:GetAnalyticsConfigurations/>").children
                == list.map { entry in
                    var entry = entry
                    entry.namespace = XMLNamespace.tr2.uri
                    return entry
                })
        let profiles = try camera.run("<trt:GetProfiles/>").children("Profiles")
        #expect(
            profiles.map { $0.child("VideoAnalyticsConfiguration")?.attribute("token") }
                == ["VideoAnalytics_1", "VideoAnalytics_1", "VideoAnalytics_2"])
        let new = try camera.run("<tr2:GetProfiles><tr2:Type>Analytics</tr2:Type></tr2:GetProfiles>")
        #expect(try new.at("Profiles", "Configurations").children.map(\.name) == ["Analytics"])
    }

    @Test func modulesAndRulesCanBeSetAndAreKept() throws {
        var camera = OperationHarness(model: Self.model)
        let module = try #require(
            try camera.run("<trt:GetVideoAnalyticsConfigurations/>").children("Configurations").first
        )
        .at("AnalyticsEngineConfiguration", "AnalyticsModule")
        _ = try camera.run(Self.set(rules: Self.rule() + Self.rule("Other")))
        let one = "GetVideoAnalyticsConfiguration"
        let set = try camera.run(
            "<trt:\(one)><trt:ConfigurationToken>VideoAnalytics_1</trt:ConfigurationToken></trt:\(one)>"
        )
        .at("Configuration")
        #expect(try set.at("Name").text == "Mine")
        #expect(try set.at("UseCount").text == "2")
        // The module is fixed and stays, though it was left out.
        #expect(try set.at("AnalyticsEngineConfiguration").children == [module])
        let rules = try set.at("RuleEngineConfiguration").children("Rule")
        #expect(rules.map { $0.attribute("Name") } == ["Mine", "Other"])
        #expect(try rules[0].at("Parameters", "SimpleItem").attribute("Value") == "9")
        // What was there can be put back, under whatever prefix.
        let back = """
            <tt:AnalyticsModule xmlns:o="\(XMLNamespace.tt.uri)" Name="CellMotionEngine" Type="o:CellMotionEngine"><tt:Parameters>\
            <tt:SimpleItem Name="Sensitivity" Value="50"/><tt:ElementItem Name="Layout"><o:CellLayout Columns="22" \
            Rows="18"><o:Transformation><o:Translate x="-1" y="1"/><o:Scale x="\(2.0 / 22)" y="\(-2.0 / 18)"/>\
            </o:Transformation>\
            </o:CellLayout></tt:ElementItem></tt:Parameters></tt:AnalyticsModule>
            """
        _ = try camera.run(Self.set(modules: back))
        let again = try #require(
            try camera.run("<trt:GetVideoAnalyticsConfigurations/>").children("Configurations").first)
        #expect(try again.at("AnalyticsEngineConfiguration", "AnalyticsModule") == module)
    }

    @Test(arguments: [
        (set("none"), "NoConfig"), (set(rules: rule(type: "tt:LineDetector")), "ConfigModify"),
        (set(rules: rule(item: "MaxCount")), "ConfigModify"), (set(rules: rule() + rule()), "ConfigModify"),
        (set(rules: rule(type: "unknown:Type")), nil),
    ])
    func whatTheModelDoesNotKnowIsRefused(_ request: String, _ subcode: String?) throws {
        var camera = OperationHarness(model: Self.model)
        let subcodes = try camera.fault(request).subcodes
        #expect(subcodes == ["InvalidArgVal"] + [subcode].compactMap { $0 })
    }

    @Test func aProfileTakesTheAnalyticsOfItsVideoSource() throws {
        var camera = OperationHarness(model: Self.model)
        let profile = "<trt:ProfileToken>Mine</trt:ProfileToken>"
        func add(_ kind: String, _ token: String) -> String {
            "<trt:Add\(kind)>\(profile)<trt:ConfigurationToken>\(token)</trt:ConfigurationToken></trt:Add\(kind)>"
        }
        _ = try camera.run("<trt:CreateProfile><trt:Name>n</trt:Name><trt:Token>Mine</trt:Token></trt:CreateProfile>")
        let list = "GetCompatibleVideoAnalyticsConfigurations"
        #expect(try camera.run("<trt:\(list)>\(profile)</trt:\(list)>").children.isEmpty)
        #expect(
            try camera.fault(add("VideoAnalyticsConfiguration", "VideoAnalytics_2")).subcodes
                == ["Action", "ConfigurationConflict"])
        _ = try camera.run(add("VideoSourceConfiguration", "VideoSourceConfiguration_2"))
        let tokens = try camera.run("<trt:\(list)>\(profile)</trt:\(list)>").children.map { $0.attribute("token") }
        #expect(tokens == ["VideoAnalytics_2"])
        #expect(
            try camera.fault(add("VideoAnalyticsConfiguration", "VideoAnalytics_1")).subcodes
                == ["Action", "ConfigurationConflict"])
        _ = try camera.run(add("VideoAnalyticsConfiguration", "VideoAnalytics_2"))
        let remove = "RemoveVideoAnalyticsConfiguration"
        _ = try camera.run("<trt:\(remove)>\(profile)</trt:\(remove)>")
        let left = try camera.run("<trt:GetProfile>\(profile)</trt:GetProfile>").at("Profile")
        #expect(left.children.map(\.name) == ["Name", "VideoSourceConfiguration"])
    }

    @Test func withoutAnalyticsTheListIsEmptyAndTheRestIsRefused() throws {
        var camera = OperationHarness()
        #expect(try camera.run("<trt:GetVideoAnalyticsConfigurations/>").children.isEmpty)
        let profile = "<trt:ProfileToken>MainStream</trt:ProfileToken>"
        let token = "<trt:ConfigurationToken>VideoAnalytics_1</trt:ConfigurationToken>"
        let name = "VideoAnalyticsConfiguration"
        for request in [
            "<trt:Get\(name)>\(token)</trt:Get\(name)>", Self.set(),
            "<trt:Add\(name)>\(profile)\(token)</trt:Add\(name)>", "<trt:Remove\(name)>\(profile)</trt:Remove\(name)>",
            "<tr2:GetAnalyticsConfigurations/>",
        ] {
            #expect(try camera.fault(request).subcodes == ["ActionNotSupported", "VideoAnalyticsNotSupported"])
        }
    }

    @Test func theStateSurvivesBeingStored() throws {
        let media = OperationHarness(model: Self.model).device.media
        let stored = try JSONDecoder().decode(MediaState.self, from: JSONEncoder().encode(media))
        #expect(stored == media)
    }
}
