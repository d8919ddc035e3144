import Emulator
import HTTP
import ONVIF
import Testing
import XML

/// Frigate: PTZ control and autotracking by zeep, streams from its own file.
///
/// Source: blakeblackshear/frigate, ptz/onvif and api/camera.
@Suite(.timeLimit(.minutes(5))) struct FrigateTests {
    private static let dialect = ClientDialect(
        body: .numbered, signing: .prefixedToken, created: .offset, addresses: true, namesAction: true,
        contentType: "application/soap+xml; charset=utf-8; action=\"%\"")

    @Test(arguments: ["ptz-dome", "budget-ptz"])
    func takesThePTZCameraAndTracks(persona: String) async throws {
        try await OnboardingClient.onboard(Self.dialect, on: persona) { client in
            let capabilities = try await client.call(OnboardingClient.capabilities)
            let (media, ptz) = (
                try client.address(of: "Media", in: capabilities), try client.address(of: "PTZ", in: capabilities)
            )
            let profile = try #require(
                try await client.profiles(at: media).first { profile in
                    profile.at("VideoEncoderConfiguration") != nil
                        && profile.at("PTZConfiguration", "DefaultContinuousPanTiltVelocitySpace") != nil
                })
            let token = try profile.profileToken()
            let reference = "<tptz:ProfileToken>\(token)</tptz:ProfileToken>"
            let sources = try await client.call("<trt:GetVideoSources/>", at: media)
            let source = try #require(sources.children("VideoSources").first?.attribute("token"))
            let configuration = try #require(profile.at("PTZConfiguration")?.attribute("token"))
            let options = try await client.call(
                """
                <tptz:GetConfigurationOptions><tptz:ConfigurationToken>\(configuration)</tptz:ConfigurationToken>\
                </tptz:GetConfigurationOptions>
                """, at: ptz)
            let spaces = options.at("PTZConfigurationOptions", "Spaces")
            #expect(spaces?.at("ContinuousPanTiltVelocitySpace") != nil)
            let fieldOfView = spaces?.children("RelativePanTiltTranslationSpace").compactMap {
                $0.at("URI")?.trimmedText
            }.first { $0.contains("TranslationSpaceFov") }
            let status = try await client.call("<tptz:GetStatus>\(reference)</tptz:GetStatus>", at: ptz)
            #expect(status.at("PTZStatus", "MoveStatus", "PanTilt")?.trimmedText == "IDLE")
            let presets = try await client.call("<tptz:GetPresets>\(reference)</tptz:GetPresets>", at: ptz)
            // It names presets in lower case and skips those without a name.
            if persona == "budget-ptz" {
                #expect(presets.children("Preset").count == 300)
                #expect(presets.children("Preset").contains { $0.at("Name")?.trimmedText.isEmpty != false })
            }
            if capabilities.at("Capabilities", "Imaging") != nil {
                try await client.call(
                    """
                    <timg:GetImagingSettings><timg:VideoSourceToken>\(source)</timg:VideoSourceToken>\
                    </timg:GetImagingSettings>
                    """, at: try client.address(of: "Imaging", in: capabilities))
            }
            let service = try await client.call("<tptz:GetServiceCapabilities/>", at: ptz)
            #expect(service.at("Capabilities")?.attribute("MoveStatus") == "true")
            try await client.call(
                """
                <tptz:RelativeMove>\(reference)<tptz:Translation>\
                <tt:PanTilt x="0.01" y="0" space="\(try #require(fieldOfView))"/></tptz:Translation></tptz:RelativeMove>
                """, at: ptz)
            var moving = true
            while moving {
                let status = try await client.call("<tptz:GetStatus>\(reference)</tptz:GetStatus>", at: ptz)
                moving = status.at("PTZStatus", "MoveStatus", "PanTilt")?.trimmedText != "IDLE"
            }
        }
    }

    /// The wizard asks for presets and spaces even where there is no head, and lives with the refusal.
    @Test func itsWizardLearnsThatABoxDoesNotMove() async throws {
        try await OnboardingClient.onboard(Self.dialect, on: "fixed-box") { client in
            try await client.call("<tds:GetDeviceInformation/>")
            let profiles = try await client.profiles(at: client.camera.deviceService)
            let refused = try await client.send("<tptz:GetServiceCapabilities/>")
            #expect(OnboardingClient.fault(in: refused) == "ter:ActionNotSupported")
            let token = try #require(profiles.first).profileToken()
            let stream = try await client.call(OnboardingClient.streamURI(token))
            #expect(stream.at("MediaUri", "Uri") != nil)
        }
    }
}
