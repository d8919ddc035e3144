import Emulator
import HTTP
import ONVIF
import Testing
import XML

/// UniFi Protect, which has no public source; what it sends is known from logs of cameras and proxies that it refused.
///
/// Source: daniela-hase/onvif-server#27, John-Varghese-EH/ESP32CAM-ONVIF#10 and #21, mrlt8/docker-wyze-bridge#1355,
/// AlexxIT/go2rtc#613.
@Suite(.timeLimit(.minutes(5))) struct UniFiProtectTests {
    /// A profile must say all this, or the camera is refused or shows no picture.
    private static func adopt(_ client: OnboardingClient, _ profiles: [XMLElement], media: String) async throws {
        let information = try await client.call("<tds:GetDeviceInformation/>")
        for name in ["Manufacturer", "Model", "FirmwareVersion", "SerialNumber", "HardwareId"] {
            #expect(information.at(name)?.trimmedText.isEmpty == false)
        }
        for profile in profiles {
            let encoder = try #require(profile.at("VideoEncoderConfiguration"))
            #expect(encoder.at("Encoding")?.trimmedText == "H264")
            #expect(encoder.at("Resolution", "Width").flatMap { Int($0.trimmedText) } ?? 0 > 0)
            #expect(encoder.at("RateControl", "FrameRateLimit").flatMap { Int($0.trimmedText) } ?? 0 > 0)
            let token = try profile.profileToken()
            let stream = try await client.call(OnboardingClient.streamURI(token), at: media)
            #expect(stream.at("MediaUri", "Uri")?.trimmedText.hasPrefix("rtsp://") == true)
            let snapshot = try await client.call(OnboardingClient.snapshotURI(token), at: media)
            let picture = try await client.picture(at: try #require(snapshot.at("MediaUri", "Uri")?.trimmedText))
            #expect(picture.header("content-type") == "image/jpeg")
        }
    }

    /// Up to 6.x it is the npm client.
    @Test(arguments: ["ptz-dome", "fixed-box"])
    func version6TakesTheCamera(persona: String) async throws {
        try await OnboardingClient.onboard(AgshTests.dialect, on: persona) { client in
            let (media, _) = try await AgshTests.connect(client)
            try await Self.adopt(client, try await AgshTests.activeSources(client, at: media), media: media)
            let interfaces = try await client.call("<tds:GetNetworkInterfaces/>")
            #expect(interfaces.at("NetworkInterfaces", "Info", "HwAddress") != nil)
            let scopes = try await client.call("<tds:GetScopes/>").children("Scopes")
            #expect(
                scopes.contains { $0.at("ScopeItem")?.trimmedText.hasPrefix("onvif://www.onvif.org/name/") == true })
        }
    }

    /// From 7.x on it is code of its own, which also knocks at fixed paths.
    @Test(arguments: ["ptz-dome", "bullet-s"])
    func version7TakesTheCamera(persona: String) async throws {
        try await OnboardingClient.onboard(AgshTests.dialect, on: persona) { client in
            try await client.adoptTime()
            try await client.call(
                "<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>")
            let capabilities = try await client.call(OnboardingClient.capabilities)
            let fixed = client.camera.deviceService.replacing("device_service", with: "media_service")
            try await Self.adopt(client, try await client.profiles(at: fixed), media: fixed)
            let events = try client.address(of: "Events", in: capabilities)
            let created = try await client.call(OnboardingClient.createPullPoint("PT60S"), at: events)
            let pullPoint = try client.subscription(in: created)
            try await client.call(OnboardingClient.pull(limit: 10, timeout: "PT0S"), at: pullPoint)
            try await client.call("<wsnt:Unsubscribe/>", at: pullPoint)
        }
    }

    /// Without a limit of the frame rate it reports an error of its own and gives up.
    @Test func missesTheFrameRateLimitOfACameraWithoutOne() async throws {
        try await OnboardingClient.onboard(AgshTests.dialect, on: "no-name") { client in
            for profile in try await client.profiles(at: client.camera.deviceService) {
                #expect(profile.at("VideoEncoderConfiguration", "RateControl") == nil)
            }
        }
    }

    /// Two cameras of one process must not look like one device.
    @Test func twoCamerasHaveTwoHardwareAddresses() async throws {
        try await OnboardingClient.onboard(AgshTests.dialect, on: "fixed-box") { first in
            try await OnboardingClient.onboard(AgshTests.dialect, on: "fixed-box") { second in
                var addresses: Set<String> = []
                for client in [first, second] {
                    let interfaces = try await client.call("<tds:GetNetworkInterfaces/>")
                    addresses.insert(try #require(interfaces.at("NetworkInterfaces", "Info", "HwAddress")).trimmedText)
                }
                #expect(addresses.count == 2)
            }
        }
    }
}
