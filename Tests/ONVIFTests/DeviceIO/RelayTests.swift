import Foundation
import ONVIF
import Testing
import XML

struct RelayTests {
    private static let model = DeviceModel.dome { model in
        model.io.relays = [
            RelayModel(), RelayModel(modes: [.bistable], idle: .closed),
            RelayModel(modes: [.monostable], delays: [0.5, 2], hasDiscreteDelays: true),
        ]
    }

    private static func settings(
        _ mode: String, _ delay: String = "PT5S", _ idle: String = "open", token: String = "RelayOutput_1"
    ) -> String {
        "<tmd:SetRelayOutputSettings><tmd:RelayOutput token=\"\(token)\"><tt:Properties><tt:Mode>\(mode)</tt:Mode>"
            + "<tt:DelayTime>\(delay)</tt:DelayTime><tt:IdleState>\(idle)</tt:IdleState></tt:Properties>"
            + "</tmd:RelayOutput></tmd:SetRelayOutputSettings>"
    }

    private static func switching(_ state: String, token: String = "RelayOutput_1") -> String {
        "<tds:SetRelayOutputState><tds:RelayOutputToken>\(token)</tds:RelayOutputToken>"
            + "<tds:LogicalState>\(state)</tds:LogicalState></tds:SetRelayOutputState>"
    }

    private func isActive(_ harness: ControlHarness) -> Bool {
        harness.device.io.relays[0].isActive(at: harness.now)
    }

