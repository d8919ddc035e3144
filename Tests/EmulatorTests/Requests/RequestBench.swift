import Crypto
import Definitions
import Foundation
import NIOCore
import NIOPosix
import ONVIF
import Testing
import XML

@testable import Emulator

/// A device without sockets that requests are put to, and the judge of its answers.
final class RequestBench {
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

    /// A loop of its own: cameras of other tests must not wait for the requests of this one.
    private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let profile: CameraProfile
    private let loop: any EventLoop
    private var device: Device
    private var number = 0
    /// Where the latest subscription is managed.
    private var subscription: String?
    /// How often each operation was performed, and why it was refused last where it is not one that the device lacks.
    private(set) var performed: [String: Int] = [:]
    private var refused: [String: String] = [:]

    init(profile path: String) async throws {
        profile = try await Self.profiles.profile(path)
        loop = Self.loops.next()
        device = Self.device(profile, on: loop)
    }

    private static func device(_ profile: CameraProfile, on loop: any EventLoop) -> Device {
        let now = Date(timeIntervalSince1970: 1_780_000_000)
        let identity = DeviceIdentity(
            model: profile.model, settings: CameraSettings(password: password), httpPort: 8080, rtspPort: 8554)
        let state = DeviceState(
            model: profile.model, identity: identity,
            // A device that takes no tokens is asked as one that has no accounts yet.
            users: profile.model.access.usernameToken
                ? [User(name: user, password: password, level: .administrator)] : [], now: now)
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
    ///
    /// - Returns: what stands in the body of the answer; nil for an answer that is held.
    @discardableResult
    func put(
        _ body: XMLElement, to path: String, _ generator: inout RequestGenerator
    ) async throws -> XMLElement? {
        number += 1
        let isOfSubscription = ["PullMessages", "Seek", "Renew", "Unsubscribe", "SetSynchronizationPoint"].contains(
            body.name)
        let target = isOfSubscription && path == Service.events.path ? subscription ?? path : path
        let request = HTTPRequest(
            method: "POST", target: target, host: "192.0.2.10:8080", authorization: nil, body: envelope(body))
        let device = device
        let (answer, before, after) = try await loop.submit {
            device.assumeIsolated { device in
                let before = device.state
                let answer = device.answer(request)
                return (answer, before, device.state)
            }
        }.get()
        let sent = String(decoding: request.body, as: UTF8.self)
        switch answer {
        case .none:
            Issue.record("no answer to \(sent)")
            return nil
        case .later:
            #expect(body.name == "PullMessages", "a held answer to \(sent)")
            return nil
        case .now(let reply):
            let findings = try Self.schema.get().validate(try XMLDocument(reply.body))
            #expect(findings.isEmpty, "\(findings) in \(String(decoding: reply.body, as: UTF8.self)) to \(sent)")
            let content = try XMLParser.parse(reply.body).child("Body")?.children.first
            let name = "\(path) \(body.name)"
            let isRead = Operations.entry(for: body, path: target)?.isPureRead ?? false
            #expect(!isRead || before.kept == after.kept, "a read changed the state: \(sent)")
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
                let isSame =
                    before.kept == after.kept && before.events.subscriptionCount == after.events.subscriptionCount
                #expect(isSame, "a fault changed the state: \(sent)")
            }
            // A changed account leaves us outside: go on with a new device.
            if reply.status == 401 || isRefusal(content) {
                self.device = Self.device(profile, on: loop)
            }
            return content
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
