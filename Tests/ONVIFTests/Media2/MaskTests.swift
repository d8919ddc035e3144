import ONVIF
import Testing
import XML

@Suite("Media2: privacy masks")
struct MaskTests {
    private static let square = "<tt:Point x=\"-1\" y=\"-1\"/><tt:Point x=\"1\" y=\"-1\"/><tt:Point x=\"1\" y=\"1\"/>"

    private static var model: DeviceModel {
        var model = DeviceModel.soundDome
        model.video.encodes = true
        return model
    }

    private func mask(
        _ operation: String = "CreateMask", token: String = "mine", source: String = "VideoSourceConfiguration_1",
        points: String = square, type: String = "Color",
        color: String = "<tr2:Color X=\"10\" Y=\"20\" Z=\"300\"/>", enabled: String = "true"
    ) -> String {
        """
        <tr2:\(operation)><tr2:Mask token="\(token)"><tr2:ConfigurationToken>\(source)</tr2:ConfigurationToken>\
        <tr2:Polygon>\(points)</tr2:Polygon><tr2:Type>\(type)</tr2:Type>\(color)<tr2:Enabled>\(enabled)</tr2:Enabled>\
        </tr2:Mask></tr2:\(operation)>
        """
    }

    @Test func aMaskIsMadeReadChangedAndDeleted() throws {
        var camera = OperationHarness(model: Self.model)
        let token = try #require(try camera.run(mask()).child("Token")?.text)
        #expect(token != "mine")
        #expect(camera.takeEffects() == [.pictureChanged])
        let get = "<tr2:GetMasks><tr2:Token>\(token)</tr2:Token></tr2:GetMasks>"
        let made = try #require(try camera.run(get).child("Masks"))
        #expect(made.child("Polygon")?.children("Point").map { $0.attribute("x") } == ["-1", "1", "1"])
        // A colour out of range is adapted.
        #expect(made.child("Color")?.attribute("Z") == "255")
        _ = try camera.run(mask("SetMask", token: token, type: "Blurred", color: "", enabled: "false"))
        let changed = try #require(
            try camera.run(
                "<tr2:GetMasks><tr2:ConfigurationToken>VideoSourceConfiguration_1</tr2:ConfigurationToken></tr2:GetMasks>"
            ).child("Masks"))
        #expect(changed.child("Type")?.text == "Blurred" && changed.child("Enabled")?.text == "false")
        #expect(camera.device.pictureTreatment(ofProfile: "MainStream")?.isIdentity == true)
        _ = try camera.run("<tr2:DeleteMask><tr2:Token>\(token)</tr2:Token></tr2:DeleteMask>")
        #expect(try camera.run("<tr2:GetMasks/>").children.isEmpty)
        #expect(try camera.fault(get).subcodes == ["InvalidArgVal", "NoConfig"])
    }

    /// Three points and sixteen are inside, two and seventeen are not.
    @Test(arguments: [(2, false), (3, true), (16, true), (17, false)])
    func thePolygonHasItsBounds(_ count: Int, _ isTaken: Bool) throws {
        var camera = OperationHarness(model: Self.model)
        let points = (0..<count).map { "<tt:Point x=\"0.\($0 + 1)\" y=\"0\"/>" }.joined()
        if isTaken {
            _ = try camera.run(mask(points: points))
        } else {
            let fault = try camera.fault(mask(points: points))
            #expect(fault.code == .receiver)
            #expect(fault.subcodes == ["InvalidArgVal", "InvalidPolygon"])
        }
    }

    @Test func whatCannotBeIsRefused() throws {
        var camera = OperationHarness(model: Self.model)
        let outside = Self.square + "<tt:Point x=\"-1.01\" y=\"0\"/>"
        #expect(try camera.fault(mask(points: outside)).subcodes == ["InvalidArgVal", "InvalidPolygon"])
        #expect(try camera.fault(mask(type: "Invisible")).subcodes == ["InvalidArgVal", "ConfigModify"])
        let rgb = "<tr2:Color X=\"1\" Y=\"2\" Z=\"3\" Colorspace=\"http://www.onvif.org/ver10/colorspace/RGB\"/>"
        #expect(try camera.fault(mask(color: rgb)).subcodes == ["InvalidArgVal", "ConfigModify"])
        #expect(try camera.fault(mask(source: "none")).subcodes == ["InvalidArgVal", "NoConfig"])
        for request in [
            mask("SetMask"), "<tr2:DeleteMask><tr2:Token>none</tr2:Token></tr2:DeleteMask>",
            "<tr2:GetMaskOptions><tr2:ConfigurationToken>none</tr2:ConfigurationToken></tr2:GetMaskOptions>",
            "<tr2:GetMasks><tr2:ConfigurationToken>none</tr2:ConfigurationToken></tr2:GetMasks>",
        ] {
            let fault = try camera.fault(request)
            #expect(fault.code == .sender)
            #expect(fault.subcodes == ["InvalidArgVal", "NoConfig"])
        }
        #expect(camera.takeEffects() == [])
    }

    @Test func thereIsRoomForEightAndNoMore() throws {
        var camera = OperationHarness(model: Self.model)
        for _ in 1...8 { _ = try camera.run(mask()) }
        let fault = try camera.fault(mask())
        #expect(fault.code == .receiver)
        #expect(fault.subcodes == ["Action", "MaxMasks"])
    }

    @Test func theCapabilityTellsWhetherThereAreMasks() throws {
        for (model, isClaimed) in [(Self.model, "true"), (.soundDome, "false")] {
            var camera = OperationHarness(model: model)
            let capabilities = try camera.run("<tr2:GetServiceCapabilities/>").child("Capabilities")
            #expect(capabilities?.attribute("Mask") == isClaimed)
            let isSupported = Operations.all.filter { $0.name.contains("Mask") }.map { $0.isSupported(by: model) }
            #expect(isSupported == Array(repeating: isClaimed == "true", count: 5))
        }
        var camera = OperationHarness(model: Self.model)
        let options = try camera.run(
            """
            <tr2:GetMaskOptions><tr2:ConfigurationToken>VideoSourceConfiguration_1</tr2:ConfigurationToken>\
            </tr2:GetMaskOptions>
            """)
        #expect(options.child("Options")?.child("MaxPoints")?.text == "16")
    }
}