    @Test func aMonostableRelayGoesBackByTheClock() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.settings("Monostable"))
        try harness.call(Self.switching("active"))
        harness.pass(4.9)
        #expect(isActive(harness))
        harness.pass(0.2)
        #expect(!isActive(harness))
        // Switched again before its time is over, it begins anew.
        try harness.call(Self.switching("active"))
        harness.pass(4)
        try harness.call(Self.switching("active"))
        harness.pass(4)
        #expect(isActive(harness))
        try harness.call(Self.switching("inactive"))
        #expect(!isActive(harness))
    }

    @Test func aBistableRelayStaysAsItIsSet() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.settings("Bistable", "PT0S", "closed"))
        try harness.call(Self.switching("active"))
        harness.pass(100_000)
        #expect(isActive(harness))
        let properties = try harness.call("<tds:GetRelayOutputs/>").at("RelayOutputs", "Properties")
        #expect(try properties.at("Mode").text == "Bistable")
        #expect(try properties.at("IdleState").text == "closed")
        // The delay is of no use to it and stays what it was.
        #expect(try properties.at("DelayTime").text == "PT1S")
        harness.device.restart(at: harness.now)
        #expect(!isActive(harness))
    }

    @Test func whatTheOptionsDoNotHaveIsRefused() throws {
        var harness = ControlHarness(Self.model)
        let modeError = ["InvalidArgVal", "ModeError"]
        #expect(try harness.fault(Self.settings("Monostable", "PT0.5S")).subcodes == modeError)
        #expect(try harness.fault(Self.settings("Monostable", "PT121S")).subcodes == modeError)
        #expect(try harness.fault(Self.settings("Monostable", token: "RelayOutput_2")).subcodes == modeError)
        #expect(try harness.fault(Self.settings("Monostable", "PT1S", token: "RelayOutput_3")).subcodes == modeError)
        try harness.call(Self.settings("Monostable", "PT0.5S", token: "RelayOutput_3"))
        let unknown = ["InvalidArgVal", "RelayToken"]
        #expect(try harness.fault(Self.settings("Bistable", token: "none")).subcodes == unknown)
        #expect(try harness.fault(Self.switching("active", token: "none")).subcodes == unknown)
        let options =
            "<tmd:GetRelayOutputOptions><tmd:RelayOutputToken>none</tmd:RelayOutputToken>"
            + "</tmd:GetRelayOutputOptions>"
        #expect(try harness.fault(options).subcodes == unknown)
    }

    @Test func theOptionsAreThoseOfEachRelay() throws {
        var harness = ControlHarness(Self.model)
        let all = try harness.call("<tmd:GetRelayOutputOptions/>").children
        #expect(all.map { $0.attribute("token") } == ["RelayOutput_1", "RelayOutput_2", "RelayOutput_3"])
        #expect(all.map { $0.child("DelayTimes")?.text } == ["1 120", nil, "0.5 2"])
        #expect(all.map { $0.child("Discrete")?.text } == ["false", nil, "true"])
        let one =
            "<tmd:GetRelayOutputOptions><tmd:RelayOutputToken>RelayOutput_2</tmd:RelayOutputToken>"
            + "</tmd:GetRelayOutputOptions>"
        #expect(try harness.call(one).children.map { $0.attribute("token") } == ["RelayOutput_2"])
    }

    @Test func theDeviceServiceDoesTheSame() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(
            "<tds:SetRelayOutputSettings><tds:RelayOutputToken>RelayOutput_1</tds:RelayOutputToken><tds:Properties>"
                + "<tt:Mode>Monostable</tt:Mode><tt:DelayTime>PT2S</tt:DelayTime><tt:IdleState>open</tt:IdleState>"
                + "</tds:Properties></tds:SetRelayOutputSettings>")
        #expect(harness.device.io.relays[0].mode == .monostable && harness.device.io.relays[0].delay == 2)
    }

    /// Both services have the message of the Device service; the path tells them apart.
    @Test func aSharedMessageIsFoundByThePath() {
        let request = XMLElement(namespace: XMLNamespace.tds.uri, name: "GetRelayOutputs")
        #expect(Operations.entry(for: request, path: Service.deviceIO.path)?.service == .deviceIO)
        #expect(Operations.entry(for: request, path: Service.device.path)?.service == .device)
        #expect(Operations.entry(for: request, path: "/onvif/elsewhere")?.service == .device)
    }

    @Test func aListenerIsToldOfTheRelayAndOfItsWayBack() throws {
        var harness = ControlHarness(Self.model)
        let path = try harness.subscribe("tns1:Device/Trigger/Relay")
        #expect(try harness.pull(path).map(\.relayState) == ["inactive", "inactive", "inactive"])
        try harness.call(Self.settings("Monostable"))
        try harness.call(Self.switching("active"))
        #expect(try harness.pull(path).map(\.relayState) == ["active"])
        let change = try #require(harness.device.nextChange(after: harness.now))
        #expect(change == harness.now + 5)
        harness.pass(5)
        #expect(try harness.pull(path).map(\.relayState) == ["inactive"])
    }
}

extension Event {
    fileprivate var relayState: String? { data.first?.value }
}

extension ControlHarness {
    /// Makes a pull point for a topic.
    ///
    /// - Returns: its path.
    mutating func subscribe(_ topic: String) throws -> String {
        let answer = try call(
            "<tev:CreatePullPointSubscription><tev:Filter><wsnt:TopicExpression "
                + "Dialect=\"http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet\">"
                + "\(topic)</wsnt:TopicExpression></tev:Filter><tev:InitialTerminationTime>PT1H"
                + "</tev:InitialTerminationTime></tev:CreatePullPointSubscription>")
        let address = try answer.at("SubscriptionReference", "Address").text
        return try #require(URL(string: address)?.path)
    }

    /// The events that a pull point has, after the schemas judged them.
    mutating func pull(_ path: String) throws -> [Event] {
        device.advance(to: now)
        let token = EventState.token(ofPath: path)
        let queue = device.events.subscriptions.first { $0.token == token }?.queue
        try call(
            "<tev:PullMessages><tev:Timeout>PT0S</tev:Timeout><tev:MessageLimit>100</tev:MessageLimit>"
                + "</tev:PullMessages>", path: path)
        return queue.map { Array($0) } ?? []
    }
}
