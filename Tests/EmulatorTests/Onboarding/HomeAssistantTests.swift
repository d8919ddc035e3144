import Emulator
import FakeServer
import Foundation
import HTTP
import ONVIF
import Testing
import XML

/// Home Assistant's integration: WSSE by zeep with WS-Addressing on every call, ver10 media alone.
///
/// Source: home-assistant/core, components/onvif (config_flow, device, event_manager, camera);
/// openvideolibs/python-onvif-zeep-async, onvif/client and managers.
@Suite(.timeLimit(.minutes(5))) struct HomeAssistantTests {
    private static let dialect = ClientDialect(
        body: .numbered, signing: .prefixedToken, created: .offset, addresses: true, namesAction: true,
        contentType: "application/soap+xml; charset=utf-8; action=\"%\"")

    @Test(arguments: ["ptz-dome", "fixed-box", "bullet-s"])
    func takesTheCamera(persona: String) async throws {
        try await OnboardingClient.onboard(Self.dialect, on: persona) { client in
            // The form.
            let capabilities = try await client.call(OnboardingClient.capabilities)
            let interfaces = try await client.call("<tds:GetNetworkInterfaces/>")
            let address = interfaces.children("NetworkInterfaces").first { $0.at("Enabled")?.trimmedText == "true" }?
                .at("Info", "HwAddress")?.trimmedText
            #expect(address?.split(separator: ":").count == 6)
            let media = try client.address(of: "Media", in: capabilities)
            var profiles = try await client.profiles(at: media)
            #expect(profiles.contains { $0.at("VideoEncoderConfiguration", "Encoding")?.trimmedText == "H264" })
            // Setting up.
            let time = try await client.call("<tds:GetSystemDateAndTime/>")
            #expect(time.at("SystemDateAndTime", "DateTimeType")?.trimmedText == "NTP")
            // From a difference of five seconds on it warns.
            #expect(abs(try #require(OnboardingClient.time(in: time)).timeIntervalSinceNow) < 5)
            let information = try await client.call("<tds:GetDeviceInformation/>")
            for name in ["Manufacturer", "Model", "FirmwareVersion", "SerialNumber"] {
                #expect(information.at(name)?.trimmedText.isEmpty == false)
            }
            let mediaCapabilities = try await client.call("<trt:GetServiceCapabilities/>", at: media)
            #expect(mediaCapabilities.at("Capabilities")?.attribute("SnapshotUri") == "true")
            profiles = try await client.profiles(at: media)
            for profile in profiles where profile.at("PTZConfiguration") != nil {
                let ptz = try client.address(of: "PTZ", in: capabilities)
                let token = try profile.profileToken()
                try await client.call(
                    "<tptz:GetPresets><tptz:ProfileToken>\(token)</tptz:ProfileToken></tptz:GetPresets>", at: ptz)
            }
            try await Self.listen(client, at: try client.address(of: "Events", in: capabilities))
            try await Self.use(client, try #require(profiles.first), media: media)
        }
    }

    private static func listen(_ client: OnboardingClient, at events: String) async throws {
        let created = try await client.call(OnboardingClient.createPullPoint("PT600S"), at: events)
        let pullPoint = try client.subscription(in: created)
        try await client.call("<tev:SetSynchronizationPoint/>", at: pullPoint)
        let messages = try await client.call(OnboardingClient.pull(limit: 100, timeout: "PT60S"), at: pullPoint)
        #expect(!messages.children("NotificationMessage").isEmpty)
        for message in messages.children("NotificationMessage") {
            #expect(message.at("Topic")?.trimmedText.hasPrefix("tns1:") == true)
            #expect(message.at("Message", "Message", "Data")?.children.isEmpty == false)
        }
        try await client.call(OnboardingClient.renew("PT600S"), at: pullPoint)
        try await FakeServer.serving({ _ in .response(200, "") }) { webhook in
            let subscribed = try await client.call(
                """
                <wsnt:Subscribe><wsnt:ConsumerReference><wsa:Address>\(webhook.address)/api/webhook/onvif</wsa:Address>\
                </wsnt:ConsumerReference><wsnt:InitialTerminationTime>PT600S</wsnt:InitialTerminationTime></wsnt:Subscribe>
                """, at: events)
            let consumer = try client.subscription(in: subscribed)
            try await client.call("<tev:SetSynchronizationPoint/>", at: consumer)
            for address in [consumer, pullPoint] { try await client.call("<wsnt:Unsubscribe/>", at: address) }
        }
    }

    private static func use(_ client: OnboardingClient, _ profile: XMLElement, media: String) async throws {
        let token = try profile.profileToken()
        let stream = try await client.call(OnboardingClient.streamURI(token), at: media)
        #expect(stream.at("MediaUri", "Uri")?.trimmedText.hasPrefix("rtsp://127.0.0.1:") == true)
        let snapshot = try await client.call(OnboardingClient.snapshotURI(token), at: media)
        let picture = try await client.picture(at: try #require(snapshot.at("MediaUri", "Uri")?.trimmedText))
        #expect(picture.status == 200)
        #expect(picture.body.starts(with: [0xFF, 0xD8]))
        guard profile.at("PTZConfiguration") != nil else { return }
        try await client.call(
            """
            <tptz:ContinuousMove><tptz:ProfileToken>\(token)</tptz:ProfileToken><tptz:Velocity>\
            <tt:PanTilt x="0.5" y="0"/></tptz:Velocity></tptz:ContinuousMove>
            """)
        try await client.call("<tptz:Stop><tptz:ProfileToken>\(token)</tptz:ProfileToken></tptz:Stop>")
    }

    /// It signs with its own clock, which such a camera takes for two hours old.
    @Test func isRefusedByACameraWhoseClockIsTheOneOnTheWall() async throws {
        try await OnboardingClient.onboard(Self.dialect, on: "wall-clock") { client in
            try await client.call(OnboardingClient.capabilities)
            let refused = try await client.send("<tds:GetNetworkInterfaces/>")
            #expect(refused.status == 400)
            #expect(OnboardingClient.fault(in: refused) == "ter:NotAuthorized")
        }
    }

    /// It follows the addresses that it is told, which lead nowhere behind a router.
    @Test func isLedAstrayByACameraBehindARouter() async throws {
        try await OnboardingClient.onboard(Self.dialect, on: "nat-bullet") { client in
            let capabilities = try await client.call(OnboardingClient.capabilities)
            #expect(try client.address(of: "Media", in: capabilities) == "http://192.0.2.88:80/onvif/media_service")
        }
    }
}
