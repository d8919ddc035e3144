import Foundation
import ONVIF
import Testing
import XML

/// Settings beyond levels, filter and focus, and imaging presets.
struct ImagingFeaturesTests {
    private static let model = DeviceModel.dome { model in
        model.imaging?.features = [
            .backlightCompensation: .init(), .wideDynamicRange: .init(level: 0...10),
            .imageStabilization: .init(level: 1...3), .toneCompensation: .init(level: 0...1), .defogging: .init(),
        ]
        model.imaging?.exposure = ExposureModel(ranges: [.time: 100...40_000, .gain: 0...48, .iris: 0...30])
        model.imaging?.whiteBalanceGain = 0...255
        model.imaging?.hasNoiseReduction = true
        model.imaging?.irCutFilterResponseTime = 0...60
        model.imaging?.nearLimit = 0.1...10
        model.imaging?.farLimit = 1...100
        model.imaging?.canFocusOnceAfterMove = true
        model.imaging?.tellsBlur = true
        var night = ImagingPresetModel(name: "Night", kind: "Night")
        night.levels = [.brightness: 80]
        night.irCutFilter = .off
        night.features = [.wideDynamicRange: .on]
        model.imaging?.presets = [night, ImagingPresetModel(name: "Plain")]
    }

    private static func request(_ operation: String, _ content: String = "", source: String = "VideoSource_1") -> String
    {
        "<timg:\(operation)><timg:VideoSourceToken>\(source)</timg:VideoSourceToken>\(content)</timg:\(operation)>"
    }

    private static func set(_ settings: String) -> String {
        request("SetImagingSettings", "<timg:ImagingSettings>\(settings)</timg:ImagingSettings>")
    }

    /// Settings of the extension at that depth.
    private static func extended(_ settings: String, depth: Int = 1) -> String {
        (0..<depth).reduce(settings) { inner, _ in "<tt:Extension>\(inner)</tt:Extension>" }
    }

    private func settings(_ harness: inout ControlHarness) throws -> XMLElement {
        try harness.call(Self.request("GetImagingSettings")).at("ImagingSettings")
    }

