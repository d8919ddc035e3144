import Emulator
import HTTP
import ONVIF
import Testing
import XML

/// The npm package `onvif`, and Scrypted, which is built on it: no prefixes in body and security header, milliseconds.
///
/// Source: agsh/onvif, lib/cam and lib/events; koush/scrypted, plugins/onvif.
@Suite(.timeLimit(.minutes(5))) struct AgshTests {
    static let dialect = ClientDialect(
        body: .unprefixed, signing: .plainToken, created: .milliseconds, contentType: "application/soap+xml")

    /// What `connect` does: time, services or capabilities, profiles and sources.
    ///
    /// - Returns: the addresses of the media and the event service.
    static func connect(_ client: OnboardingClient) async throws -> (media: String, events: String) {
        let time = try await client.send("<tds:GetSystemDateAndTime/>", signed: false)
        if time.status == 200 {
            try await client.adoptTime()
        } else {
            // Some devices tell the time only to who signs; the clock is then taken to be right.
            #expect(time.status == 401 || OnboardingClient.fault(in: time) == "ter:NotAuthorized")
            try await client.call("<tds:GetSystemDateAndTime/>")
        }
        let asked = try await client.send(
            "<tds:GetServices><tds:IncludeCapability>true</tds:IncludeCapability></tds:GetServices>")
        if asked.status == 200, !asked.body.isEmpty {
            let services = try #require(try XMLParser.parse(asked.body).child("Body")?.children.first)
            func address(_ namespace: XMLNamespace) throws -> String {
                try #require(
                    services.children("Service").first { $0.at("Namespace")?.trimmedText == namespace.uri }?.at(
                        "XAddr")?
                        .trimmedText)
            }
            return (try address(.trt), try address(.tev))
        }
        let capabilities = try await client.call(OnboardingClient.capabilities)
        return (
            try client.address(of: "Media", in: capabilities), try client.address(of: "Events", in: capabilities)
        )
    }

    /// Every source must have a profile of its own, which the package looks for by the source's token.
    static func activeSources(_ client: OnboardingClient, at media: String) async throws -> [XMLElement] {
        let profiles = try await client.profiles(at: media)
        let sources = try await client.call("<trt:GetVideoSources/>", at: media).children("VideoSources")
        for source in sources {
            #expect(
                profiles.contains {
                    $0.at("VideoSourceConfiguration", "SourceToken")?.trimmedText == source.attribute("token")
                })
        }
        return profiles
    }

    @Test(arguments: ["ptz-dome", "old-s-only", "reserved", "wall-clock", "panorama", "nvr-8"])
    func theNodePackageConnects(persona: String) async throws {
        try await OnboardingClient.onboard(Self.dialect, on: persona) { client in
            let (media, events) = try await Self.connect(client)
            _ = try await Self.activeSources(client, at: media)
            let created = try await client.call("<tev:CreatePullPointSubscription/>", at: events)
            let pullPoint = try client.subscription(in: created)
            try await client.call(OnboardingClient.pull(limit: 1, timeout: "PT0S"), at: pullPoint)
            try await client.call(OnboardingClient.renew("PT120S"), at: pullPoint)
            try await client.call("<wsnt:Unsubscribe/>", at: pullPoint)
        }
    }

    @Test(arguments: ["ptz-dome", "fixed-box"])
    func scryptedTakesTheCamera(persona: String) async throws {
        try await OnboardingClient.onboard(Self.dialect, on: persona) { client in
            let (media, events) = try await Self.connect(client)
            let profiles = try await Self.activeSources(client, at: media)
            let capabilities = try await client.call(OnboardingClient.capabilities)
            #expect(capabilities.at("Capabilities", "Events", "WSPullPointSupport")?.trimmedText == "true")
            let created = try await client.call("<tev:CreatePullPointSubscription/>", at: events)
            let properties = try await client.call("<tev:GetEventProperties/>", at: events)
            #expect(properties.at("TopicSet")?.children.isEmpty == false)
            try await client.call("<trt:GetServiceCapabilities/>", at: media)
            let token = try #require(profiles.first).profileToken()
            let options = try await client.call(
                """
                <trt:GetVideoEncoderConfigurationOptions><trt:ProfileToken>\(token)</trt:ProfileToken>\
                </trt:GetVideoEncoderConfigurationOptions>
                """, at: media)
            #expect(options.at("Options", "H264", "ResolutionsAvailable") != nil)
            for request in [OnboardingClient.streamURI(token), OnboardingClient.snapshotURI(token)] {
                #expect(try await client.call(request, at: media).at("MediaUri", "Uri") != nil)
            }
            try await client.call("<trt:GetOSDs/>", at: media)
            try await client.call("<wsnt:Unsubscribe/>", at: try client.subscription(in: created))
        }
    }

    /// Such a camera answers nothing, and the package stops there.
    @Test func scryptedStopsWhereThereIsNoGetVideoSources() async throws {
        try await OnboardingClient.onboard(Self.dialect, on: "no-name") { client in
            let (media, _) = try await Self.connect(client)
            #expect(try await !client.profiles(at: media).isEmpty)
            let sources = try await client.send("<trt:GetVideoSources/>", at: media)
            #expect(sources.status == 200)
            #expect(sources.body.isEmpty)
        }
    }
}
