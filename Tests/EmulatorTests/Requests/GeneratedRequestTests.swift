import Authentication
import Crypto
import Definitions
import Foundation
import NIOCore
import NIOPosix
import ONVIF
import Testing
import XML

@testable import Emulator

/// Requests made from the official declarations against every device profile: whatever comes, the device answers with a
/// valid response or a proper fault, and a fault changes nothing.
///
/// `GLASSEYE_REQUEST_SECONDS` lets `aStormOfRequests…` run that long instead of its fixed number of requests, with a seed
/// of its own each time (`GLASSEYE_REQUEST_SEED` repeats one).
@Suite(.timeLimit(.minutes(60))) struct GeneratedRequestTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The WSDL files of the services that a camera may offer, with the path to which requests go.
    private static let services: [(file: String, portTypes: Set<String>?, path: String)] = [
        ("ver10/device/wsdl/devicemgmt.wsdl", nil, Service.device.path),
        ("ver10/events/wsdl/event.wsdl", nil, Service.events.path),
        ("schema/common/bw-2.wsdl", ["NotificationProducer", "SubscriptionManager"], Service.events.path),
        ("ver10/media/wsdl/media.wsdl", nil, Service.media.path),
        ("ver20/media/wsdl/media.wsdl", nil, Service.media2.path), ("ver20/ptz/wsdl/ptz.wsdl", nil, Service.ptz.path),
        ("ver20/imaging/wsdl/imaging.wsdl", nil, Service.imaging.path),
        ("ver10/deviceio.wsdl", nil, Service.deviceIO.path),
        ("ver20/analytics/wsdl/analytics.wsdl", nil, Service.analytics.path),
        ("ver10/advancedsecurity/wsdl/advancedsecurity.wsdl", nil, Service.security.path),
        ("ver10/thermal/wsdl/thermal.wsdl", nil, Service.thermal.path),
        ("ver10/receiver.wsdl", nil, Service.receiver.path),
    ]

    /// Sound requests for each operation beside one of every trial, and how many of the operations that the device has must
    /// have been performed at least once.
    private static let soundRequests = 3
    private static let performedShare = 0.75

    private static let definitions = Result { try Definitions() }

    /// The device profiles that ship.
    static let profiles: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Profiles").path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    @Test(arguments: profiles)
    func everyTrialOfEveryOperationIsAnsweredOrRefused(profile: String) async throws {
        let bench = try await RequestBench(profile: Self.root.appending(path: "Profiles/\(profile)").path)
        let definitions = try Self.definitions.get()
        var generator = RequestGenerator(definitions, seed: 1)
        try await bench.warmUp(&generator)
        for service in Self.services {
            for operation in definitions.operations(of: service.file, portTypes: service.portTypes) {
                let sound = Array(repeating: RequestGenerator.Trial.sound, count: Self.soundRequests)
                for trial in sound + RequestGenerator.Trial.allCases {
                    try await bench.put(generator.request(for: operation, trial), to: service.path, &generator)
                }
            }
        }
        // Requests that are all refused try nothing but the refusals.
        let share = Double(bench.performed.count) / Double(bench.performed.count + bench.neverPerformed.count)
        #expect(share > Self.performedShare, "never performed: \(bench.neverPerformed)")
        await bench.end()
    }

    /// Each value of each request once at and once beyond its bound, on the device with the most features.
    @Test func everyValueIsTriedAtAndBeyondItsBound() async throws {
        let bench = try await RequestBench(profile: Self.root.appending(path: "Profiles/ptz-dome.yaml").path)
        let definitions = try Self.definitions.get()
        var generator = RequestGenerator(definitions, seed: 2)
        try await bench.warmUp(&generator)
        for service in Self.services {
            for operation in definitions.operations(of: service.file, portTypes: service.portTypes) {
                for trial in [RequestGenerator.Trial.atBound, .beyondBound] {
                    for request in generator.requests(forEachValueOf: operation, trial) {
                        try await bench.put(request, to: service.path, &generator)
                    }
                }
            }
        }
        await bench.end()
    }

    /// Operations in any order, so that requests meet the states that others left.
    @Test func aStormOfRequestsLeavesTheDeviceAnswering() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seconds = environment["GLASSEYE_REQUEST_SECONDS"].flatMap(Double.init)
        let seed =
            environment["GLASSEYE_REQUEST_SEED"].flatMap(UInt64.init)
            ?? (seconds == nil ? 3 : .random(in: 1...9_999_999))
        let definitions = try Self.definitions.get()
        let operations = Self.services.flatMap { service in
            definitions.operations(of: service.file, portTypes: service.portTypes).map { ($0, service.path) }
        }
        var order = SeededGenerator(seed: seed)
        var generator = RequestGenerator(definitions, seed: seed)
        let end = seconds.map { ContinuousClock.now.advanced(by: .seconds($0)) }
        var count = 0
        while end.map({ ContinuousClock.now < $0 }) ?? (count < Self.storm) {
            let profile = try #require(Self.profiles.randomElement(using: &order))
            let bench = try await RequestBench(profile: Self.root.appending(path: "Profiles/\(profile)").path)
            try await bench.warmUp(&generator)
            for _ in 0..<Self.stormOfOneDevice {
                let (operation, path) = try #require(operations.randomElement(using: &order))
                let trial = try #require(RequestGenerator.Trial.allCases.randomElement(using: &order))
                try await bench.put(generator.request(for: operation, trial), to: path, &generator)
                count += 1
            }
            await bench.end()
        }
        if seconds != nil { print("\(count) requests, seed \(seed)") }
    }

    /// Requests of the bounded storm, and how many of them one device gets.
    private static let storm = 3_000
    private static let stormOfOneDevice = 500
}

