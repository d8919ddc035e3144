import Emulator
import HTTP
import ONVIF
import Testing
import XML

/// ONVIF Device Manager and the ONVIF Device Test Tool, both .NET: the time first, no SOAPAction.
///
/// Source: lumeohq/onvif-rs#121, p10tyr/rtsp-to-onvif#20, jimm98y/SharpOnvif#1.
@Suite(.timeLimit(.minutes(5))) struct DeviceManagerTests {
    private static let manager = ClientDialect(
        body: .unprefixed, signing: .plainToken, created: .milliseconds,
        contentType: "application/soap+xml; charset=utf-8")
    private static let testTool = ClientDialect(
        body: .unprefixed, signing: .digest, contentType: "application/soap+xml; charset=utf-8")

    /// It signs with the camera's own time, so that a wrong clock does not matter.
    @Test(arguments: ["ptz-dome", "wall-clock", "old-s-only"])
    func theDeviceManagerTakesTheCamera(persona: String) async throws {
        try await OnboardingClient.onboard(Self.manager, on: persona) { client in
            try await client.adoptTime()
            if persona == "wall-clock" { #expect(abs(client.timeShift - 7200) < 60) }
            let scopes = try await client.call("<tds:GetScopes/>").children("Scopes")
            for part in ["Profile/", "type/", "hardware/", "name/", "location/"] {
                #expect(
                    scopes.contains {
                        $0.at("ScopeItem")?.trimmedText.hasPrefix("onvif://www.onvif.org/\(part)") == true
                    })
            }
            try await client.call("<tds:GetNetworkInterfaces/>")
            try await client.call("<tds:GetDeviceInformation/>")
            let capabilities = try await client.call(OnboardingClient.capabilities)
            let media = try client.address(of: "Media", in: capabilities)
            let token = try #require(try await client.profiles(at: media).first).profileToken()
            try await client.call(OnboardingClient.streamURI(token), at: media)
        }
    }

    /// Requests come to the device service without a word of what they are; the first element of the body tells.
    @Test(arguments: ["ptz-dome", "fixed-box", "turret-t"])
    func theTestToolTakesTheCamera(persona: String) async throws {
        try await OnboardingClient.onboard(Self.testTool, on: persona) { client in
            try await client.adoptTime()
            let services = try await client.call(
                "<tds:GetServices><tds:IncludeCapability>true</tds:IncludeCapability></tds:GetServices>")
            for service in services.children("Service") {
                let namespace = try #require(service.at("Namespace")?.trimmedText)
                let prefix = try #require(XMLNamespace.messages.first { $0.uri == namespace }?.prefix)
                try await client.call(
                    "<\(prefix):GetServiceCapabilities/>", at: try #require(service.at("XAddr")?.trimmedText))
            }
            try await client.call("<tds:GetUsers/>")
        }
    }
}
