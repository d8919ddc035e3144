import Emulator
import Foundation
import HTTP
import ONVIF
import Testing
import XML

/// ZoneMinder listens to events alone, by gSOAP: digest first, WS-Addressing if it was configured.
///
/// Source: ZoneMinder/zoneminder, src/zm_monitor_onvif.cpp.
@Suite(.timeLimit(.minutes(5))) struct ZoneMinderTests {
    @Test(arguments: ["ptz-dome", "old-s-only", "budget-ptz"], [true, false])
    func listensToTheCamera(persona: String, addresses: Bool) async throws {
        let dialect = ClientDialect(
            body: .declared, signing: .prefixedToken, created: .seconds, addresses: addresses, namesAction: true,
            contentType: "application/soap+xml; charset=utf-8; action=\"%\"")
        try await OnboardingClient.onboard(dialect, on: persona) { client in
            let url = client.camera.deviceService.replacing("device_service", with: "Events")
            let created = try await client.call(OnboardingClient.createPullPoint("PT300S"), at: url)
            let pullPoint = try client.subscription(in: created)
            let first = try await client.call(OnboardingClient.pull(limit: 10, timeout: "PT8S"), at: pullPoint)
            #expect(!first.children("NotificationMessage").isEmpty)
            #expect(first.children("NotificationMessage").count <= 10)
            let renewed = try await client.call(OnboardingClient.renew("PT300S"), at: pullPoint)
            #expect(renewed.at("TerminationTime") != nil)
            // It also renews by a time rather than a duration, where devices want that.
            let end = XSDateTime.string(try #require(Self.end(of: renewed)) + 60)
            try await client.call(OnboardingClient.renew(end), at: pullPoint)
            try await client.call("<wsnt:Unsubscribe/>", at: pullPoint)
        }
    }

    /// Where the camera has one pull point, a second listener is told so, and served after the first is gone.
    @Test func aSecondOneWaitsForTheOnlyPullPoint() async throws {
        try await OnboardingClient.onboard(ClientDialect(), on: "budget-ptz") { client in
            let url = client.camera.deviceService
            let first = try client.subscription(
                in: try await client.call(OnboardingClient.createPullPoint("PT300S"), at: url))
            #expect(try await client.send(OnboardingClient.createPullPoint("PT300S"), at: url).status != 200)
            try await client.call("<wsnt:Unsubscribe/>", at: first)
            try await client.call(OnboardingClient.createPullPoint("PT300S"), at: url)
        }
    }

    private static func end(of renewed: XMLElement) -> Date? {
        renewed.at("TerminationTime").flatMap { XSDateTime.parse($0.trimmedText) }
    }
}
