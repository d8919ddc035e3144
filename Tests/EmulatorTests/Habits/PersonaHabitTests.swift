import Authentication
import Foundation
import NIOCore
import NIOPosix
import ONVIF
import Testing
import XML

@testable import Emulator

/// Each habit shows on a device that has it and on no other.
@Suite(.timeLimit(.minutes(5))) struct PersonaHabitTests {
    /// A moment when there is no motion by the dome's schedule, 10 seconds after it began.
    private static let now = Date(timeIntervalSince1970: 1_780_000_010)

    /// How to see a habit: true where it shows.
    private static let signs: [String: @Sendable (Bench) async throws -> Bool] = [
        "bare-404-for-unknown-operations": { try await $0.ask("<tds:GetNothing/>").status == 404 },
        "bare-500-for-unknown-operations": { bench in
            let reply = try await bench.ask("<tds:GetNothing/>")
            return reply.status == 500 && reply.body.isEmpty
        },
        "empty-answer-for-unknown-operations": { bench in
            let reply = try await bench.ask("<tds:GetNothing/>")
            return reply.status == 200 && reply.body.isEmpty
        },
        "clock-in-local-time": { bench in
            let hour = try await bench.answer("<tds:GetSystemDateAndTime/>").at(
                "SystemDateAndTime", "UTCDateTime", "Time", "Hour")
            let parts = XSDateTime.Parts(secondsSince1970: Int64(now.timeIntervalSince1970))
            #expect(try await bench.ask("<tds:GetUsers/>").status == (hour?.text == "\(parts.hour)" ? 200 : 400))
            return hour?.text == "\((parts.hour + 2) % 24)"
        },
        "digits-for-booleans": { try await $0.pulledValues().isSubset(of: ["0", "1"]) },
        "motion-without-end": { try await !$0.pulledTopics().contains("tns1:VideoSource/MotionAlarm") },
        "gaps-in-presets": { bench in
            let profile = try #require(
                try await bench.answer("<trt:GetProfiles/>").children("Profiles").first?.attribute("token"))
            let presets = try await bench.answer(
                "<tptz:GetPresets><tptz:ProfileToken>\(profile)</tptz:ProfileToken></tptz:GetPresets>"
            ).children("Preset")
            let tokens = presets.compactMap { $0.attribute("token") }
            #expect(Set(tokens).count == tokens.count)
            return presets.count == 300 && !tokens.contains("Preset_7") && tokens.contains("Preset_8")
                && presets.contains { $0.child("Name")?.text.isEmpty != false }
        },
        "inner-address-in-stream-uris": { bench in
            let profile = try #require(
                try await bench.answer("<trt:GetProfiles/>").children("Profiles").first?.attribute("token"))
            let uri = try await bench.answer(OnboardingClient.streamURI(profile)).at("MediaUri", "Uri")?.text
            return uri?.hasPrefix("rtsp://192.0.2.88:") == true
        },
        "inner-address-in-xaddrs": { bench in
            let capabilities = try await bench.answer(OnboardingClient.capabilities)
            return capabilities.at("Capabilities", "Media", "XAddr")?.text.hasPrefix("http://192.0.2.88:80/") == true
        },
        "minds-prefixes-of-requests": { bench in
            let plain = "<GetUsers xmlns=\"\(XMLNamespace.tds.uri)\"/>"
            #expect(try await bench.ask(plain).status == 200)
            return try await bench.ask("<tds:GetUsers/>").status == 400
        },
        "minds-prefixes-of-security": { bench in
            #expect(try await bench.ask("<tds:GetUsers/>").status == 200)
            return try await bench.ask("<tds:GetUsers/>", prefix: "wsse").status == 401
        },
        "no-frame-rate-limit": { bench in
            let profile = try await bench.answer("<trt:GetProfiles/>").children("Profiles").first
            #expect(profile?.at("VideoEncoderConfiguration", "Resolution") != nil)
            return profile?.at("VideoEncoderConfiguration", "RateControl") == nil
        },
        "no-get-services": { bench in
            #expect(try await bench.ask(OnboardingClient.capabilities).status == 200)
            return try await bench.isUnknown(
                "<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>")
        },
        "no-get-video-sources": { try await $0.isUnknown("<trt:GetVideoSources/>") },
        "time-wants-credentials": { bench in
            #expect(try await bench.ask("<tds:GetSystemDateAndTime/>").status == 200)
            return try await bench.ask("<tds:GetSystemDateAndTime/>", isSigned: false).status == 401
        },
    ]

    @Test(arguments: PersonaHabit.all.map(\.name))
    func aHabitShowsWhereItIsAndNowhereElse(name: String) async throws {
        let habit = try #require(PersonaHabit.all.first { $0.name == name })
        let sign = try #require(Self.signs[name])
        #expect(try await sign(Bench([habit])))
        #expect(try await !sign(Bench([])))
    }

    @Test func aTokenIsTakenAgainWhereReplaysAreNotChecked() async throws {
        for checks in [true, false] {
            let bench = try Bench([]) { $0.access.checksReplay = checks }
            #expect(try await bench.ask("<tds:GetUsers/>", nonce: "same").status == 200)
            #expect(try await bench.ask("<tds:GetUsers/>", nonce: "same").status == (checks ? 400 : 200))
        }
    }

    /// A device without sockets.
    final class Bench: Sendable {
        private let device: Device

        init(_ habits: [PersonaHabit], _ change: (inout DeviceModel) -> Void = { _ in }) throws {
            var model = try Personas.profile("ptz-dome").model
            change(&model)
            let identity = DeviceIdentity(
                uuid: UUID(), serialNumber: "GE1", hardwareAddress: "02:00:00:00:00:01", address: "127.0.0.1",
                httpPort: 80, rtspPort: 554)
            let state = DeviceState(
                model: model, identity: identity,
                users: [User(name: "admin", password: "Secret-1", level: .administrator)], now: now)
            device = Device(
                state: state, loop: MultiThreadedEventLoopGroup.singleton.any(),
                surroundings: Device.Surroundings(
                    now: { now }, perform: { _ in }, notify: { _ in }, snapshot: { _ in nil }),
                habits: habits)
        }

        func ask(
            _ body: String, at path: String = "/onvif/device_service", isSigned: Bool = true, prefix: String = "",
            nonce: String = UUID().uuidString
        ) async throws -> HTTPReply {
            let declarations = XMLNamespace.messages.filter { $0.prefix != "env" }
                .map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")
            let message = """
                <Envelope xmlns="\(XMLNamespace.env.uri)" \(declarations)>\
                <Header>\(isSigned ? Self.token(nonce, prefix) : "")</Header><Body>\(body)</Body></Envelope>
                """
            let request = Emulator.HTTPRequest(
                method: "POST", target: path, host: "camera", authorization: nil, body: Array(message.utf8))
            switch await device.take(request) {
            case .now(let reply): return reply
            case .later(let future): return try await future.get()
            case .none: throw NoAnswer()
            }
        }

        private struct NoAnswer: Error {}

        func answer(_ body: String, at path: String = "/onvif/device_service") async throws -> XMLElement {
            let reply = try await ask(body, at: path)
            return try #require(try XMLParser.parse(reply.body).child("Body")?.children.first)
        }

        func isUnknown(_ body: String) async throws -> Bool {
            String(decoding: try await ask(body).body, as: UTF8.self).contains("ter:ActionNotSupported")
        }

        private func pulled() async throws -> [XMLElement] {
            let created = try await answer("<tev:CreatePullPointSubscription/>")
            let address = try #require(created.at("SubscriptionReference", "Address")?.text)
            let path = try #require(URL(string: address)?.path)
            return try await answer(OnboardingClient.pull(limit: 100, timeout: "PT0S"), at: path)
                .children("NotificationMessage")
        }

        func pulledTopics() async throws -> [String] {
            let messages = try await pulled()
            #expect(!messages.isEmpty)
            return messages.compactMap { $0.child("Topic")?.text }
        }

        /// What properties of yes and no say.
        func pulledValues() async throws -> Set<String> {
            let values = try await pulled().compactMap { message in
                message.at("Message", "Message", "Data")?.children.first { $0.attribute("Name") == "State" }?
                    .attribute("Value")
            }
            #expect(!values.isEmpty)
            return Set(values)
        }

        private static func token(_ nonce: String, _ prefix: String) -> String {
            let created = XSDateTime.string(now)
            let digest = UsernameTokenChecker.digest(
                nonce: Array(nonce.utf8), created: created, password: "Secret-1")
            let (name, declaration) =
                prefix.isEmpty ? ("Security", "xmlns") : ("\(prefix):Security", "xmlns:\(prefix)")
            let inner = prefix.isEmpty ? "" : " xmlns=\"\(XMLNamespace.securityURI)\""
            return """
                <\(name) \(declaration)="\(XMLNamespace.securityURI)"><UsernameToken\(inner)><Username>admin</Username>\
                <Password Type="\(UsernameTokenChecker.digestType)">\(digest)</Password>\
                <Nonce>\(Data(nonce.utf8).base64EncodedString())</Nonce>\
                <Created xmlns="\(XMLNamespace.securityUtilityURI)">\(created)</Created></UsernameToken></\(name)>
                """
        }
    }
}

extension Device {
    fileprivate func take(_ request: Emulator.HTTPRequest) -> HTTPAnswer { answer(request) }
}
