import ONVIF
import Testing
import XML

/// A picture that is turned by half a circle or mirrored.
@Suite("Rotation of the picture")
struct RotationTests {
    private static var model: DeviceModel {
        var model = DeviceModel.soundDome
        model.video.encodes = true
        return model
    }

    private static func set(_ prefix: String, _ rotate: String) -> String {
        let persistence = prefix == "trt" ? "<trt:ForcePersistence>true</trt:ForcePersistence>" : ""
        let operation = "\(prefix):SetVideoSourceConfiguration"
        return """
            <\(operation)><\(prefix):Configuration token="VideoSourceConfiguration_1"><tt:Name>n</tt:Name><tt:UseCount>2\
            </tt:UseCount><tt:SourceToken>VideoSource_1</tt:SourceToken><tt:Bounds x="0" y="0" width="1280" \
            height="720"/>\(rotate)</\(prefix):Configuration>\(persistence)</\(operation)>
            """
    }

    private static func rotate(_ mode: String, degree: String = "", mirror: String = "") -> String {
        let degree = degree.isEmpty ? "" : "<tt:Degree>\(degree)</tt:Degree>"
        let mirror = mirror.isEmpty ? "" : " Mirror=\"\(mirror)\""
        return "<tt:Extension><tt:Rotate\(mirror)><tt:Mode>\(mode)</tt:Mode>\(degree)</tt:Rotate></tt:Extension>"
    }

    private func shown(_ camera: inout OperationHarness) throws -> XMLElement? {
        try camera.run("<trt:GetVideoSourceConfigurations/>").at("Configurations").child("Extension")?.child("Rotate")
    }

    @Test(arguments: ["trt", "tr2"]) func whatTheOptionsOfferTurnsThePicture(_ prefix: String) throws {
        var camera = OperationHarness(model: Self.model)
        let options = try camera.run("<\(prefix):GetVideoSourceConfigurationOptions/>").at(
            "Options", "Extension", "Rotate")
        #expect(options.children("Mode").map(\.text) == ["OFF", "ON"])
        #expect(try options.at("DegreeList").children.map(\.text) == ["180"])
        #expect(options.attribute("Mirror") == "true")
        let capabilities = try camera.run("<\(prefix):GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("Rotation") == "true")
        #expect(try shown(&camera) == nil)

        _ = try camera.run(Self.set(prefix, Self.rotate("ON", degree: "180", mirror: "true")))
        #expect(camera.takeEffects().contains(.pictureChanged))
        let on = try #require(try shown(&camera))
        #expect(try on.at("Mode").text == "ON")
        #expect(try on.at("Degree").text == "180")
        #expect(on.attribute("Mirror") == "true")
        let treatment = camera.device.pictureTreatment(ofProfile: "SubStream")
        #expect(treatment?.isUpsideDown == true)
        #expect(treatment?.isMirrored == true)
        #expect(treatment?.isIdentity == false)

        // Left out, it stays; without an angle, half a circle is meant.
        _ = try camera.run(Self.set(prefix, ""))
        #expect(try shown(&camera) == on)
        _ = try camera.run(Self.set(prefix, Self.rotate("OFF", mirror: "false")))
        #expect(try shown(&camera) == nil)
        #expect(camera.device.pictureTreatment(ofProfile: "SubStream")?.isIdentity == true)
        _ = try camera.run(Self.set(prefix, Self.rotate("ON")))
        #expect(try shown(&camera)?.attribute("Mirror") == "false")
    }

    @Test(arguments: [rotate("ON", degree: "90"), rotate("AUTO"), rotate("SIDEWAYS"), rotate("ON", degree: "0")])
    func otherAnglesAndModesAreRefused(_ rotate: String) throws {
        var camera = OperationHarness(model: Self.model)
        #expect(try camera.fault(Self.set("tr2", rotate)).subcodes == ["InvalidArgVal", "ConfigModify"])
    }

    @Test func aPictureThatGoesOutAsRecordedCannotBeTurned() throws {
        var camera = OperationHarness()
        let options = try camera.run("<tr2:GetVideoSourceConfigurationOptions/>").at("Options")
        #expect(options.child("Extension") == nil)
        #expect(try camera.run("<trt:GetServiceCapabilities/>").at("Capabilities").attribute("Rotation") == "false")
        for rotate in [Self.rotate("ON"), Self.rotate("OFF", mirror: "true")] {
            #expect(try camera.fault(Self.set("trt", rotate)).subcodes == ["InvalidArgVal", "ConfigModify"])
        }
        _ = try camera.run(Self.set("trt", Self.rotate("OFF")))
    }
}
