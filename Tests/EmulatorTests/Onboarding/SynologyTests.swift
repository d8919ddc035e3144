import Emulator
import HTTP
import ONVIF
import Testing
import XML

/// Synology Surveillance Station, which tries whether profiles can be made and shows the camera as disconnected if not.
///
/// Source: roleoroleo/yi-hack-MStar#540 and #88, roleoroleo/yi-hack-Allwinner-v2#843.
@Suite(.timeLimit(.minutes(5))) struct SynologyTests {
    private static let dialect = ClientDialect(
        body: .declared, signing: .prefixedToken, created: .seconds, contentType: "application/soap+xml; charset=utf-8")
    private static let createProfile =
        "<trt:CreateProfile><trt:Name>SynoTest</trt:Name><trt:Token>SynoTest</trt:Token></trt:CreateProfile>"

    @Test(arguments: ["ptz-dome", "old-s-only"], ["text/xml", "application/xml; charset=utf-8"])
    func takesTheCamera(persona: String, contentType: String) async throws {
        try await OnboardingClient.onboard(Self.dialect, on: persona) { client in
            try await client.adoptTime()
            let capabilities = try await client.call(OnboardingClient.capabilities)
            let media = try client.address(of: "Media", in: capabilities)
            try await client.call("<tds:GetDeviceInformation/>")
            let profiles = try await client.profiles(at: media)
            for token in try profiles.map({ try $0.profileToken() }) {
                for request in [OnboardingClient.streamURI(token), OnboardingClient.snapshotURI(token)] {
                    #expect(try await client.call(request, at: media).at("MediaUri", "Uri") != nil)
                }
                try await client.call(
                    """
                    <trt:GetVideoEncoderConfigurationOptions><trt:ProfileToken>\(token)</trt:ProfileToken>\
                    </trt:GetVideoEncoderConfigurationOptions>
                    """, at: media)
            }
            // Once without credentials, as plain XML: refused in words, and nothing is made.
            let anonymous = try await client.send(
                Self.createProfile, at: media, signed: false, contentType: contentType)
            #expect(anonymous.status == 401 || anonymous.status == 400)
            #expect(OnboardingClient.fault(in: anonymous) == "ter:NotAuthorized")
            // The media type of a signed one does not matter either.
            let created = try await client.send(Self.createProfile, at: media, contentType: contentType)
            #expect(created.status == 200)
            #expect(try await client.profiles(at: media).count == profiles.count + 1)
            try await client.call(
                "<trt:DeleteProfile><trt:ProfileToken>SynoTest</trt:ProfileToken></trt:DeleteProfile>", at: media)
            #expect(try await client.profiles(at: media).count == profiles.count)
            let events = try client.address(of: "Events", in: capabilities)
            let pullPoint = try client.subscription(
                in: try await client.call(OnboardingClient.createPullPoint("PT60S"), at: events))
            try await client.call(OnboardingClient.pull(limit: 10, timeout: "PT0S"), at: pullPoint)
        }
    }
}