/// A device without sockets that requests are put to, and the judge of its answers.
private final class RequestBench {
    private static let user = "admin"
    private static let password = "Secret-1"
    private static let schema = Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["GLASSEYE_SCHEMAS"]
        return try XMLSchema(folder: named ?? root.appending(path: ".schemas").path)
    }
    /// Profiles are read once: their recordings are large.
    private static let profiles = ProfileCache()

    private let profile: CameraProfile
    private let loop: any EventLoop
    private var device: Device
    private var number = 0
    /// The state as text after the last request; nil before the first one.
    private var described: String?
    /// Where the latest subscription is managed.
    private var subscription: String?
    /// How often each operation was performed, and why it was refused last where it is not one that the device lacks.
    private(set) var performed: [String: Int] = [:]
    private var refused: [String: String] = [:]

    init(profile path: String) async throws {
        profile = try await Self.profiles.profile(path)
        loop = MultiThreadedEventLoopGroup.singleton.next()
        device = Self.device(profile, on: loop)
    }

    private static func device(_ profile: CameraProfile, on loop: any EventLoop) -> Device {
        let now = Date(timeIntervalSince1970: 1_780_000_000)
        let identity = DeviceIdentity(
            model: profile.model, settings: CameraSettings(password: password), httpPort: 8080, rtspPort: 8554)
        let state = DeviceState(
            model: profile.model, identity: identity,
            users: [User(name: user, password: password, level: .administrator)], now: now)
        let surroundings = Device.Surroundings(
            now: { now }, perform: { _ in }, notify: { _ in }, snapshot: { _ in nil })
        return Device(state: state, loop: loop, surroundings: surroundings)
    }

    /// Asks what the device has, so that requests name things that are there.
    func warmUp(_ generator: inout RequestGenerator) async throws {
        let subscribe = XMLElement(namespace: XMLNamespace.tev.uri, name: "CreatePullPointSubscription")
        try await put(subscribe, to: Service.events.path, &generator)
        for entry in Operations.all where entry.name.hasPrefix("Get") {
            let request = XMLElement(namespace: entry.namespace.uri, name: entry.name)
            try await put(request, to: entry.service.path, &generator)
        }
    }

    func end() async {
        let device = device
        try? await loop.submit { device.assumeIsolated { $0.goDown() } }.get()
    }

    /// Sends the request and judges the answer.
    func put(_ body: XMLElement, to path: String, _ generator: inout RequestGenerator) async throws {
        number += 1
        let isOfSubscription = ["PullMessages", "Seek", "Renew", "Unsubscribe", "SetSynchronizationPoint"].contains(
            body.name)
        let target = isOfSubscription && path == Service.events.path ? subscription ?? path : path
        let request = HTTPRequest(
            method: "POST", target: target, host: "192.0.2.10:8080", authorization: nil, body: envelope(body))
        let device = device
        let before = described
        let (answer, after) = try await loop.submit {
            device.assumeIsolated { device in
                let answer = device.answer(request)
                return (answer, String(describing: device.state))
            }
        }.get()
        described = after
        let sent = String(decoding: request.body, as: UTF8.self)
        switch answer {
        case .none: Issue.record("no answer to \(sent)")
        case .later: #expect(body.name == "PullMessages", "a held answer to \(sent)")
        case .now(let reply):
            let findings = try Self.schema.get().validate(try XMLDocument(reply.body))
            #expect(findings.isEmpty, "\(findings) in \(String(decoding: reply.body, as: UTF8.self)) to \(sent)")
            let content = try XMLParser.parse(reply.body).child("Body")?.children.first
            let name = "\(path) \(body.name)"
            if reply.status == 200 {
                performed[name, default: 0] += 1
                #expect(content?.name == body.name + "Response", "to \(sent)")
                if let content { generator.harvest(from: content) }
                if let address = content?.child("SubscriptionReference")?.child("Address")?.trimmedText {
                    subscription = String(address.dropFirst("http://192.0.2.10:8080".count))
                }
            } else {
                note(content, of: name)
                judge(content, status: reply.status, of: sent)
                #expect(before == nil || before == after, "a fault changed the state: \(sent)")
            }
            // A changed account leaves us outside: go on with a new device.
            if reply.status == 401 || isRefusal(content) {
                self.device = Self.device(profile, on: loop)
                described = nil
            }
        }
    }

    private func note(_ fault: XMLElement?, of name: String) {
        let subcode = fault?.child("Code")?.child("Subcode")?.child("Value")?.trimmedText
        if subcode != "ter:ActionNotSupported" { refused[name] = fault?.child("Reason")?.child("Text")?.trimmedText }
    }

    /// The operations that were always refused, with the latest reason.
    var neverPerformed: [String: String] { refused.filter { performed[$0.key] == nil } }

    /// A fault has a code, a subcode of ONVIF's or the detail of a notification fault, and a reason.
    private func judge(_ fault: XMLElement?, status: Int, of request: String) {
        guard let fault, fault.name == "Fault" else {
            Issue.record("HTTP \(status) without a fault to \(request)")
            return
        }
        let code = fault.child("Code")?.child("Value")?.trimmedText
        #expect(code == "env:Sender" || code == "env:Receiver", "\(code ?? "no code") to \(request)")
        #expect(
            (code == "env:Sender") == (400..<500).contains(status), "HTTP \(status) with \(code ?? "") to \(request)")
        let subcode = fault.child("Code")?.child("Subcode")?.child("Value")?.trimmedText
        #expect(subcode?.hasPrefix("ter:") ?? (fault.child("Detail") != nil), "no subcode to \(request)")
        #expect(fault.child("Reason")?.child("Text")?.trimmedText.isEmpty == false, "no reason to \(request)")
    }

    private func isRefusal(_ fault: XMLElement?) -> Bool {
        fault?.child("Code")?.child("Subcode")?.child("Value")?.trimmedText == "ter:NotAuthorized"
    }

    private func envelope(_ body: XMLElement) -> [UInt8] {
        let nonce = Array("nonce-\(number)".utf8)
        let created = "2026-05-28T20:26:40Z"
        let digest = Data(Insecure.SHA1.hash(data: nonce + Array(created.utf8) + Array(Self.password.utf8)))
        let security = """
            <s:Security xmlns:s="\(XMLNamespace.securityURI)" xmlns:u="\(XMLNamespace.securityUtilityURI)">\
            <s:UsernameToken><s:Username>\(Self.user)</s:Username><s:Password Type="http://docs.oasis-open.org/wss/2004/01/\
            oasis-200401-wss-username-token-profile-1.0#PasswordDigest">\(digest.base64EncodedString())</s:Password>\
            <s:Nonce>\(Data(nonce).base64EncodedString())</s:Nonce><u:Created>\(created)</u:Created></s:UsernameToken></s:Security>
            """
        var text = "<env:Envelope xmlns:env=\"\(XMLNamespace.env.uri)\"><env:Header>\(security)</env:Header><env:Body>"
        body.append(to: &text)
        text += "</env:Body></env:Envelope>"
        return Array(text.utf8)
    }

    private actor ProfileCache {
        private var known: [String: CameraProfile] = [:]

        func profile(_ path: String) throws -> CameraProfile {
            if let profile = known[path] { return profile }
            let profile = try CameraProfile(path: path)
            known[path] = profile
            return profile
        }
    }
}

extension XMLElement {
    /// The element as text, each element declaring its own namespace.
    fileprivate func append(to text: inout String) {
        text += "<\(name) xmlns=\"\(namespace.escaped)\""
        for attribute in attributes where attribute.namespace.isEmpty {
            text += " \(attribute.name)=\"\(attribute.value.escaped)\""
        }
        text += ">\(self.text.escaped)"
        for child in children { child.append(to: &text) }
        text += "</\(name)>"
    }
}

extension String {
    fileprivate var escaped: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
