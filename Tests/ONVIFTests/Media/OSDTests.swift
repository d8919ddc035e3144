import ONVIF
import Testing
import XML

@Suite("Text overlays")
struct OSDTests {
    private static let color = "<tt:Color X=\"255\" Y=\"128\" Z=\"128\" Colorspace=\"\(OSDOptions.colorspace)\"/>"

    private func osd(
        _ operation: String = "CreateOSD", _ prefix: String = "trt", token: String = "mine",
        source: String = "VideoSourceConfiguration_1", type: String = "Text",
        position: String = "<tt:Type>Custom</tt:Type><tt:Pos x=\"-1\" y=\"1\"/>",
        text: String = "<tt:Type>Plain</tt:Type><tt:FontSize>16</tt:FontSize><tt:PlainText>Gate 7</tt:PlainText>"
    ) -> String {
        """
        <\(prefix):\(operation)><\(prefix):OSD token="\(token)"><tt:VideoSourceConfigurationToken>\(source)\
        </tt:VideoSourceConfigurationToken><tt:Type>\(type)</tt:Type><tt:Position>\(position)</tt:Position>\
        <tt:TextString>\(text)</tt:TextString></\(prefix):OSD></\(prefix):\(operation)>
        """
    }

    private func get(_ token: String) -> String {
        "<trt:GetOSD><trt:OSDToken>\(token)</trt:OSDToken></trt:GetOSD>"
    }

    @Test(arguments: ["trt", "tr2"])
    func anOverlayIsMadeReadChangedAndDeleted(_ prefix: String) throws {
        var camera = OperationHarness()
        let token = try #require(try camera.run(osd("CreateOSD", prefix)).child("OSDToken")?.text)
        #expect(token != "mine")
        let made = try #require(try camera.run(get(token)).child("OSD"))
        #expect(made.child("TextString")?.children.map(\.text) == ["Plain", "16", "Gate 7"])
        #expect(made.child("Position")?.child("Pos")?.attribute("x") == "-1")

        let text = """
            <tt:Type>DateAndTime</tt:Type><tt:DateFormat>yyyy-MM-dd</tt:DateFormat><tt:TimeFormat>HH:mm:ss</tt:TimeFormat>\
            <tt:FontSize>64</tt:FontSize><tt:FontColor Transparent="1">\(Self.color)</tt:FontColor>\
            <tt:BackgroundColor>\(Self.color)</tt:BackgroundColor>
            """
        _ = try camera.run(osd("SetOSD", prefix, token: token, position: "<tt:Type>LowerRight</tt:Type>", text: text))
        let list = try camera.run("<\(prefix):GetOSDs/>").children("OSDs")
        #expect(list.count == 1)
        #expect(list.first?.child("Position")?.child("Type")?.text == "LowerRight")
        let fontColor = list.first?.child("TextString")?.child("FontColor")
        #expect(fontColor?.attribute("Transparent") == "1")
        #expect(fontColor?.child("Color")?.attribute("X") == "255")

        _ = try camera.run(
            "<\(prefix):DeleteOSD><\(prefix):OSDToken>\(token)</\(prefix):OSDToken></\(prefix):DeleteOSD>")
        #expect(try camera.fault(get(token)).subcodes == ["InvalidArgVal", "NoConfig"])
        #expect(try camera.run("<\(prefix):GetOSDs/>").children.isEmpty)
    }

    @Test func thereIsRoomForEightAndNoMore() throws {
        var camera = OperationHarness()
        for _ in 1...8 { _ = try camera.run(osd()) }
        let fault = try camera.fault(osd())
        #expect(fault.code == .receiver)
        #expect(fault.subcodes == ["Action", "MaxOSDs"])
    }

    @Test(arguments: [
        "<tt:Type>Plain</tt:Type>", "<tt:Type>Date</tt:Type>", "<tt:Type>Time</tt:Type>",
        "<tt:Type>Plain</tt:Type><tt:FontSize>15</tt:FontSize><tt:PlainText>a</tt:PlainText>",
        "<tt:Type>Plain</tt:Type><tt:FontSize>65</tt:FontSize><tt:PlainText>a</tt:PlainText>",
        "<tt:Type>Date</tt:Type><tt:DateFormat>d.M.yy</tt:DateFormat>",
        "<tt:Type>Plain</tt:Type><tt:PlainText>" + String(repeating: "a", count: 257) + "</tt:PlainText>",
        "<tt:Type>Plain</tt:Type><tt:FontColor><tt:Color X=\"1\" Y=\"2\" Z=\"3\"/></tt:FontColor><tt:PlainText>a</tt:PlainText>",
        "<tt:Type>Plain</tt:Type><tt:FontColor Transparent=\"2\">" + color
            + "</tt:FontColor><tt:PlainText>a</tt:PlainText>",
    ])
    func whatIsOutsideTheOptionsIsRefused(_ text: String) throws {
        var camera = OperationHarness()
        let fault = try camera.fault(osd(text: text))
        #expect(fault.code == .sender)
        #expect(fault.subcodes == ["InvalidArgVal", "ConfigModify"])
        // ONVIF Media2 26.06 §5.9.2 blames the receiver.
        #expect(try camera.fault(osd("CreateOSD", "tr2", text: text)).code == .receiver)
    }

    @Test func positionsEndAtTheEdge() throws {
        var camera = OperationHarness()
        for position in ["<tt:Type>Custom</tt:Type><tt:Pos x=\"1.01\" y=\"0\"/>", "<tt:Type>Middle</tt:Type>"] {
            #expect(try camera.fault(osd(position: position)).subcodes == ["InvalidArgVal", "ConfigModify"])
        }
        #expect(try camera.fault(osd(source: "none")).subcodes == ["InvalidArgVal", "NoConfig"])
        #expect(try camera.fault(osd(type: "Image")).subcodes == ["InvalidArgVal", "ConfigModify"])
        #expect(try camera.fault(osd("SetOSD")).subcodes == ["InvalidArgVal", "NoConfig"])
    }

    @Test(arguments: ["trt", "tr2"])
    func theOptionsNameTheirVideoSourceConfiguration(_ prefix: String) throws {
        var camera = OperationHarness()
        func request(_ token: String) -> String {
            """
            <\(prefix):GetOSDOptions><\(prefix):ConfigurationToken>\(token)</\(prefix):ConfigurationToken>\
            </\(prefix):GetOSDOptions>
            """
        }
        let options = try camera.run(request("VideoSourceConfiguration_1")).child("OSDOptions")
        #expect(options?.child("MaximumNumberOfOSDs")?.attribute("Total") == "8")
        #expect(try camera.fault(request("none")).subcodes == ["InvalidArgVal", "NoConfig"])
    }
}
