import ONVIF
import Testing
import XML

@Suite("Media: profiles")
struct MediaProfilesTests {
    private func profile(_ camera: inout OperationHarness, _ token: String) throws -> XMLElement {
        let response = try camera.run(
            "<trt:GetProfile><trt:ProfileToken>\(token)</trt:ProfileToken></trt:GetProfile>")
        return try #require(response.child("Profile"))
    }

    private func create(_ token: String) -> String {
        "<trt:CreateProfile><trt:Name>test</trt:Name><trt:Token>\(token)</trt:Token></trt:CreateProfile>"
    }

    private func add(_ kind: String, _ configuration: String, to profile: String = "x") -> String {
        """
        <trt:Add\(kind)Configuration><trt:ProfileToken>\(profile)</trt:ProfileToken>\
        <trt:ConfigurationToken>\(configuration)</trt:ConfigurationToken></trt:Add\(kind)Configuration>
        """
    }

    private func remove(_ kind: String, from profile: String = "x") -> String {
        """
        <trt:Remove\(kind)Configuration><trt:ProfileToken>\(profile)</trt:ProfileToken></trt:Remove\(kind)Configuration>
        """
    }

    /// The steps of MEDIA-1-1-5.
    @Test func aProfileIsMadeFilledEmptiedAndDeleted() throws {
        var camera = OperationHarness()
        let created = try #require(try camera.run(create("x")).child("Profile"))
        #expect(created.attribute("fixed") == "false")
        #expect(created.children.map(\.name) == ["Name"])
        let steps = [
            ("VideoSource", "VideoSourceConfiguration_1"), ("VideoEncoder", "VideoEncoder_1"),
            ("PTZ", "PTZConfiguration_1"), ("AudioSource", "AudioSourceConfiguration_1"),
            ("AudioEncoder", "AudioEncoder_1"), ("Metadata", "Metadata_1"),
        ]
        for (kind, token) in steps {
            _ = try camera.run(add(kind, token))
            #expect(try profile(&camera, "x").child(kind + "Configuration")?.attribute("token") == token)
        }
        for kind in ["VideoEncoder", "PTZ", "VideoSource", "AudioEncoder", "AudioSource", "Metadata"] {
            _ = try camera.run(remove(kind))
            #expect(try profile(&camera, "x").child(kind + "Configuration") == nil)
        }
        _ = try camera.run("<trt:DeleteProfile><trt:ProfileToken>x</trt:ProfileToken></trt:DeleteProfile>")
        let fault = try camera.fault("<trt:GetProfile><trt:ProfileToken>x</trt:ProfileToken></trt:GetProfile>")
        #expect(fault.code == .sender)
        #expect(fault.subcodes == ["InvalidArgVal", "NoProfile"])
    }

    @Test func metadataAloneMakesAProfile() throws {
        var camera = OperationHarness()
        _ = try camera.run(create("x"))
        _ = try camera.run(add("Metadata", "Metadata_1"))
        #expect(try profile(&camera, "x").child("MetadataConfiguration") != nil)
    }

    @Test func useCountsFollowTheProfiles() throws {
        var camera = OperationHarness()
        func count() throws -> String? {
            try camera.run("<trt:GetVideoSourceConfigurations/>").child("Configurations")?.child("UseCount")?.text
        }
        #expect(try count() == "2")
        _ = try camera.run(create("x"))
        _ = try camera.run(add("VideoSource", "VideoSourceConfiguration_1"))
        #expect(try count() == "3")
        _ = try camera.run(add("VideoSource", "VideoSourceConfiguration_1"))
        #expect(try count() == "3")
        _ = try camera.run(remove("VideoSource"))
        #expect(try count() == "2")
        _ = try camera.run(add("VideoSource", "VideoSourceConfiguration_1"))
        _ = try camera.run("<trt:DeleteProfile><trt:ProfileToken>x</trt:ProfileToken></trt:DeleteProfile>")
        #expect(try count() == "2")
    }

