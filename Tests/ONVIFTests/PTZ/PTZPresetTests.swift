import Foundation
import ONVIF
import Testing
import XML

struct PTZPresetTests {
    private static func request(_ operation: String, _ arguments: String = "") -> String {
        "<tptz:\(operation)><tptz:ProfileToken>MainStream</tptz:ProfileToken>\(arguments)</tptz:\(operation)>"
    }

    private static func goto(_ token: String) -> String {
        request("GotoPreset", "<tptz:PresetToken>\(token)</tptz:PresetToken>")
    }

    private static func set(_ name: String? = nil, token: String? = nil) -> String {
        request(
            "SetPreset",
            (name.map { "<tptz:PresetName>\($0)</tptz:PresetName>" } ?? "")
                + (token.map { "<tptz:PresetToken>\($0)</tptz:PresetToken>" } ?? ""))
    }

    private static func move(_ x: Double) -> String {
        request("AbsoluteMove", "<tptz:Position><tt:PanTilt x=\"\(x)\" y=\"0\"/></tptz:Position>")
    }

    /// A harness with the presets A at 0° and B at 90°, resting at B.
    private func prepared() throws -> ControlHarness {
        var harness = ControlHarness()
        try harness.call(Self.move(0))
        harness.now += 60
        #expect(try harness.call(Self.set("A")).at("PresetToken").text == "Preset_1")
        try harness.call(Self.move(0.5))
        harness.now += 60
        #expect(try harness.call(Self.set("B")).at("PresetToken").text == "Preset_2")
        return harness
    }

    /// The preset events since the last call, with the seconds since the start.
    private func events(_ harness: inout ControlHarness) -> [String] {
        harness.device.advance(to: harness.now)
        let messages = harness.device.events.subscriptions.first?.queue ?? []
        return messages.map { event in
            let seconds = event.time.timeIntervalSince(ControlHarness.start)
            return "\(event.topic.split(separator: "/").last ?? "") \(event.data.first?.value ?? "") \(seconds)"
        }
    }

    private func subscribe(_ harness: inout ControlHarness) throws {
        try harness.call(
            "<tev:CreatePullPointSubscription><tev:Filter><wsnt:TopicExpression "
                + "Dialect=\"http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet\">"
                + "tns1:PTZController//.</wsnt:TopicExpression></tev:Filter><tev:InitialTerminationTime>PT1H"
                + "</tev:InitialTerminationTime></tev:CreatePullPointSubscription>")
    }

    @Test func presetsAreListedWithNameAndPosition() throws {
        var harness = try prepared()
        let presets = try harness.call(Self.request("GetPresets")).children
        #expect(presets.map { $0.attribute("token") } == ["Preset_1", "Preset_2"])
        #expect(try presets.map { try $0.at("Name").text } == ["A", "B"])
        #expect(try presets.map { try $0.at("PTZPosition", "PanTilt").attribute("x") } == ["0", "0.5"])
    }

    @Test func aPresetIsOverwrittenKeepingItsName() throws {
        var harness = try prepared()
        try harness.call(Self.set(token: "Preset_1"))
        #expect(harness.device.ptz?.presets.map(\.view.pan) == [90, 90])
        #expect(harness.device.ptz?.presets.map(\.name) == ["A", "B"])
        try harness.call(Self.set("C", token: "Preset_1"))
        #expect(harness.device.ptz?.presets.map(\.name) == ["C", "B"])
    }

    @Test func thereAreAsManyPresetsAsTheModelHas() throws {
        var harness = try prepared()
        try harness.call(Self.set())
        #expect(harness.device.ptz?.presets.last?.name == "Preset 3")
        let fault = try harness.fault(Self.set())
        #expect(fault.code == .receiver && fault.subcodes == ["Action", "TooManyPresets"])
        try harness.call(Self.request("RemovePreset", "<tptz:PresetToken>Preset_2</tptz:PresetToken>"))
        #expect(try harness.call(Self.set()).at("PresetToken").text == "Preset_2")
    }

    @Test func badPresetRequestsAreRefused() throws {
        var harness = try prepared()
        let long = String(repeating: "n", count: 65)
        for (request, subcode) in [
            (Self.set("A"), "PresetExist"), (Self.set("A", token: "Preset_2"), "PresetExist"),
            (Self.set(long), "InvalidPresetName"), (Self.set("C", token: "Preset_9"), "NoToken"),
            (Self.goto("Preset_9"), "NoToken"),
            (Self.request("RemovePreset", "<tptz:PresetToken>Preset_9</tptz:PresetToken>"), "NoToken"),
            (
                Self.request(
                    "GotoPreset",
                    "<tptz:PresetToken>Preset_1</tptz:PresetToken><tptz:Speed><tt:Zoom x=\"2\"/></tptz:Speed>"),
                "InvalidSpeed"
            ),
        ] {
            #expect(try harness.fault(request).subcodes == ["InvalidArgVal", subcode])
        }
        try harness.call(Self.set(String(repeating: "n", count: 64)))
        try harness.call(Self.move(0))
        let fault = try harness.fault(Self.set(token: "Preset_1"))
        #expect(fault.code == .receiver && fault.subcodes == ["Action", "MovingPTZ"])
    }

