import Foundation
import ONVIF
import Testing
import XML

struct KeptStateTests {
    private static let trt = "xmlns:trt=\"\(XMLNamespace.trt.uri)\""

    private static func restarted(_ harness: ControlHarness, after seconds: Double = 3600) throws -> ControlHarness {
        let kept = try KeptState(json: harness.device.kept.json(), version: KeptState.version)
        var fresh = ControlHarness(now: ControlHarness.start + seconds)
        fresh.device.restore(kept, host: fresh.now)
        return fresh
    }

    @Test func whatClientsSetIsThereAfterARestart() throws {
        var harness = ControlHarness()
        try harness.call("<tds:SetHostname><tds:Name>gate-7</tds:Name></tds:SetHostname>")
        try harness.call(
            "<tds:AddScopes><tds:ScopeItem>onvif://www.onvif.org/location/gate</tds:ScopeItem></tds:AddScopes>")
        try harness.call(
            "<trt:CreateProfile \(Self.trt)><trt:Name>mine</trt:Name><trt:Token>mine</trt:Token></trt:CreateProfile>")
        try harness.call(
            "<tptz:SetPreset><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:PresetName>door</tptz:PresetName></tptz:SetPreset>"
        )
        try harness.call(
            "<timg:SetImagingSettings><timg:VideoSourceToken>VideoSource_1</timg:VideoSourceToken><timg:ImagingSettings>"
                + "<tt:Brightness>12.5</tt:Brightness></timg:ImagingSettings></timg:SetImagingSettings>")
        var restarted = try Self.restarted(harness)
        #expect(restarted.device.kept == harness.device.kept)
        for read in [
            "<tds:GetHostname/>", "<tds:GetScopes/>", "<trt:GetProfiles \(Self.trt)/>",
            "<tptz:GetPresets><tptz:ProfileToken>MainStream</tptz:ProfileToken></tptz:GetPresets>",
            "<timg:GetImagingSettings><timg:VideoSourceToken>VideoSource_1</timg:VideoSourceToken></timg:GetImagingSettings>",
        ] {
            #expect(try restarted.call(read) == harness.call(read))
        }
    }

    @Test func limitsThatAreOffSurviveAlthoughJSONHasNoInfinity() throws {
        var harness = ControlHarness()
        harness.device.ptz?.configuration.panTiltLimits.x = .init(-.infinity, .infinity)
        let restarted = try Self.restarted(harness)
        #expect(restarted.device.ptz?.configuration.panTiltLimits.x == .init(-.infinity, .infinity))
        #expect(restarted.device.kept == harness.device.kept)
    }

    @Test func movesAndSubscriptionsAreNotKept() throws {
        var harness = ControlHarness()
        let before = harness.device.kept
        try harness.call("<tev:CreatePullPointSubscription/>")
        try harness.call(
            "<tptz:ContinuousMove><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Velocity>"
                + "<tt:PanTilt x=\"1\" y=\"0\"/></tptz:Velocity></tptz:ContinuousMove>")
        #expect(harness.device.kept == before)
        let restarted = try Self.restarted(harness, after: 1)
        #expect(restarted.device.events.subscriptions.isEmpty)
        #expect(restarted.device.ptz?.isMoving(at: restarted.now) == false)
        #expect(restarted.device.bootTime == restarted.now)
    }

    @Test func aReadChangesNothingThatIsKept() throws {
        var harness = ControlHarness()
        let before = harness.device.kept
        for read in [
            "<tds:GetSystemDateAndTime/>", "<tds:GetScopes/>", "<trt:GetProfiles \(Self.trt)/>", "<tptz:GetNodes/>",
        ] {
            try harness.call(read)
            #expect(harness.device.kept == before)
        }
    }

    /// The ports that the device was served on move with it; one that a client chose stays.
    @Test func portsFollowTheRestartUnlessAClientChoseThem() throws {
        let device = ControlHarness().device
        var identity = device.identity
        identity.httpPort += 1
        identity.rtspPort += 1
        var moved = DeviceState(model: device.model, identity: identity, users: [], now: ControlHarness.start)
        moved.restore(device.kept, host: ControlHarness.start)
        #expect(
            moved.network.protocols
                == DeviceState(
                    model: device.model, identity: identity, users: [], now: ControlHarness.start
                ).network.protocols)
        #expect(device.kept.chosenRTSPPort == nil)
        var chosen = device
        for index in chosen.network.protocols.indices where chosen.network.protocols[index].name == .rtsp {
            chosen.network.protocols[index].ports = [10_554]
        }
        #expect(chosen.kept.chosenRTSPPort == 10_554)
        moved.restore(chosen.kept, host: ControlHarness.start)
        #expect(moved.network.rtspPort == 10_554)
    }

    @Test func anUnknownVersionIsRefused() throws {
        let json = try ControlHarness().device.kept.json()
        #expect(throws: KeptVersionError(version: 99)) { try KeptState(json: json, version: 99) }
    }

    @Test func theBytesOfAModelAreTheSameForTheSameModel() throws {
        let bytes = try DeviceModel.dome.canonicalJSON()
        for _ in 0..<20 {
            #expect(try DeviceModel.dome.canonicalJSON() == bytes)
            #expect(try JSONDecoder().decode(DeviceModel.self, from: bytes).canonicalJSON() == bytes)
        }
        var other = DeviceModel.dome
        other.events.maximumPullPoints += 1
        #expect(try other.canonicalJSON() != bytes)
    }

    /// Whoever adds a sub-state to the device decides here whether a restart brings it back.
    @Test func everyPartOfTheStateIsKeptOrKnownNotToBe() {
        let notKept: Set = ["model", "events", "log", "factoryUsers", "bootTime", "effects", "observations"]
        let device = ControlHarness().device
        let parts = Set(Mirror(reflecting: device).children.compactMap(\.label))
        let kept = Set(Mirror(reflecting: device.kept).children.compactMap(\.label))
        #expect(parts.subtracting(kept) == notKept)
    }
}
