import Emulator
import Foundation
import HTTP
import ONVIF
import Testing
import XML

/// go2rtc, which reads answers by regular expressions that stop at line ends, and takes nothing but HTTP 200.
///
/// Source: AlexxIT/go2rtc, pkg/onvif/client and pkg/onvif/envelope.
@Suite(.timeLimit(.minutes(5))) struct Go2rtcTests {
    private static let dialect = ClientDialect(
        body: .declared, signing: .prefixedToken, created: .nanoseconds,
        contentType: "application/soap+xml;charset=utf-8")

    @Test(arguments: ["ptz-dome", "old-s-only", "bullet-s", "nat-bullet"])
    func takesTheCamera(persona: String) async throws {
        try await OnboardingClient.onboard(Self.dialect, on: persona) { client in
            let base = client.camera.deviceService.replacing("/onvif/device_service", with: "")
            let capabilities = try await Self.text(client, OnboardingClient.capabilities)
            // Of an address it keeps the path alone, so that it finds cameras behind routers.
            let media = base + (Self.path(after: "Media", in: capabilities) ?? "/onvif/media_service")
            let imaging = base + (Self.path(after: "Imaging", in: capabilities) ?? "/onvif/imaging_service")
            let information = try await Self.text(client, "<tds:GetDeviceInformation/>")
            #expect(information.firstMatch(of: /Manufacturer>([^<]+)</)?.1 == "Glasseye")
            let profiles = try await Self.text(client, "<trt:GetProfiles/>", at: media)
            let tokens = profiles.matches(of: /Profiles.+?token="([^"]+)/).map { String($0.1) }
            #expect(!tokens.isEmpty)
            let service = try await Self.text(client, "<trt:GetServiceCapabilities/>", at: media)
            #expect(service.contains("SnapshotUri=\"true\""))
            for token in tokens.prefix(1) {
                let stream = try await Self.text(client, OnboardingClient.streamURI(token), at: media)
                #expect(stream.firstMatch(of: /Uri>(rtsp:[^<]+)</) != nil)
                // It asks the imaging service for the picture.
                let snapshot = try await Self.text(client, OnboardingClient.snapshotURI(token), at: imaging)
                #expect(snapshot.firstMatch(of: /Uri>(http:[^<]+)</) != nil)
            }
        }
    }

    private static func text(
        _ client: OnboardingClient, _ request: String, at url: String? = nil
    ) async throws -> String {
        let response = try await client.send(request, at: url)
        #expect(response.status == 200, "\(request)")
        return String(decoding: response.body, as: UTF8.self)
    }

    private static func path(after service: String, in text: String) -> String? {
        guard let start = text.range(of: "\(service)>"),
            let match = text[start.upperBound...].firstMatch(of: /XAddr>([^<\n]+)</)
        else { return nil }
        return URL(string: String(match.1))?.path
    }
}
