import Foundation

/// What a device is and has, as found before any case runs.
public struct DeviceProfile: Sendable, Equatable, Codable {
    public var identity: DeviceIdentity
    /// In the order of ``Feature/all``; all of them.
    public var features: [FeatureFinding]
    public var scopes: [String]

    /// Cases run for features that are there or undefined.
    public func missing(of features: [Feature]) -> [Feature] {
        features.filter { feature in
            self.features.first { $0.feature == feature }?.state == .notSupported
        }
    }
}

/// Who a device says it is; empty where it does not say.
public struct DeviceIdentity: Sendable, Equatable, Codable {
    public var address = ""
    public var manufacturer = ""
    public var model = ""
    public var firmwareVersion = ""
    public var serialNumber = ""
    public var hardwareID = ""
}

/// Finds out what a device has, in the order of the Feature Discovery specification: GetCapabilities and GetServices
/// without credentials first, then each service's GetServiceCapabilities, then what only an operation tells.
///
/// It also sets what the ``DeviceLink`` needs: addresses, the way to authenticate, the clock's offset.
///
/// Source: ONVIF Device Feature Discovery Specification, chapter "Discovery Procedure".
public struct FeatureDiscovery: Sendable {
    let device: TestDevice
    let link: DeviceLink
    var found: [Feature: FeatureFinding] = [:]
    var scopes: [String] = []
    /// How long the device may take to answer a Probe.
    ///
    /// Source: ONVIF Base Device Test Specification, annex A.1 (5 seconds).
    var probeTimeout = Duration.seconds(5)

    init(link: DeviceLink, log: ExchangeLog = ExchangeLog()) {
        self.link = link
        device = TestDevice(link: link, log: log)
    }

    /// Asks the device everything.
    ///
    /// - Throws: ``CaseEnd/unreachable(reason:)`` when the first request brings no response at all; later silence
    ///   leaves features undefined.
    mutating func run() async throws -> DeviceProfile {
        try await readClock()
        try await findServices()
        let identity = try await readIdentity()
        await readScopes()
        await discoverDevice()
        await discoverEvents()
        await discoverMedia()
        await discoverMedia2()
        await discoverPTZ()
        await discoverDeviceIO()
        await discoverImaging()
        await discoverAnalytics()
        for profile in Profile.allCases {
            let claims = scopes.contains(profile.scope)
            let feature = Feature(rawValue: "Profile \(profile.rawValue)")
            note(
                feature, claims ? .supported : .notSupported,
                claims ? "GetScopes has \(profile.scope)" : "GetScopes lacks \(profile.scope)")
        }
        let features = Feature.all.map {
            found[$0] ?? FeatureFinding($0, .notSupported, evidence: "its service is not announced")
        }
        return DeviceProfile(identity: identity, features: features, scopes: scopes)
    }

    // MARK: - First contact

    /// Source: ONVIF Core 26.06 §5.9.5 Username token profile: the token's Created is judged by the device's clock.
    mutating func readClock() async throws {
        let reply: Reply
        do {
            reply = try await device.reply(to: "GetSystemDateAndTime", authentication: Authentication.none)
        } catch CaseEnd.badAnswer {
            return
        }
        guard let answer = reply.answer,
            let time = answer.node("tds:SystemDateAndTime/tt:UTCDateTime"),
            let date = Self.date(time)
        else { return }
        await link.setClockOffset(.seconds(date.timeIntervalSince(Date())))
    }

