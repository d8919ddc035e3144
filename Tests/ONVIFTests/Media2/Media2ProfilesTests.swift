import Foundation
import ONVIF
import Testing
import XML

@Suite("Media2: profiles")
struct Media2ProfilesTests {
    private func references(_ references: [(String, String?)]) -> String {
        references.map { type, token in
            "<tr2:Configuration><tr2:Type>\(type)</tr2:Type>"
                + (token.map { "<tr2:Token>\($0)</tr2:Token>" } ?? "") + "</tr2:Configuration>"
        }.joined()
    }

    private func add(_ list: [(String, String?)], name: String = "", to profile: String) -> String {
        "<tr2:AddConfiguration><tr2:ProfileToken>\(profile)</tr2:ProfileToken>\(name)\(references(list))</tr2:AddConfiguration>"
    }

    private func remove(_ types: String..., from profile: String) -> String {
        """
        <tr2:RemoveConfiguration><tr2:ProfileToken>\(profile)</tr2:ProfileToken>\
        \(references(types.map { ($0, nil) }))</tr2:RemoveConfiguration>
        """
    }

    private func create(_ list: [(String, String?)] = []) -> String {
        "<tr2:CreateProfile><tr2:Name>test</tr2:Name>\(references(list))</tr2:CreateProfile>"
    }

    private func kinds(_ camera: inout OperationHarness, _ token: String, _ types: [String] = ["All"]) throws
        -> [String]
    {
        let list = types.map { "<tr2:Type>\($0)</tr2:Type>" }.joined()
        let response = try camera.run("<tr2:GetProfiles><tr2:Token>\(token)</tr2:Token>\(list)</tr2:GetProfiles>")
        #expect(response.children.count == 1)
        let profile = try #require(response.child("Profiles"))
        #expect(profile.attribute("token") == token)
        return profile.child("Configurations")?.children.map(\.name) ?? []
    }

