import Foundation
import ONVIF
import Testing
import XML

struct ReceiverServiceTests {
    private static let model = DeviceModel.dome { $0.receivers = 2 }

    private static func configuration(
        _ mode: String = "NeverConnect", _ address: String = "rtsp://192.0.2.7/one", stream: String = "RTP-Unicast",
        transport: String = "RTSP"
    ) -> String {
        """
        <trv:Configuration><tt:Mode>\(mode)</tt:Mode><tt:MediaUri>\(address)</tt:MediaUri><tt:StreamSetup>\
        <tt:Stream>\(stream)</tt:Stream><tt:Transport><tt:Protocol>\(transport)</tt:Protocol></tt:Transport>\
        </tt:StreamSetup></trv:Configuration>
        """
    }

    private static func request(_ operation: String, _ token: String = "Receiver_1", _ content: String = "") -> String {
        "<trv:\(operation)><trv:ReceiverToken>\(token)</trv:ReceiverToken>\(content)</trv:\(operation)>"
    }

    private static func create(_ configuration: String = configuration()) -> String {
        "<trv:CreateReceiver>\(configuration)</trv:CreateReceiver>"
    }

    private func state(_ harness: inout ControlHarness) throws -> String {
        try harness.call(Self.request("GetReceiverState")).at("ReceiverState", "State").text
    }

    @Test func receiversAreMadeShownChangedAndDeleted() throws {
        var harness = ControlHarness(Self.model)
        let made = try harness.call(Self.create()).at("Receiver")
        #expect(try made.at("Token").text == "Receiver_1")
        #expect(try made.at("Configuration", "MediaUri").text == "rtsp://192.0.2.7/one")
        try harness.call(
            Self.request("ConfigureReceiver", "Receiver_1", Self.configuration("AutoConnect", "rtsp://h/2")))
        try harness.call(Self.request("SetReceiverMode", "Receiver_1", "<trv:Mode>NeverConnect</trv:Mode>"))
        let shown = try harness.call(Self.request("GetReceiver")).at("Receiver", "Configuration")
        #expect(try shown.at("MediaUri").text == "rtsp://h/2")
        #expect(try shown.at("Mode").text == "NeverConnect")
        #expect(try harness.call("<trv:GetReceivers/>").children.count == 1)
        try harness.call(Self.request("DeleteReceiver"))
        #expect(try harness.call("<trv:GetReceivers/>").children.isEmpty)
        // A token is not given twice.
        #expect(try harness.call(Self.create()).at("Receiver", "Token").text == "Receiver_2")
    }

    @Test func thereAreAsManyReceiversAsTheModelHas() throws {
        var harness = ControlHarness(Self.model)
        for _ in 0..<2 { try harness.call(Self.create()) }
        #expect(try harness.fault(Self.create()).subcodes == ["Action", "MaxReceivers"])
        let capabilities = try harness.call("<trv:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("SupportedReceivers") == "2")
        let old = try harness.call("<tds:GetCapabilities/>").at("Capabilities", "Extension", "Receiver")
        #expect(try old.at("SupportedReceivers").text == "2")
        #expect(!Service.receiver.isOffered(by: .dome))
    }

    @Test(arguments: [
        configuration("NeverConnect", "http://h/"), configuration("NeverConnect", "rtsp:///x"),
        configuration("NeverConnect", "rtsp://h/" + String(repeating: "x", count: 248)),
        configuration(stream: "RTP-Multicast"), configuration(transport: "TCP"),
    ])
    func aConfigurationThatIsNotSupportedIsRefused(_ configuration: String) throws {
        var harness = ControlHarness(Self.model)
        #expect(try harness.fault(Self.create(configuration)).subcodes == ["InvalidArgVal", "BadConfiguration"])
    }

    @Test(arguments: [
        request("GetReceiver"), request("GetReceiverState"), request("DeleteReceiver"),
        request("ConfigureReceiver", "no", configuration()),
        request("SetReceiverMode", "no", "<trv:Mode>AlwaysConnect</trv:Mode>"),
    ])
    func anUnknownTokenIsRefused(_ request: String) throws {
        var harness = ControlHarness(Self.model)
        #expect(try harness.fault(request).subcodes == ["InvalidArgVal", "UnknownToken"])
    }

    @Test func aReceiverThatAlwaysConnectsTriesAndFailsAndTriesAgain() throws {
        var harness = ControlHarness(Self.model)
        let path = try harness.subscribe(to: "tns1:Receiver//.")
        try harness.call(Self.create(Self.configuration("AlwaysConnect")))
        #expect(try state(&harness) == "Connecting")
        let uri = "rtsp://192.0.2.7/one"
        #expect(try harness.pull(path) == ["tns1:Receiver/ChangeState - Receiver_1 Connecting \(uri)"])
        #expect(harness.device.nextChange(after: harness.now) == harness.now + 2)
        harness.pass(2)
        #expect(try state(&harness) == "NotConnected")
        #expect(
            try harness.pull(path) == [
                "tns1:Receiver/ConnectionFailed - Receiver_1 \(uri)",
                "tns1:Receiver/ChangeState - Receiver_1 NotConnected \(uri)",
            ])
        harness.pass(28)
        #expect(try state(&harness) == "Connecting")
        try harness.call(Self.request("SetReceiverMode", "Receiver_1", "<trv:Mode>AutoConnect</trv:Mode>"))
        #expect(
            try harness.pull(path) == [
                "tns1:Receiver/ChangeState - Receiver_1 Connecting \(uri)",
                "tns1:Receiver/ChangeState - Receiver_1 NotConnected \(uri)",
            ])
        harness.pass(29)
        #expect(try harness.pull(path).isEmpty)
    }

    @Test func receiversOutliveARestart() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.create(Self.configuration("AlwaysConnect")))
        harness.now += 10
        harness.device.restart(at: harness.now)
        #expect(try state(&harness) == "Connecting")
    }
}