    @Test func aRecallTellsInvokedReachedAndLeft() throws {
        var harness = try prepared()
        try subscribe(&harness)
        try harness.call(Self.goto("Preset_1"))
        // 90° at 90°/s.
        #expect(harness.device.ptz?.presetArrival == harness.now + 1)
        harness.now += 0.999
        #expect(events(&harness) == ["Invoked Preset_1 120.0"])
        harness.now = ControlHarness.start + 121
        #expect(events(&harness) == ["Invoked Preset_1 120.0", "Reached Preset_1 121.0"])
        // A move to where it is leaves nothing.
        try harness.call(Self.move(0))
        harness.now += 5
        try harness.call(Self.move(0.25))
        #expect(
            events(&harness) == ["Invoked Preset_1 120.0", "Reached Preset_1 121.0", "Left Preset_1 126.0"])
    }

    @Test func reachedIsToldWithItsOwnTimeEvenWhenNobodyTicked() throws {
        var harness = try prepared()
        try subscribe(&harness)
        try harness.call(Self.goto("Preset_1"))
        harness.now += 10
        try harness.call(Self.move(0.5))
        #expect(
            events(&harness) == ["Invoked Preset_1 120.0", "Reached Preset_1 121.0", "Left Preset_1 130.0"])
    }

    @Test(arguments: ["Stop", "AbsoluteMove", "GotoPreset"])
    func anotherMoveAbortsTheRecall(_ operation: String) throws {
        var harness = try prepared()
        try subscribe(&harness)
        try harness.call(Self.goto("Preset_1"))
        harness.now += 0.5
        switch operation {
        case "Stop": try harness.call(Self.request("Stop"))
        case "AbsoluteMove": try harness.call(Self.move(1))
        default: try harness.call(Self.goto("Preset_2"))
        }
        let second = operation == "GotoPreset" ? ["Invoked Preset_2 120.5", "Reached Preset_2 121.0"] : []
        harness.now += 60
        #expect(events(&harness) == ["Invoked Preset_1 120.0", "Aborted Preset_1 120.5"] + second)
    }

    @Test func aRecallOfThePlaceWhereItIsIsReachedAtOnce() throws {
        var harness = try prepared()
        try subscribe(&harness)
        try harness.call(Self.goto("Preset_2"))
        #expect(events(&harness) == ["Invoked Preset_2 120.0", "Reached Preset_2 120.0"])
    }

    @Test func aRecallThatLimitsKeepFromItsPlaceIsAborted() throws {
        var harness = try prepared()
        try subscribe(&harness)
        harness.device.ptz?.configuration.panTiltLimits = .init(
            space: .panTiltPositionDegrees, x: .init(45, 135), y: .init(-90, 30))
        try harness.call(Self.goto("Preset_1"))
        harness.now += 10
        #expect(events(&harness) == ["Invoked Preset_1 120.0", "Aborted Preset_1 120.5"])
    }

    @Test func homeIsAheadUntilItIsSet() throws {
        var harness = try prepared()
        try harness.call(Self.request("GotoHomePosition"))
        #expect(harness.device.ptz?.view(at: harness.now + 60) == PTZView(pan: 0, tilt: 0, zoom: 1))
        harness.now += 0.5
        try harness.call(Self.request("Stop"))
        try harness.call(Self.request("SetHomePosition"))
        try harness.call(Self.move(1))
        harness.now += 60
        try harness.call(Self.request("GotoHomePosition"))
        #expect(harness.device.ptz?.view(at: harness.now + 60).pan == 45)
    }

    @Test func auxiliaryCommandsAreThoseOfTheNode() throws {
        var harness = ControlHarness()
        let wiper = Self.request("SendAuxiliaryCommand", "<tptz:AuxiliaryData>tt:Wiper|On</tptz:AuxiliaryData>")
        #expect(try harness.call(wiper).at("AuxiliaryResponse").text == "tt:Wiper|On")
        #expect(harness.device.system.auxiliary == ["tt:Wiper": "On"])
        let lamp = Self.request("SendAuxiliaryCommand", "<tptz:AuxiliaryData>tt:IRLamp|On</tptz:AuxiliaryData>")
        #expect(try harness.fault(lamp).subcodes == ["InvalidArgVal"])
    }
}