    @Test func onlyTheTypesThatAreAskedForAreShown() throws {
        var camera = OperationHarness()
        let plain = try camera.run("<tr2:GetProfiles/>").children("Profiles")
        #expect(plain.map { $0.children.map(\.name) } == [["Name"], ["Name"]])
        #expect(try kinds(&camera, "MainStream", ["VideoEncoder", "Analytics", "PTZ"]) == ["VideoEncoder", "PTZ"])
        #expect(
            try kinds(&camera, "MainStream")
                == ["VideoSource", "AudioSource", "VideoEncoder", "AudioEncoder", "PTZ", "Metadata"])
        let fault = try camera.fault("<tr2:GetProfiles><tr2:Token>none</tr2:Token></tr2:GetProfiles>")
        #expect(fault.subcodes == ["InvalidArgVal", "NoProfile"])
    }

    /// The steps of MEDIA2-1-1-3.
    @Test func aProfileIsMadeFilledEmptiedAndDeleted() throws {
        var camera = OperationHarness()
        let token = try #require(try camera.run(create()).child("Token")?.text)
        #expect(try kinds(&camera, token) == [])
        _ = try camera.run(add([("VideoSource", "VideoSourceConfiguration_1")], to: token))
        let compatible = try camera.run(
            """
            <tr2:GetVideoEncoderConfigurations><tr2:ProfileToken>\(token)</tr2:ProfileToken>\
            </tr2:GetVideoEncoderConfigurations>
            """)
        #expect(compatible.children.count == 2)
        _ = try camera.run(add([("VideoEncoder", "VideoEncoder_2")], to: token))
        _ = try camera.run(add([("PTZ", "PTZConfiguration_1"), ("Metadata", "Metadata_1")], to: token))
        #expect(try kinds(&camera, token) == ["VideoSource", "VideoEncoder", "PTZ", "Metadata"])
        #expect(camera.device.media.rendition(ofProfile: token)?.recording == "sub")
        _ = try camera.run(remove("VideoEncoder", "PTZ", "Metadata", from: token))
        _ = try camera.run(remove("VideoSource", from: token))
        #expect(try kinds(&camera, token) == [])
        _ = try camera.run("<tr2:DeleteProfile><tr2:Token>\(token)</tr2:Token></tr2:DeleteProfile>")
        let fault = try camera.fault("<tr2:DeleteProfile><tr2:Token>\(token)</tr2:Token></tr2:DeleteProfile>")
        #expect(fault.subcodes == ["InvalidArgVal", "NoProfile"])
    }

    @Test func aProfileIsMadeWithItsConfigurationsWholeOrNotAtAll() throws {
        var camera = OperationHarness()
        let list: [(String, String?)] = [
            ("All", nil), ("VideoEncoder", "VideoEncoder_1"), ("VideoSource", "VideoSourceConfiguration_1"),
        ]
        let token = try #require(try camera.run(create(list)).child("Token")?.text)
        #expect(try kinds(&camera, token) == ["VideoSource", "VideoEncoder"])
        let conflict = try camera.fault(create([("VideoEncoder", "VideoEncoder_1")]))
        #expect(conflict.code == .receiver)
        #expect(conflict.subcodes == ["Action", "ConfigurationConflict"])
        for reference in [("VideoSource", "none"), ("Analytics", "none"), ("PTZ", "none")] {
            #expect(try camera.fault(create([reference])).subcodes == ["InvalidArgVal", "NoConfig"])
        }
        #expect(try camera.fault(create([("VideoSource", nil)])).subcodes == ["InvalidArgs"])
    }

    @Test func allEmptiesEvenAFixedProfile() throws {
        var camera = OperationHarness()
        _ = try camera.run(remove("All", from: "MainStream"))
        #expect(try kinds(&camera, "MainStream") == [])
        #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream"])])
        let fault = try camera.fault("<tr2:DeleteProfile><tr2:Token>MainStream</tr2:Token></tr2:DeleteProfile>")
        #expect(fault.subcodes == ["Action", "DeletionOfFixedProfile"])
    }

    @Test func aSourceStaysWhileSomethingNeedsIt() throws {
        var camera = OperationHarness()
        #expect(
            try camera.fault(remove("VideoSource", from: "MainStream")).subcodes == ["Action", "ConfigurationConflict"])
        #expect(
            try camera.fault(remove("AudioSource", from: "MainStream")).subcodes == ["Action", "ConfigurationConflict"])
        _ = try camera.run(remove("AudioSource", "AudioEncoder", from: "MainStream"))
    }

    @Test func addingMayRename() throws {
        var camera = OperationHarness()
        _ = try camera.run(add([], name: "<tr2:Name>Front door</tr2:Name>", to: "MainStream"))
        let profile = try camera.run("<trt:GetProfiles/>").child("Profiles")
        #expect(profile?.child("Name")?.text == "Front door")
        let long = "<tr2:Name>" + String(repeating: "n", count: 65) + "</tr2:Name>"
        #expect(try camera.fault(add([], name: long, to: "MainStream")).subcodes == ["InvalidArgVal"])
    }

    @Test func thereIsRoomForSixteenProfilesAndNoMore() throws {
        var camera = OperationHarness()
        for _ in 3...16 { _ = try camera.run(create()) }
        #expect(try camera.fault(create()).subcodes == ["Action", "MaxNVTProfiles"])
    }

    /// ONVIF Media2 26.06 §5.16.1, §5.16.2.
    @Test func changesAreToldByTokenAndType() throws {
        var camera = OperationHarness()
        let subscription = try camera.run("<tev:CreatePullPointSubscription/>")
        let address = try #require(subscription.child("SubscriptionReference")?.child("Address")?.text)
        _ = try camera.run(remove("PTZ", from: "MainStream"))
        _ = try camera.run(remove("PTZ", from: "MainStream"))
        _ = try camera.run(
            """
            <tr2:SetVideoSourceConfiguration><tr2:Configuration token="VideoSourceConfiguration_1"><tt:Name>new</tt:Name>\
            <tt:UseCount>0</tt:UseCount><tt:SourceToken>VideoSource_1</tt:SourceToken>\
            <tt:Bounds x="0" y="0" width="1280" height="720"/></tr2:Configuration></tr2:SetVideoSourceConfiguration>
            """)
        camera.call.path = try #require(URL(string: address)?.path)
        let pulled = try camera.run(
            """
            <tev:PullMessages><tev:Timeout>PT1S</tev:Timeout><tev:MessageLimit>100</tev:MessageLimit></tev:PullMessages>
            """)
        let told = pulled.children("NotificationMessage").compactMap { notification -> String? in
            guard let topic = notification.child("Topic")?.trimmedText, topic.hasPrefix("tns1:Media/") else {
                return nil
            }
            let items = notification.child("Message")?.child("Message")?.child("Source")?.children("SimpleItem") ?? []
            return topic + items.map { " \($0.attribute("Name") ?? "")=\($0.attribute("Value") ?? "")" }.joined()
        }
        #expect(
            told == [
                "tns1:Media/ProfileChanged Token=MainStream",
                "tns1:Media/ConfigurationChanged Token=VideoSourceConfiguration_1 Type=VideoSource",
            ])
    }
}
