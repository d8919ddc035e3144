import Foundation
import NIOCore

/// Tells the messages of the device under test from those of others on the network.
struct DiscoveryIdentity: Sendable {
    /// The host of the device as it was given, and its IP address.
    let hosts: Set<String>
    let port: Int
    /// Known once the device has told it.
    var endpoint: String?

    init(_ target: Target) {
        let address = WebAddress(target.url)
        let host = address?.host ?? ""
        let resolved = try? SocketAddress.makeAddressResolvingHost(host, port: 0).ipAddress
        hosts = Set([host, resolved ?? host])
        port = address?.port ?? 0
    }

    func fits(_ found: FoundDevice) -> Bool {
        if let endpoint, !endpoint.isEmpty, found.endpoint == endpoint { return true }
        return found.addresses.contains(where: isAddress)
    }

    /// Whether the device is at that address, whatever the path.
    func isAddress(_ text: String) -> Bool {
        guard let address = WebAddress(text) else { return false }
        return address.port == port && hosts.contains(address.host)
    }
}

/// Scheme, host, port and path of an address, with the port that the scheme implies.
struct WebAddress: Equatable, Sendable {
    let scheme: String
    /// In lower case.
    let host: String
    let port: Int
    let path: String

    /// Nil for what is no absolute URI with an authority.
    init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty
        else { return nil }
        self.scheme = scheme
        self.host = host
        port = parts.port ?? (scheme == "https" ? 443 : 80)
        path = parts.path
    }
}

/// What came for a Probe.
struct ProbeOutcome: Sendable {
    /// The match of the device under test.
    let match: FoundDevice?
    /// The addresses that others told.
    let others: [String]

    /// For findings.
    var summary: String {
        if let match { return "a match with \(match.addresses.joined(separator: " "))" }
        if others.isEmpty { return "no ProbeMatch" }
        return "only matches with " + others.prefix(5).joined(separator: ", ")
    }
}

extension TestDevice {
    /// Sends a Probe and waits for the match of the device under test.
    ///
    /// - `isUnicast`: asks the device alone.
    /// - Throws: `CaseEnd.notTestable` where no datagram can be sent.
    func probe(
        types: [(namespace: String, name: String)] = [], scopes: [String] = [], isUnicast: Bool = false,
        style: NamespaceStyle = .usualPrefixes
    ) async throws -> ProbeOutcome {
        let identifier = "urn:uuid:" + WSAddressing.uuid()
        var criteria: [MessageElement] = []
        if !types.isEmpty { criteria.append(MessageElement("d", "Types", qualifiedNames: types)) }
        if !scopes.isEmpty { criteria.append(MessageElement("d", "Scopes", text: scopes.joined(separator: " "))) }
        let header = [
            MessageElement("wsa04", "MessageID", text: identifier),
            MessageElement("wsa04", "To", text: "urn:schemas-xmlsoap-org:ws:2005:04:discovery"),
            MessageElement("wsa04", "Action", text: Namespaces.uri("d") + "/Probe"),
        ]
        let message = style.document(.envelope(header: header, body: MessageElement("d", "Probe", criteria)))
        let identity = DiscoveryIdentity(link.target)
        let start = ContinuousClock.now
        let found: [FoundDevice]
        do {
            found = try await link.target.discovery.send(
                message, identifier: identifier, host: isUnicast ? WebAddress(link.target.url)?.host : nil,
                within: link.target.discoveryTimeout, isRepeated: true, enough: { $0.contains(where: identity.fits) })
        } catch {
            throw CaseEnd.notTestable(reason: "\(error)")
        }
        let match = found.first(where: identity.fits)
        log.record(
            operation: "Probe", request: message, response: match?.text ?? "", took: ContinuousClock.now - start)
        return ProbeOutcome(match: match, others: found.filter { !identity.fits($0) }.flatMap(\.addresses))
    }

    /// How the device is recognised, with its endpoint where a Probe tells it.
    func discoveryIdentity() async throws -> DiscoveryIdentity {
        var identity = DiscoveryIdentity(link.target)
        identity.endpoint = try await probe().match?.endpoint
        return identity
    }

    /// The Hello and Bye messages of the device that come while the body runs and in the time after it.
    ///
    /// - Throws: `CaseEnd.notTestable` where nothing can be listened to, and what the body throws.
    func announcements(
        of identity: DiscoveryIdentity, within limit: Duration,
        until enough: @escaping @Sendable (FoundDevice) -> Bool, while body: @Sendable () async throws -> Void
    ) async throws -> [FoundDevice] {
        let start = ContinuousClock.now
        let found: [FoundDevice]
        do {
            found = try await link.target.discovery.listen(
                within: limit, enough: { $0.contains { identity.fits($0) && enough($0) } }, while: body)
        } catch let error as DiscoveryError {
            throw CaseEnd.notTestable(reason: error.description)
        }
        let own = found.filter(identity.fits)
        for message in own {
            log.record(
                operation: message.kind.rawValue, request: "(multicast)", response: message.text,
                took: ContinuousClock.now - start)
        }
        return own
    }

    // MARK: - Reboots

    /// How often a device that reboots is asked whether it is back.
    private static let pollInterval = Duration.milliseconds(250)

    /// Waits until the device answers again; a device that has not left yet is given the time to.
    ///
    /// - Returns: whether it went away and came back within the time for a reboot.
    @discardableResult
    func awaitReboot(hasLeft: Bool = false) async throws -> Bool {
        let end = ContinuousClock.now + link.target.rebootTimeout
        var hasLeft = hasLeft
        while ContinuousClock.now < end {
            do {
                _ = try await reply(to: "GetSystemDateAndTime", authentication: Authentication.none)
                if hasLeft { return true }
            } catch CaseEnd.unreachable {
                hasLeft = true
            }
            try await Task.sleep(for: Self.pollInterval)
        }
        return false
    }
}
