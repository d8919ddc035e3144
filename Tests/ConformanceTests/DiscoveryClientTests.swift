import FakeServer
import Foundation
import HTTP
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Conformance

/// Answers each datagram with what the script makes of it.
private final class ScriptedResponder: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let script: @Sendable (String) -> [String]

    init(_ script: @escaping @Sendable (String) -> [String]) { self.script = script }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        for text in script(String(buffer: envelope.data)) {
            context.writeAndFlush(
                wrapOutboundOut(
                    AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(string: text))),
                promise: nil)
        }
    }

    static func serving<Result>(
        _ script: @escaping @Sendable (String) -> [String], _ body: (Int) async throws -> Result
    ) async throws -> Result {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ScriptedResponder(script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let result = try await body(channel.localAddress?.port ?? 0)
        try await channel.close()
        return result
    }
}

struct DiscoveryClientTests {
    private static func message(_ body: String, relatesTo: String = "") -> String {
        """
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
        xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
        xmlns:x="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:n="http://www.onvif.org/ver10/network/wsdl">\
        <s:Header><a:MessageID>urn:uuid:1</a:MessageID><a:RelatesTo>\(relatesTo)</a:RelatesTo></s:Header>\
        <s:Body>\(body)</s:Body></s:Envelope>
        """
    }

    private static let match = """
        <x:ProbeMatches><x:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:7</a:Address></a:EndpointReference>\
        <x:Types xmlns:q="urn:other">n:NetworkVideoTransmitter q:Thing</x:Types>\
        <x:Scopes>onvif://www.onvif.org/name/A%20B onvif://www.onvif.org/type/ptz</x:Scopes>\
        <x:XAddrs>http://192.0.2.7/onvif/device_service</x:XAddrs><x:MetadataVersion>3</x:MetadataVersion>\
        </x:ProbeMatch></x:ProbeMatches>
        """

    private static func identifier(in probe: String) -> String {
        probe.firstMatch(of: #/<wsa04:MessageID>([^<]+)</#).map { String($0.1) } ?? ""
    }

    @Test func aProbeFindsWhatAnswersIt() async throws {
        let asked = Mutex("")
        let found = try await ScriptedResponder.serving({ probe in
            asked.withLock { $0 = probe }
            return [
                "garbage", Self.message(Self.match, relatesTo: "urn:uuid:another"),
                Self.message(Self.match, relatesTo: Self.identifier(in: probe)),
                Self.message(Self.match, relatesTo: Self.identifier(in: probe)),
            ]
        }) { port in
            try await DiscoveryClient(port: port).probe(
                types: ["dn:NetworkVideoTransmitter"], scopes: ["onvif://www.onvif.org/type/ptz"], host: "127.0.0.1",
                within: .seconds(30), enough: { !$0.isEmpty })
        }
        let device = try #require(found.first)
        #expect(found.count == 1)
        #expect(device.kind == .probeMatch)
        #expect(device.endpoint == "urn:uuid:7")
        #expect(device.types == ["dn:NetworkVideoTransmitter", "{urn:other}Thing"])
        #expect(device.addresses == ["http://192.0.2.7/onvif/device_service"])
        #expect(device.metadataVersion == 3)
        #expect(device.scope("name") == "A B")
        #expect(device.scope("location") == nil)
        let probe = asked.withLock { $0 }
        #expect(device.relatesTo == Self.identifier(in: probe))
        #expect(probe.contains("<d:Types>dn:NetworkVideoTransmitter</d:Types>"))
        #expect(probe.contains("/discovery/Probe</wsa04:Action>"))
    }

    @Test func silenceEndsAtTheLimit() async throws {
        let found = try await ScriptedResponder.serving({ _ in [] }) { port in
            try await DiscoveryClient(port: port).probe(host: "127.0.0.1", within: .milliseconds(20))
        }
        #expect(found == [])
    }

    @Test func announcementsAreRead() {
        let hello = Self.message(
            "<x:Hello><a:EndpointReference><a:Address>urn:uuid:8</a:Address></a:EndpointReference></x:Hello>")
        let found = FoundDevice.all(in: Array(hello.utf8), sender: "192.0.2.1:3702", after: .zero)
        #expect(found.map(\.kind) == [.hello])
        #expect(found.map(\.endpoint) == ["urn:uuid:8"])
        #expect(found.first?.types == [])
    }

    @Test func anUnknownInterfaceIsNamed() async {
        await #expect(throws: DiscoveryError.self) {
            try await DiscoveryClient(interface: "nosuch0").probe(within: .milliseconds(1))
        }
        await #expect(throws: DiscoveryError.badAddress("no host")) {
            try await DiscoveryClient().probe(host: "no host", within: .milliseconds(1))
        }
    }

    @Test func aNotificationArrivesAndStandsInTheLog() async throws {
        let device = TestDevice(link: DeviceLink(target: Target(url: "http://127.0.0.1"), schema: nil))
        try await NotificationListener.serving(for: device) { listener in
            let notify = """
                <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
                xmlns:b="http://docs.oasis-open.org/wsn/b-2"><s:Body><b:Notify><b:NotificationMessage>\
                <b:Topic>t</b:Topic></b:NotificationMessage></b:Notify></s:Body></s:Envelope>
                """
            let request = HTTPRequest(
                method: "POST", url: listener.address, body: Array(notify.utf8))
            let status = try await HTTPClient(threadLimit: 1).perform(request).status
            #expect(status == 200)
            let found = await listener.notifications(within: .seconds(30)) { _ in true }
            #expect(found.map { $0.answer.text("wsnt:NotificationMessage/wsnt:Topic") } == ["t"])
            #expect(device.log.exchanges.map(\.operation) == ["Notify"])
            let none = await listener.notifications(within: .milliseconds(10)) { $0.text.isEmpty }
            #expect(none.count == 1)
        }
    }

    @Test(arguments: [true, false])
    func discoveryFindsTheTypesOfOurDeviceAmongOthers(isOurs: Bool) async throws {
        let address = Mutex("")
        try await FakeServer.serving({ ScriptedCamera().reply(to: $0) }) { server in
            address.withLock { $0 = isOurs ? server.address + "/onvif/device_service" : "http://192.0.2.7/x" }
            try await ScriptedResponder.serving({ probe in
                let text = Self.match.replacing(
                    "http://192.0.2.7/onvif/device_service", with: address.withLock { $0 })
                return [
                    Self.message(Self.match, relatesTo: Self.identifier(in: probe)),
                    Self.message(text.replacing("uuid:7", with: "uuid:9"), relatesTo: Self.identifier(in: probe)),
                ]
            }) { port in
                var target = Target(url: server.address, credentials: ScriptedCamera.user)
                target.discoveryPort = port
                var discovery = FeatureDiscovery(link: DeviceLink(target: target, schema: nil))
                discovery.probeTimeout = .milliseconds(isOurs ? 60_000 : 20)
                let features = try await discovery.run().features
                let types = features.filter { $0.feature.rawValue.hasPrefix("Discovery/Types/") }.map(\.state)
                #expect(types == (isOurs ? [.supported, .notSupported] : [.undefined, .undefined]))
            }
        }
    }
}
