import Foundation
import ONVIF
import Testing
import XML

struct ThermalServiceTests {
    /// A visible and a thermal sensor.
    private static let model = DeviceModel.dome { model in
        model.videos.append(VideoModel(renditions: [.fixture(640, 480)]))
        var thermal = ThermalModel(palettes: [.init(name: "Iron", kind: .iron), .init(name: "House", kind: .custom)])
        thermal.sources = [2]
        thermal.tables = [.init(name: "Cold", temperatures: 233...273), .init(name: "Warm")]
        thermal.hasCooler = true
        thermal.radiometry = [
            .reflectedAmbientTemperature: 223...373, .emissivity: 0.1...1, .distanceToObject: 1...5,
            .relativeHumidity: 0...100,
        ]
        thermal.alarm = AlarmSchedule(period: 10, duration: 3)
        model.thermal = thermal
    }

    private static func request(_ operation: String, _ content: String = "", source: String = "VideoSource_2") -> String
    {
        "<tth:\(operation)><tth:VideoSourceToken>\(source)</tth:VideoSourceToken>\(content)</tth:\(operation)>"
    }

    private static func set(
        palette: String = "ColorPalette_2", polarity: String = "BlackHot", table: String? = nil, cooler: Bool? = nil
    ) -> String {
        var content = "<tth:ColorPalette token=\"\(palette)\" Type=\"Custom\"><tth:Name>x</tth:Name></tth:ColorPalette>"
        content += "<tth:Polarity>\(polarity)</tth:Polarity>"
        if let table { content += "<tth:NUCTable token=\"\(table)\"><tth:Name>x</tth:Name></tth:NUCTable>" }
        if let cooler { content += "<tth:Cooler><tth:Enabled>\(cooler)</tth:Enabled></tth:Cooler>" }
        return request("SetConfiguration", "<tth:Configuration>\(content)</tth:Configuration>")
    }

    private static func radiometry(_ parameters: String) -> String {
        request(
            "SetRadiometryConfiguration",
            "<tth:Configuration><tth:RadiometryGlobalParameters>\(parameters)</tth:RadiometryGlobalParameters>"
                + "</tth:Configuration>")
    }

    @Test func settingsAreChangedWithinTheOptions() throws {
        var harness = ControlHarness(Self.model)
        let options = try harness.call(Self.request("GetConfigurationOptions")).at("ConfigurationOptions")
        #expect(options.children("ColorPalette").map { $0.attribute("Type") } == ["Iron", "Custom"])
        #expect(options.children("NUCTable").map { $0.attribute("LowTemperature") } == ["233", nil])
        try harness.call(Self.set(table: "NUCTable_2", cooler: false))
        let settings = try harness.call(Self.request("GetConfiguration")).at("Configuration")
        // The device names its palettes, whatever a request calls them.
        #expect(try settings.at("ColorPalette", "Name").text == "House")
        #expect(try settings.at("Polarity").text == "BlackHot")
        #expect(try settings.at("NUCTable", "Name").text == "Warm")
        #expect(try settings.at("Cooler", "Enabled").text == "false")
        let all = try harness.call("<tth:GetConfigurations/>").children
        #expect(all.map { $0.attribute("token") } == ["VideoSource_2"])
        #expect(try all[0].at("Configuration") == settings)
    }

    @Test func theCoolerCountsTheHoursThatItRuns() throws {
        var harness = ControlHarness(Self.model)
        func hours(_ harness: inout ControlHarness) throws -> String {
            try harness.call(Self.request("GetConfiguration")).at("Configuration", "Cooler", "RunTime").text
        }
        harness.pass(7200)
        #expect(try hours(&harness) == "2")
        try harness.call(Self.set(cooler: false))
        harness.pass(7200)
        #expect(try hours(&harness) == "2")
        try harness.call(Self.set(cooler: true))
        harness.pass(1800)
        #expect(try hours(&harness) == "2.5")
    }

