import Foundation
import ONVIF
import Testing
import XML

struct ImagingServiceTests {
    private static func request(_ operation: String, _ content: String = "", source: String = "VideoSource_1") -> String
    {
        "<timg:\(operation)><timg:VideoSourceToken>\(source)</timg:VideoSourceToken>\(content)</timg:\(operation)>"
    }

    private static func set(_ settings: String) -> String {
        request("SetImagingSettings", "<timg:ImagingSettings>\(settings)</timg:ImagingSettings>")
    }

    private static func move(_ focus: String) -> String {
        request("Move", "<timg:Focus>\(focus)</timg:Focus>")
    }

    private func focus(_ harness: inout ControlHarness) throws -> [String] {
        try harness.call(Self.request("GetStatus")).at("Status", "FocusStatus20").children.map(\.text)
    }

    @Test func settingsAreInTheMiddleOfTheirOptionsUntilSet() throws {
        var harness = ControlHarness()
        let settings = try harness.call(Self.request("GetImagingSettings")).at("ImagingSettings")
        #expect(
            settings.children.map(\.name)
                == ["Brightness", "ColorSaturation", "Contrast", "Focus", "IrCutFilter", "Sharpness"])
        #expect(try settings.at("Sharpness").text == "5")
        let options = try harness.call(Self.request("GetOptions")).at("ImagingOptions")
        #expect(try options.at("Sharpness").children.map(\.text) == ["0", "10"])
        #expect(options.children("IrCutFilterModes").map(\.text) == ["ON", "OFF", "AUTO"])
        try harness.call(
            Self.set(
                "<tt:Brightness>0</tt:Brightness><tt:IrCutFilter>OFF</tt:IrCutFilter><tt:Sharpness>10</tt:Sharpness>"))
        let changed = try harness.call(Self.request("GetImagingSettings")).at("ImagingSettings")
        #expect(try changed.at("Brightness").text == "0")
        #expect(try changed.at("Contrast").text == "50")
        #expect(try changed.at("IrCutFilter").text == "OFF")
        #expect(try changed.at("Sharpness").text == "10")
    }

    @Test(arguments: [
        "<tt:Brightness>100.5</tt:Brightness>", "<tt:Brightness>-1</tt:Brightness>",
        "<tt:Brightness>NaN</tt:Brightness>",
        "<tt:Brightness>bright</tt:Brightness>", "<tt:IrCutFilter>MAYBE</tt:IrCutFilter>",
        "<tt:Contrast>1</tt:Contrast><tt:Sharpness>11</tt:Sharpness>",
        "<tt:WideDynamicRange><tt:Mode>ON</tt:Mode></tt:WideDynamicRange>",
        "<tt:Focus><tt:AutoFocusMode>SOMETIMES</tt:AutoFocusMode></tt:Focus>",
        "<tt:Focus><tt:AutoFocusMode>AUTO</tt:AutoFocusMode><tt:DefaultSpeed>2</tt:DefaultSpeed></tt:Focus>",
    ])
    func settingsOutsideTheOptionsAreRefusedAsAWhole(_ settings: String) throws {
        var harness = ControlHarness()
        #expect(try harness.fault(Self.set(settings)).subcodes == ["InvalidArgVal", "SettingsInvalid"])
    }

    /// From 0.5 at 0.5 positions a second for the speed 1.
    @Test func theFocusMovesOverTimeAndBecomesManual() throws {
        var harness = ControlHarness()
        #expect(try focus(&harness) == ["0.5", "IDLE"])
        try harness.call(Self.move("<tt:Absolute><tt:Position>1</tt:Position></tt:Absolute>"))
        harness.now += 0.5
        #expect(try focus(&harness) == ["0.75", "MOVING"])
        harness.now += 0.5
        #expect(try focus(&harness) == ["1", "IDLE"])
        let settings = try harness.call(Self.request("GetImagingSettings"))
        #expect(try settings.at("ImagingSettings", "Focus", "AutoFocusMode").text == "MANUAL")
        try harness.call(
            Self.move("<tt:Relative><tt:Distance>-0.25</tt:Distance><tt:Speed>0.5</tt:Speed></tt:Relative>"))
        harness.now += 1
        #expect(try focus(&harness) == ["0.75", "IDLE"])
        try harness.call(Self.move("<tt:Continuous><tt:Speed>-0.5</tt:Speed></tt:Continuous>"))
        harness.now += 1
        try harness.call(Self.request("Stop"))
        harness.now += 1
        #expect(try focus(&harness) == ["0.5", "IDLE"])
        // A move beyond the end stops there.
        try harness.call(Self.move("<tt:Relative><tt:Distance>-1</tt:Distance></tt:Relative>"))
        harness.now += 1
        #expect(try focus(&harness) == ["0", "IDLE"])
        try harness.call(Self.set("<tt:Focus><tt:AutoFocusMode>AUTO</tt:AutoFocusMode></tt:Focus>"))
        #expect(try focus(&harness) == ["0", "MOVING"])
        harness.now += 1
        #expect(try focus(&harness) == ["0.5", "IDLE"])
    }

    @Test(arguments: [
        "<tt:Absolute><tt:Position>1.1</tt:Position></tt:Absolute>",
        "<tt:Absolute><tt:Position>1</tt:Position><tt:Speed>-0.1</tt:Speed></tt:Absolute>",
        "<tt:Relative><tt:Distance>-1.1</tt:Distance></tt:Relative>",
        "<tt:Continuous><tt:Speed>1.1</tt:Speed></tt:Continuous>",
    ])
    func movesOutsideTheOptionsAreRefused(_ focus: String) throws {
        var harness = ControlHarness()
        #expect(try harness.fault(Self.move(focus)).subcodes == ["InvalidArgVal", "SettingsInvalid"])
    }

    @Test func moveOptionsAreEmptyForAFixedFocus() throws {
        var harness = ControlHarness()
        let options = try harness.call(Self.request("GetMoveOptions")).at("MoveOptions")
        #expect(options.children.map(\.name) == ["Absolute", "Relative", "Continuous"])
        var fixed = ControlHarness(.dome { $0.imaging?.hasFocus = false })
        #expect(try fixed.call(Self.request("GetMoveOptions")).at("MoveOptions").children.isEmpty)
        #expect(try fixed.call(Self.request("GetStatus")).at("Status").children.isEmpty)
        for request in [Self.move("<tt:Continuous><tt:Speed>1</tt:Speed></tt:Continuous>"), Self.request("Stop")] {
            let fault = try fixed.fault(request)
            #expect(fault.code == .receiver && fault.subcodes == ["ActionNotSupported", "NoImagingForSource"])
        }
    }

    @Test(arguments: ["GetImagingSettings", "GetOptions", "GetMoveOptions", "GetStatus", "Stop"])
    func sourcesAreChecked(_ operation: String) throws {
        var harness = ControlHarness()
        #expect(
            try harness.fault(Self.request(operation, source: "x")).subcodes == ["InvalidArgVal", "NoSource"])
        var without = ControlHarness(.dome { $0.imaging = nil })
        #expect(
            try without.fault(Self.request(operation)).subcodes == ["ActionNotSupported", "NoImagingForSource"])
        #expect(try harness.call("<timg:GetServiceCapabilities/>").at("Capabilities").attribute("Presets") == "false")
    }
}
