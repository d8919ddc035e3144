import Authentication
import Crypto
import Foundation
import NIOCore
import NIOPosix
import ONVIF
import Testing
import XML

@testable import Emulator

/// Every request of the official access policy, put to a device by each level of user in each way of signing.
@Suite(.timeLimit(.minutes(5))) struct AccessPolicyTests {
    /// A line of Fixtures/access-policy.tsv.
    struct Row: CustomTestStringConvertible, Sendable {
        var specification: String
        var request: String
        /// The lowest level that the Access Policy File lets in; nil where it does not list the request.
        var level: UserLevel?
        /// The class that the operation's own specification gives; nil where it gives none.
        var access: AccessClass?

        var testDescription: String { "\(specification) \(request)" }

        /// The level that the class lets in, by the default policy; that of the file where there is no class.
        var lowest: UserLevel? {
            guard let access else { return level }
            return AccessPolicyTests.levels.first(where: access.allows)
        }
    }

    /// From the lowest to the highest.
    static let levels: [UserLevel] = [.anonymous, .user, .operator, .administrator]

    static let rows: [Row] = {
        guard
            let file = Bundle.module.url(forResource: "access-policy", withExtension: "tsv", subdirectory: "Fixtures"),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return [] }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let columns = line.split(separator: "\t").map(String.init)
            guard columns.count == 4 else { return nil }
            return Row(
                specification: columns[0], request: columns[1], level: UserLevel(rawValue: columns[2]),
                access: AccessClass(rawValue: columns[3]))
        }
    }()

    /// The services whose requests the specification of that name describes.
    private static func services(of specification: String) -> [Service] {
        switch specification {
        case "Core": [.device, .events]
        case "Media": [.media]
        case "Media2": [.media2]
        case "PTZ": [.ptz]
        case "Imaging": [.imaging]
        case "DeviceIO": [.deviceIO]
        case "AnalyticsEngine": [.analytics]
        case "Security": [.security]
        case "Thermal": [.thermal]
        case "Receiver": [.receiver]
        default: []
        }
    }

    private static func entries(of row: Row) -> [OperationEntry] {
        let services = services(of: row.specification)
        return Operations.all.filter { $0.name == row.request && services.contains($0.service) }
    }

    static let implemented = rows.filter { !entries(of: $0).isEmpty }

    @Test func theTableHasEveryRequestOfTheAccessPolicyFile() {
        let listed = Self.rows.filter { $0.level != nil }
        #expect(listed.count == 540)
        let byLevel = Dictionary(grouping: listed, by: \.level).mapValues(\.count)
        #expect(byLevel == [.administrator: 163, .operator: 139, .user: 208, .anonymous: 30])
        #expect(Set(Self.rows.map(\.testDescription)).count == Self.rows.count)
    }

    /// The file and the specifications differ on these; the specifications say what an operation is.
    @Test func theFileAndTheSpecificationsDifferOnNineRequests() {
        let differing = Self.rows.filter { $0.level != nil && $0.level != $0.lowest }.map(\.testDescription)
        #expect(
            differing == [
                "AnalyticsEngine DeleteAnalyticsModules", "ApplicationManagement GetAppsInfo",
                "ApplicationManagement GetInstalledApps", "Imaging GetImagingSettings", "Imaging GetOptions",
                "Receiver GetReceiver", "Receiver GetReceiverState", "Receiver GetReceivers",
                "RecordingSearch EndSearch",
            ])
    }

    @Test func everyOperationOfOursStandsInTheTable() {
        let known = Set(Self.implemented.flatMap(Self.entries).map { "\($0.service.rawValue) \($0.name)" })
        #expect(Operations.all.map { "\($0.service.rawValue) \($0.name)" }.filter { !known.contains($0) } == [])
    }

    @Test(arguments: implemented)
    func theClassOfAnOperationIsThatOfItsSpecification(row: Row) {
        for entry in Self.entries(of: row) {
            if let access = row.access {
                #expect(entry.access == access)
            } else if let level = row.level {
                #expect(Self.levels.first(where: entry.access.allows) == level)
            }
        }
    }

    @Test(arguments: implemented.filter { $0.lowest != nil })
    func aRequestIsPerformedForThePermittedLevelsAndNoOther(row: Row) async throws {
        let lowest = try #require(row.lowest)
        for entry in Self.entries(of: row) {
            var model = try #require(Personas.model(with: entry), "no persona has \(entry.name)")
            // The policy is that of the specification, whatever the persona does of authentication.
            model.access = AccessModel()
            for level in Self.levels {
                let isAllowed = Self.levels.firstIndex(of: level) ?? 0 >= Self.levels.firstIndex(of: lowest) ?? 0
                for way in Way.allCases where way == .digest || level != .anonymous {
                    let device = try await Self.device(model)
                    let reply = try await Self.ask(device, for: entry, as: level, way)
                    #expect(Self.isRefused(reply) == !isAllowed, "\(level) by \(way): \(reply.status)")
                }
            }
        }
    }

    private enum Way: CaseIterable { case digest, usernameToken }

    private static func password(_ level: UserLevel) -> String { "Secret-\(level.rawValue)" }

    /// A device of its own for each request, for what a request may do to it.
    private static func device(_ model: DeviceModel) async throws -> Device {
        let now = Date()
        let users = levels.filter { $0 != .anonymous }.map {
            User(name: $0.rawValue, password: password($0), level: $0)
        }
        let identity = DeviceIdentity(
            uuid: UUID(), serialNumber: "GE1", hardwareAddress: "02:00:00:00:00:01", address: "127.0.0.1", httpPort: 80,
            rtspPort: 554)
        let state = DeviceState(model: model, identity: identity, users: users, now: now)
        return Device(
            state: state, loop: MultiThreadedEventLoopGroup.singleton.any(),
            surroundings: Device.Surroundings(
                now: { now }, perform: { _ in }, notify: { _ in }, snapshot: { _ in nil }))
    }

    private static func ask(
        _ device: Device, for entry: OperationEntry, as level: UserLevel, _ way: Way
    ) async throws -> HTTPReply {
        let path = entry.service.path
        let header = level != .anonymous && way == .usernameToken ? token(level) : ""
        let message = """
            <Envelope xmlns="\(XMLNamespace.env.uri)"><Header>\(header)</Header>\
            <Body><\(entry.name) xmlns="\(entry.namespace.uri)"/></Body></Envelope>
            """
        var request = Emulator.HTTPRequest(
            method: "POST", target: path, host: "camera", authorization: nil, body: Array(message.utf8))
        let first = try await reply(of: device, to: request)
        guard way == .digest, level != .anonymous, first.status == 401 else { return first }
        let challenge = try #require(first.challenges.first)
        let nonce = try #require(challenge.split(separator: "nonce=\"").last?.prefix { $0 != "\"" })
        request.authorization = digest(String(nonce), level, path)
        return try await reply(of: device, to: request)
    }

    private static func reply(of device: Device, to request: Emulator.HTTPRequest) async throws -> HTTPReply {
        switch await device.put(request) {
        case .now(let reply): return reply
        case .later(let future): return try await future.get()
        case .none: throw NoAnswer()
        }
    }

    private struct NoAnswer: Error {}

    /// A request is refused by HTTP 401 or by `ter:NotAuthorized`; any other fault tells that it was let in.
    private static func isRefused(_ reply: HTTPReply) -> Bool {
        reply.status == 401 || String(decoding: reply.body, as: UTF8.self).contains("ter:NotAuthorized")
    }

    private static func token(_ level: UserLevel) -> String {
        let (nonce, created) = ([UInt8](0..<16), XSDateTime.string(Date()))
        let digest = UsernameTokenChecker.digest(nonce: nonce, created: created, password: password(level))
        return """
            <Security xmlns="\(XMLNamespace.securityURI)"><UsernameToken><Username>\(level.rawValue)</Username>\
            <Password Type="\(UsernameTokenChecker.digestType)">\(digest)</Password>\
            <Nonce>\(Data(nonce).base64EncodedString())</Nonce>\
            <Created xmlns="\(XMLNamespace.securityUtilityURI)">\(created)</Created></UsernameToken></Security>
            """
    }

    /// RFC 7616 §3.4.1, MD5 without qop as older clients have it.
    private static func digest(_ nonce: String, _ level: UserLevel, _ path: String) -> String {
        func md5(_ text: String) -> String {
            Insecure.MD5.hash(data: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        let secret = md5("\(level.rawValue):glasseye:\(password(level))")
        let response = md5("\(secret):\(nonce):\(md5("POST:\(path)"))")
        return "Digest username=\"\(level.rawValue)\", realm=\"glasseye\", nonce=\"\(nonce)\", uri=\"\(path)\", "
            + "response=\"\(response)\""
    }
}

extension Device {
    fileprivate func put(_ request: Emulator.HTTPRequest) -> HTTPAnswer { answer(request) }
}