    @Test func everythingThatASensorHasIsInSettingsAndOptions() throws {
        var harness = ControlHarness(Self.model)
        let settings = try settings(&harness)
        #expect(
            settings.children.map(\.name) == [
                "BacklightCompensation", "Brightness", "ColorSaturation", "Contrast", "Exposure", "Focus",
                "IrCutFilter", "Sharpness", "WideDynamicRange", "WhiteBalance", "Extension",
            ])
        let inner = try settings.at("Extension", "Extension", "Extension")
        #expect(inner.children.map(\.name) == ["ToneCompensation", "Defogging", "NoiseReduction"])
        let options = try harness.call(Self.request("GetOptions")).at("ImagingOptions")
        #expect(try options.at("WideDynamicRange", "Level").children.map(\.text) == ["0", "10"])
        #expect(options.child("BacklightCompensation")?.child("Level") == nil)
        #expect(try options.at("Exposure", "MaxGain").children.map(\.text) == ["0", "48"])
        #expect(try options.at("Focus", "Extension", "AFModes").text == "OnceAfterMove")
        let deep = try options.at("Extension", "Extension", "Extension")
        #expect(try deep.at("ToneCompensationOptions", "Level").text == "true")
        #expect(try deep.at("DefoggingOptions", "Level").text == "false")
    }

    @Test func settingsAreKeptAsTheyAreSet() throws {
        var harness = ControlHarness(Self.model)
        let wanted =
            "<tt:Exposure><tt:Mode>MANUAL</tt:Mode><tt:Priority>LowNoise</tt:Priority><tt:MinGain>3</tt:MinGain>"
            + "<tt:MaxGain>6</tt:MaxGain><tt:ExposureTime>1000</tt:ExposureTime></tt:Exposure>"
            + "<tt:Focus AFMode=\"OnceAfterMove\"><tt:AutoFocusMode>MANUAL</tt:AutoFocusMode>"
            + "<tt:NearLimit>2</tt:NearLimit><tt:FarLimit>50</tt:FarLimit></tt:Focus>"
            + "<tt:WideDynamicRange><tt:Mode>ON</tt:Mode><tt:Level>7</tt:Level></tt:WideDynamicRange>"
            + "<tt:WhiteBalance><tt:Mode>MANUAL</tt:Mode><tt:CrGain>10</tt:CrGain></tt:WhiteBalance>"
        let extended = Self.extended(
            "<tt:ImageStabilization><tt:Mode>AUTO</tt:Mode></tt:ImageStabilization>"
                + Self.extended(
                    "<tt:IrCutFilterAutoAdjustment><tt:BoundaryType>ToOn</tt:BoundaryType>"
                        + "<tt:BoundaryOffset>0.5</tt:BoundaryOffset></tt:IrCutFilterAutoAdjustment>"
                        + "<tt:IrCutFilterAutoAdjustment><tt:BoundaryType>ToOff</tt:BoundaryType>"
                        + "<tt:ResponseTime>PT5S</tt:ResponseTime></tt:IrCutFilterAutoAdjustment>"
                        + Self.extended(
                            "<tt:Defogging><tt:Mode>ON</tt:Mode></tt:Defogging>"
                                + "<tt:NoiseReduction><tt:Level>0.25</tt:Level></tt:NoiseReduction>")))
        try harness.call(Self.set(wanted + extended))
        let settings = try settings(&harness)
        #expect(try settings.at("Exposure").children.map(\.text).prefix(2) == ["MANUAL", "LowNoise"])
        #expect(try settings.at("Exposure", "MaxGain").text == "6")
        #expect(try settings.at("Exposure", "MaxExposureTime").text == "40000")
        #expect(try settings.at("Focus").attribute("AFMode") == "OnceAfterMove")
        #expect(try settings.at("Focus", "FarLimit").text == "50")
        #expect(try settings.at("WideDynamicRange", "Level").text == "7")
        #expect(try settings.at("WhiteBalance").children.map(\.text) == ["MANUAL", "10", "127.5"])
        let first = try settings.at("Extension")
        #expect(try first.at("ImageStabilization").children.map(\.text) == ["AUTO", "2"])
        let adjustments = try first.at("Extension").children("IrCutFilterAutoAdjustment")
        #expect(adjustments.map { $0.children.map(\.text) } == [["ToOn", "0.5"], ["ToOff", "PT5S"]])
        #expect(try first.at("Extension", "Extension", "Defogging", "Mode").text == "ON")
        #expect(try first.at("Extension", "Extension", "NoiseReduction", "Level").text == "0.25")
    }

    @Test(arguments: [
        "<tt:WideDynamicRange><tt:Mode>AUTO</tt:Mode></tt:WideDynamicRange>",
        "<tt:WideDynamicRange><tt:Mode>ON</tt:Mode><tt:Level>11</tt:Level></tt:WideDynamicRange>",
        "<tt:BacklightCompensation><tt:Mode>ON</tt:Mode><tt:Level>1</tt:Level></tt:BacklightCompensation>",
        "<tt:Exposure><tt:Mode>AUTO</tt:Mode><tt:MinGain>9</tt:MinGain><tt:MaxGain>8</tt:MaxGain></tt:Exposure>",
        "<tt:Exposure><tt:Mode>AUTO</tt:Mode><tt:ExposureTime>99</tt:ExposureTime></tt:Exposure>",
        "<tt:Exposure><tt:Mode>AUTO</tt:Mode><tt:Window bottom=\"0\" top=\"1\" left=\"0\" right=\"1\"/></tt:Exposure>",
        "<tt:WhiteBalance><tt:Mode>MANUAL</tt:Mode><tt:CbGain>256</tt:CbGain></tt:WhiteBalance>",
        "<tt:Focus><tt:AutoFocusMode>AUTO</tt:AutoFocusMode><tt:NearLimit>9</tt:NearLimit>"
            + "<tt:FarLimit>8</tt:FarLimit></tt:Focus>",
        "<tt:Focus AFMode=\"Always\"><tt:AutoFocusMode>AUTO</tt:AutoFocusMode></tt:Focus>",
        extended("<tt:ImageStabilization><tt:Mode>Extended</tt:Mode></tt:ImageStabilization>"),
        extended(
            "<tt:IrCutFilterAutoAdjustment><tt:BoundaryType>Common</tt:BoundaryType></tt:IrCutFilterAutoAdjustment>"
                + "<tt:IrCutFilterAutoAdjustment><tt:BoundaryType>ToOn</tt:BoundaryType>"
                + "</tt:IrCutFilterAutoAdjustment>", depth: 2),
        extended(
            "<tt:IrCutFilterAutoAdjustment><tt:BoundaryType>ToOn</tt:BoundaryType>"
                + "<tt:ResponseTime>PT61S</tt:ResponseTime></tt:IrCutFilterAutoAdjustment>", depth: 2),
        extended("<tt:NoiseReduction><tt:Level>1.5</tt:Level></tt:NoiseReduction>", depth: 3),
    ])
    func whatTheOptionsDoNotHaveIsRefused(_ settings: String) throws {
        var harness = ControlHarness(Self.model)
        #expect(try harness.fault(Self.set(settings)).subcodes == ["InvalidArgVal", "SettingsInvalid"])
    }

    @Test(arguments: [
        "<tt:BacklightCompensation><tt:Mode>OFF</tt:Mode></tt:BacklightCompensation>",
        "<tt:Exposure><tt:Mode>AUTO</tt:Mode></tt:Exposure>",
        extended("<tt:ImageStabilization><tt:Mode>OFF</tt:Mode></tt:ImageStabilization>"),
        extended("<tt:NoiseReduction><tt:Level>0</tt:Level></tt:NoiseReduction>", depth: 3),
        extended(
            "<tt:IrCutFilterAutoAdjustment><tt:BoundaryType>Common</tt:BoundaryType></tt:IrCutFilterAutoAdjustment>",
            depth: 2),
    ])
    func aSensorWithoutTheSettingRefusesIt(_ settings: String) throws {
        var harness = ControlHarness()
        #expect(try harness.fault(Self.set(settings)).subcodes == ["InvalidArgVal", "SettingsInvalid"])
    }

    // MARK: Presets

    @Test func aPresetIsCurrentWhileTheSettingsAreAsItHasThem() throws {
        var harness = ControlHarness(Self.model)
        let presets = try harness.call(Self.request("GetPresets")).children
        #expect(presets.map { $0.attribute("token") } == ["ImagingPreset_1", "ImagingPreset_2"])
        #expect(presets.map { $0.attribute("type") } == ["Night", "Custom"])
        #expect(try harness.call(Self.request("GetCurrentPreset")).children.isEmpty)
        try harness.call(
            Self.request("SetCurrentPreset", "<timg:PresetToken>ImagingPreset_1</timg:PresetToken>"))
        let applied = try settings(&harness)
        #expect(try applied.at("Brightness").text == "80")
        #expect(try applied.at("IrCutFilter").text == "OFF")
        #expect(try applied.at("WideDynamicRange", "Mode").text == "ON")
        let current = try harness.call(Self.request("GetCurrentPreset")).at("Preset")
        #expect(current.attribute("token") == "ImagingPreset_1")
        // What the preset does not name may change; what it names may not.
        try harness.call(Self.set("<tt:Contrast>1</tt:Contrast>"))
        #expect(try !harness.call(Self.request("GetCurrentPreset")).children.isEmpty)
        try harness.call(Self.set("<tt:Brightness>79</tt:Brightness>"))
        #expect(try harness.call(Self.request("GetCurrentPreset")).children.isEmpty)
        let unknown = Self.request("SetCurrentPreset", "<timg:PresetToken>none</timg:PresetToken>")
        #expect(try harness.fault(unknown).subcodes == ["InvalidArgVal", "SettingsInvalid"])
        #expect(
            try harness.fault(Self.request("GetPresets", source: "none")).subcodes == ["InvalidArgVal", "NoSource"])
    }

    @Test func capabilitiesTellPresetsAndStabilization() throws {
        var (rich, plain) = (ControlHarness(Self.model), ControlHarness())
        let claimed = try rich.call("<timg:GetServiceCapabilities/>").at("Capabilities")
        #expect(claimed.attribute("Presets") == "true" && claimed.attribute("ImageStabilization") == "true")
        let without = try plain.call("<timg:GetServiceCapabilities/>").at("Capabilities")
        #expect(without.attribute("Presets") == "false" && without.attribute("ImageStabilization") == "false")
        for name in ["GetPresets", "GetCurrentPreset", "SetCurrentPreset"] {
            let entry = try #require(Operations.all.first { $0.service == .imaging && $0.name == name })
            #expect(entry.isSupported(by: Self.model) && !entry.isSupported(by: .dome))
        }
    }

    // MARK: Blur

    /// The focus leaves 0.5 at 0.5 a second and is a quarter away after half a second.
    @Test func aListenerIsToldWhenTheFocusBlursThePicture() throws {
        var harness = ControlHarness(Self.model)
        let path = try harness.subscribe("tns1:VideoSource/ImageTooBlurry//.")
        #expect(try harness.pull(path).map { $0.data[0].value } == ["false"])
        let move = "<timg:Focus><tt:Absolute><tt:Position>1</tt:Position></tt:Absolute></timg:Focus>"
        try harness.call(Self.request("Move", move))
        harness.device.tellProperties(at: harness.now)
        let change = try #require(harness.device.nextChange(after: harness.now))
        #expect(abs(change.timeIntervalSince(harness.now) - 0.501) < 0.0001)
        harness.pass(0.49)
        #expect(try harness.pull(path).isEmpty)
        harness.pass(0.02)
        #expect(try harness.pull(path).map { $0.data[0].value } == ["true"])
        try harness.call(Self.set("<tt:Focus><tt:AutoFocusMode>AUTO</tt:AutoFocusMode></tt:Focus>"))
        harness.pass(5)
        #expect(try harness.pull(path).map { $0.data[0].value } == ["false"])
        #expect(!EventTopic.announced(by: .dome).contains(.imageTooBlurry))
    }
}