    @Test func anEncoderNeedsItsSource() throws {
        var camera = OperationHarness()
        _ = try camera.run(create("x"))
        for (kind, token) in [("VideoEncoder", "VideoEncoder_1"), ("AudioEncoder", "AudioEncoder_1")] {
            let fault = try camera.fault(add(kind, token))
            #expect(fault.code == .receiver)
            #expect(fault.subcodes == ["Action", "ConfigurationConflict"])
        }
        let compatible = try camera.run(
            """
            <trt:GetCompatibleVideoEncoderConfigurations><trt:ProfileToken>x</trt:ProfileToken>\
            </trt:GetCompatibleVideoEncoderConfigurations>
            """)
        #expect(compatible.children.isEmpty)
        let fault = try camera.fault(remove("VideoSource", from: "MainStream"))
        #expect(fault.subcodes == ["Action", "ConfigurationConflict"])
    }

    @Test func thereIsRoomForSixteenProfilesAndNoMore() throws {
        var camera = OperationHarness()
        let capabilities = try camera.run("<trt:GetServiceCapabilities/>").child("Capabilities")
        #expect(capabilities?.child("ProfileCapabilities")?.attribute("MaximumNumberOfProfiles") == "16")
        for number in 3...16 { _ = try camera.run(create("x\(number)")) }
        let fault = try camera.fault(create("x17"))
        #expect(fault.code == .receiver)
        #expect(fault.subcodes == ["Action", "MaxNVTProfiles"])
    }

    @Test func aTokenIsGivenOnce() throws {
        var camera = OperationHarness()
        #expect(try camera.fault(create("MainStream")).subcodes == ["InvalidArgVal", "ProfileExists"])
        _ = try camera.run(create("Profile_1"))
        let response = try camera.run("<trt:CreateProfile><trt:Name>test</trt:Name></trt:CreateProfile>")
        #expect(response.child("Profile")?.attribute("token") == "Profile_2")
    }

    @Test(arguments: ["", "a/b", "ä", String(repeating: "x", count: 65)])
    func aTokenWithoutAPlaceInAnAddressIsRefused(_ token: String) throws {
        var camera = OperationHarness()
        #expect(try camera.fault(create(token)).subcodes.first == "InvalidArgVal")
    }

    @Test func aTokenOf64CharactersFitsIntoAStreamAddress() throws {
        var camera = OperationHarness()
        let token = String(repeating: "x", count: 64)
        _ = try camera.run(create(token))
        #expect(try profile(&camera, token).attribute("token") == token)
    }

    @Test func aFixedProfileStays() throws {
        var camera = OperationHarness()
        let fault = try camera.fault(
            "<trt:DeleteProfile><trt:ProfileToken>SubStream</trt:ProfileToken></trt:DeleteProfile>")
        #expect(fault.code == .sender)
        #expect(fault.subcodes == ["Action", "DeletionOfFixedProfile"])
    }

    @Test func sessionsOfAProfileEndWhenItsContentChanges() throws {
        var camera = OperationHarness()
        _ = try camera.run(add("VideoEncoder", "VideoEncoder_2", to: "MainStream"))
        #expect(camera.takeEffects() == [.streamsChanged(profiles: ["MainStream"])])
        #expect(camera.device.media.rendition(ofProfile: "MainStream")?.recording == "sub")
        _ = try camera.run(remove("AudioEncoder", from: "SubStream"))
        #expect(camera.takeEffects() == [.streamsChanged(profiles: ["SubStream"])])
        #expect(camera.device.media.stream(ofProfile: "SubStream")?.hasAudio == false)
        _ = try camera.run(remove("Metadata", from: "SubStream"))
        #expect(camera.takeEffects() == [.streamsChanged(profiles: ["SubStream"])])
        _ = try camera.run(remove("PTZ", from: "SubStream"))
        #expect(camera.takeEffects() == [])
    }

    @Test func whatTheModelLacksCannotBeAdded() throws {
        var camera = OperationHarness(model: .silentBullet)
        let ptz = try camera.fault(add("PTZ", "PTZConfiguration_1", to: "MainStream"))
        #expect(ptz.subcodes == ["ActionNotSupported", "PTZNotSupported"])
        let audio = try camera.fault(remove("AudioSource", from: "MainStream"))
        #expect(audio.subcodes == ["ActionNotSupported", "AudioNotSupported"])
    }
}