    @Test func whatTheOptionsDoNotHaveIsRefused() throws {
        var harness = ControlHarness(Self.model)
        let invalid = ["InvalidArgVal", "InvalidConfiguration"]
        for request in [
            Self.set(palette: "ColorPalette_3"), Self.set(polarity: "Lukewarm"), Self.set(table: "NUCTable_3"),
            Self.radiometry("<tth:Emissivity>0.05</tth:Emissivity>"),
            Self.radiometry("<tth:Emissivity>0.5</tth:Emissivity><tth:DistanceToObject>6</tth:DistanceToObject>"),
            Self.radiometry("<tth:AtmosphericTransmittance>0.5</tth:AtmosphericTransmittance>"),
        ] {
            #expect(try harness.fault(request).subcodes == invalid, "\(request)")
        }
        for name in ["GetConfiguration", "GetConfigurationOptions"] {
            #expect(try harness.fault(Self.request(name, source: "none")).subcodes == ["InvalidArgVal", "NoSource"])
            let visible = try harness.fault(Self.request(name, source: "VideoSource_1"))
            #expect(visible.code == .receiver && visible.subcodes == ["ActionNotSupported", "NoThermalForSource"])
        }
        let visible = try harness.fault(Self.request("GetRadiometryConfiguration", source: "VideoSource_1"))
        #expect(visible.subcodes == ["ActionNotSupported", "NoRadiometryForSource"])
        var plain = ControlHarness(.dome { $0.thermal = ThermalModel(palettes: [.init(name: "Iron", kind: .iron)]) })
        let cooler = Self.set(palette: "ColorPalette_1", cooler: true).replacing("VideoSource_2", with: "VideoSource_1")
        #expect(try plain.fault(cooler).subcodes == invalid)
    }

    @Test func radiometryKeepsItsParameters() throws {
        var harness = ControlHarness(Self.model)
        let options = try harness.call(Self.request("GetRadiometryConfigurationOptions"))
            .at("ConfigurationOptions", "RadiometryGlobalParameterOptions")
        #expect(try options.at("DistanceToObject").children.map(\.text) == ["1", "5"])
        func parameters(_ harness: inout ControlHarness) throws -> [String] {
            try harness.call(Self.request("GetRadiometryConfiguration"))
                .at("Configuration", "RadiometryGlobalParameters").children.map { "\($0.name) \($0.text)" }
        }
        // The factory's ten metres are beyond the range, whose end they become.
        #expect(
            try parameters(&harness) == [
                "ReflectedAmbientTemperature 293.15", "Emissivity 0.95", "DistanceToObject 5", "RelativeHumidity 50",
            ])
        try harness.call(
            Self.radiometry(
                "<tth:ReflectedAmbientTemperature>300</tth:ReflectedAmbientTemperature>"
                    + "<tth:Emissivity>0.5</tth:Emissivity><tth:DistanceToObject>3</tth:DistanceToObject>"))
        #expect(
            try parameters(&harness) == [
                "ReflectedAmbientTemperature 300", "Emissivity 0.5", "DistanceToObject 3", "RelativeHumidity 50",
            ])
    }

    /// The harness begins at a multiple of ten seconds.
    @Test func aListenerIsToldOfTemperatureAlarms() throws {
        var harness = ControlHarness(Self.model)
        let path = try harness.subscribe("tns1:VideoSource/RadiometryAlarm")
        #expect(try harness.pull(path).map { $0.source[0].value + $0.data[0].value } == ["VideoSource_2true"])
        harness.pass(4)
        #expect(try harness.pull(path).map { $0.data[0].value } == ["false"])
    }

    @Test func capabilitiesAndOperationsFollowTheModel() throws {
        var harness = ControlHarness(Self.model)
        #expect(
            try harness.call("<tth:GetServiceCapabilities/>").at("Capabilities").attribute("Radiometry") == "true")
        let blind = DeviceModel.dome { $0.thermal = ThermalModel(palettes: [.init(name: "Iron", kind: .iron)]) }
        var plain = ControlHarness(blind)
        #expect(
            try plain.call("<tth:GetServiceCapabilities/>").at("Capabilities").attribute("Radiometry") == "false")
        let entries = Operations.all.filter { $0.service == .thermal }
        #expect(entries.count == 8 && entries.allSatisfy { $0.isSupported(by: Self.model) })
        #expect(entries.allSatisfy { !$0.isSupported(by: .dome) })
        #expect(entries.filter { $0.isSupported(by: blind) }.count == 5)
        #expect(!EventTopic.announced(by: blind).contains(.radiometryAlarm))
    }
}