    private static func date(_ node: AnswerNode) -> Date? {
        let paths: [XPath] = [
            "tt:Date/tt:Year", "tt:Date/tt:Month", "tt:Date/tt:Day", "tt:Time/tt:Hour", "tt:Time/tt:Minute",
            "tt:Time/tt:Second",
        ]
        let parts = paths.compactMap { node.text($0).flatMap { Int($0) } }
        guard parts.count == 6 else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(
            from: DateComponents(
                year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5]))
    }

    mutating func findServices() async throws {
        let capabilities = await probe("GetCapabilities", "<tds:Category>All</tds:Category>")
        note(
            .getCapabilities, capabilities.answer != nil ? .supported : .notSupported,
            "GetCapabilities: \(capabilities.summary)")
        let services = await probe("GetServices", "<tds:IncludeCapability>false</tds:IncludeCapability>")
        note(.getServices, services.answer != nil ? .supported : .notSupported, "GetServices: \(services.summary)")
        var addresses: [TestedService: String] = [:]
        if let answer = services.answer {
            for service in answer.nodes("tds:Service") {
                guard let namespace = service.text("tds:Namespace"), let address = service.text("tds:XAddr"),
                    let known = TestedService.allCases.first(where: { $0.namespace == namespace })
                else { continue }
                // Of several versions of a service the latest counts; they come in no order.
                if addresses[known] == nil { addresses[known] = address }
            }
        } else if let answer = capabilities.answer {
            let paths: [(TestedService, XPath)] = [
                (.device, "tds:Capabilities/tt:Device/tt:XAddr"), (.media, "tds:Capabilities/tt:Media/tt:XAddr"),
                (.events, "tds:Capabilities/tt:Events/tt:XAddr"), (.imaging, "tds:Capabilities/tt:Imaging/tt:XAddr"),
                (.ptz, "tds:Capabilities/tt:PTZ/tt:XAddr"), (.analytics, "tds:Capabilities/tt:Analytics/tt:XAddr"),
                (.deviceIO, "tds:Capabilities/tt:Extension/tt:DeviceIO/tt:XAddr"),
                (.recording, "tds:Capabilities/tt:Extension/tt:Recording/tt:XAddr"),
                (.search, "tds:Capabilities/tt:Extension/tt:Search/tt:XAddr"),
                (.replay, "tds:Capabilities/tt:Extension/tt:Replay/tt:XAddr"),
                (.receiver, "tds:Capabilities/tt:Extension/tt:Receiver/tt:XAddr"),
            ]
            for (service, path) in paths { addresses[service] = answer.text(path) }
        }
        // What was reached stays the way to the device, whatever address it believes to have.
        addresses[.device] = link.target.url
        await link.setServices(addresses)
        let announced: [(TestedService, Feature)] = [
            (.events, .events), (.media, .media), (.media2, .media2), (.ptz, .ptz), (.imaging, .imaging),
            (.deviceIO, .deviceIO), (.analytics, .analytics), (.recording, .recording), (.search, .search),
            (.replay, .replay), (.receiver, .receiver), (.security, .securityConfiguration), (.thermal, .thermal),
        ]
        let nobody = services.answer == nil && capabilities.answer == nil
        for (service, feature) in announced {
            let isThere = addresses[service] != nil
            let source = services.answer != nil ? "GetServices" : "GetCapabilities"
            note(
                feature, isThere ? .supported : (nobody ? .undefined : .notSupported),
                nobody
                    ? "neither GetServices nor GetCapabilities answers"
                    : "\(source) \(isThere ? "has" : "lacks") \(service.namespace)")
        }
    }

    /// Who the device is; the first request that wants credentials, so also the test of ours.
    ///
    /// A device that refuses the user by every way of authentication cannot be judged: what it would refuse from here on
    /// says nothing about it, and asking on could lock the account.
    /// - Throws: ``CaseEnd/notTestable(reason:)`` when the device refuses the credentials, or the lack of them.
    private func readIdentity() async throws -> DeviceIdentity {
        var identity = DeviceIdentity(address: link.target.url)
        guard var reply = try? await device.reply(to: "GetDeviceInformation") else { return identity }
        if reply.isRefusal {
            guard let credentials = link.target.credentials else {
                throw CaseEnd.notTestable(reason: "the device wants credentials; give a user and the password")
            }
            for way in [Authentication.httpDigest, .usernameToken] where reply.isRefusal {
                reply = (try? await device.reply(to: "GetDeviceInformation", authentication: way)) ?? reply
            }
            guard !reply.isRefusal else {
                throw CaseEnd.notTestable(
                    reason:
                        "the device refuses user \"\(credentials.user)\"; check the name, the password and the user's level"
                )
            }
        }
        guard let answer = reply.answer else { return identity }
        identity.manufacturer = answer.text("tds:Manufacturer") ?? ""
        identity.model = answer.text("tds:Model") ?? ""
        identity.firmwareVersion = answer.text("tds:FirmwareVersion") ?? ""
        identity.serialNumber = answer.text("tds:SerialNumber") ?? ""
        identity.hardwareID = answer.text("tds:HardwareId") ?? ""
        return identity
    }

    private mutating func readScopes() async {
        guard let answer = try? await device.call("GetScopes") else { return }
        scopes = answer.texts("tds:Scopes/tt:ScopeItem")
    }

    // MARK: - Probes

    /// What a probe brought.
    struct Probe {
        var answer: Answer?
        var fault: DeviceFault?
        /// In a few words, for the evidence.
        var summary: String
    }

    /// Asks without credentials, then with a UsernameToken on a NotAuthorized fault or Digest on 401.
    func probe(_ operation: String, in service: TestedService = .device, _ body: Markup = "") async -> Probe {
        let first = await ask(operation, in: service, body, Authentication.none)
        guard link.target.credentials != nil else { return first.probe }
        if first.status == 401, first.offersDigest { return await ask(operation, in: service, body, .httpDigest).probe }
        if first.isRefused { return await ask(operation, in: service, body, .usernameToken).probe }
        return first.probe
    }

    /// Asks with the credentials of the run.
    func ask(_ operation: String, in service: TestedService, _ body: Markup = "") async -> Probe {
        await ask(operation, in: service, body, nil).probe
    }

    private func ask(
        _ operation: String, in service: TestedService, _ body: Markup, _ authentication: Authentication?
    ) async -> (probe: Probe, status: Int, offersDigest: Bool, isRefused: Bool) {
        do {
            let reply = try await device.reply(to: operation, in: service, body, authentication: authentication)
            let answer = reply.answer.flatMap { $0.name == operation + "Response" ? $0 : nil }
            return (
                Probe(answer: answer, fault: reply.fault, summary: reply.summary), reply.status,
                reply.challenge != nil, reply.isRefusal
            )
        } catch {
            return (Probe(summary: "\(error)"), 0, false, false)
        }
    }

    mutating func note(_ feature: Feature, _ state: FeatureFinding.State, _ evidence: String) {
        found[feature] = FeatureFinding(feature, state, evidence: evidence)
    }

    func has(_ feature: Feature) -> Bool { found[feature]?.state == .supported }

    /// Leaves all of them undefined for the reason.
    mutating func undefine(_ features: [Feature], _ reason: String) {
        for feature in features { note(feature, .undefined, reason) }
    }

    /// Supported when the value at the path is true, or above zero.
    mutating func note(_ feature: Feature, ifSet path: XPath, in answer: Answer, inverted: Bool = false) {
        let value = answer.text(path)
        let isSet: Bool =
            switch value {
            case "true", "1": true
            case let number?: (Int(number) ?? 0) > 0
            case nil: false
            }
        let evidence = "\(answer.operation): \(path.text) \(value.map { "= \($0)" } ?? "is absent")"
        note(feature, isSet != inverted ? .supported : .notSupported, evidence)
    }

    /// Supported when the path finds something.
    mutating func note(_ feature: Feature, ifThere path: XPath, in answer: Answer) {
        let isThere = answer.exists(path)
        note(
            feature, isThere ? .supported : .notSupported,
            "\(answer.operation): \(path.text) is \(isThere ? "there" : "absent")")
    }

    /// Supported when the list at the path has one of the words.
    mutating func note(_ feature: Feature, ifListed words: [String], at path: XPath, in answer: Answer) {
        let listed = answer.texts(path).flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        let isListed = words.contains { listed.contains($0) }
        note(
            feature, isListed ? .supported : .notSupported,
            "\(answer.operation): \(path.text) = \(listed.joined(separator: " "))")
    }
}
