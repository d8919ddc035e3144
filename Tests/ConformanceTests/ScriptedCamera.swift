import FakeServer
import Foundation
import Synchronization

@testable import Conformance

/// A device in a few lines of script: sound answers for the operations that the framework itself asks for, each
/// replaceable by a test.
struct ScriptedCamera: Sendable {
    static let user = DeviceCredentials(user: "admin", password: "s3cret<&>pass")

    /// Operation → reply, before the sound answer.
    var replaced: [String: @Sendable (FakeServer.Request) -> FakeServer.Reply] = [:]

    static func replacing(
        _ operation: String, _ reply: @escaping @Sendable (FakeServer.Request) -> FakeServer.Reply
    ) -> ScriptedCamera {
        ScriptedCamera(replaced: [operation: reply])
    }

    /// The local name of the first element in the body.
    static func operation(of request: FakeServer.Request) -> String {
        request.body.firstMatch(of: #/<env:Body><\w+:(\w+)/#).map { String($0.1) } ?? ""
    }

    func reply(to request: FakeServer.Request) -> FakeServer.Reply {
        let operation = Self.operation(of: request)
        if let replaced = replaced[operation] { return replaced(request) }
        switch operation {
        case "GetSystemDateAndTime": return .soap(Self.time(Date()))
        case "GetServices":
            let capabilities =
                request.body.contains("IncludeCapability>true")
                ? "<tds:Capabilities><tds:Capabilities><tds:Network/><tds:Security/><tds:System/>"
                    + "</tds:Capabilities></tds:Capabilities>" : ""
            return .soap(
                "<tds:GetServicesResponse><tds:Service><tds:Namespace>http://www.onvif.org/ver10/device/wsdl"
                    + "</tds:Namespace><tds:XAddr>http://h/onvif/device_service</tds:XAddr>\(capabilities)<tds:Version>"
                    + "<tt:Major>26</tt:Major><tt:Minor>6</tt:Minor></tds:Version></tds:Service>"
                    + "</tds:GetServicesResponse>")
        case "GetServiceCapabilities":
            return .soap(
                "<tds:GetServiceCapabilitiesResponse><tds:Capabilities><tds:Network NTP=\"1\"/>"
                    + "<tds:Security UsernameToken=\"true\" HttpDigest=\"false\"/><tds:System DiscoveryBye=\"true\"/>"
                    + "</tds:Capabilities></tds:GetServiceCapabilitiesResponse>")
        case "GetDeviceInformation":
            return .soap(
                "<tds:GetDeviceInformationResponse><tds:Manufacturer>M</tds:Manufacturer><tds:Model>Mo</tds:Model>"
                    + "<tds:FirmwareVersion>1</tds:FirmwareVersion><tds:SerialNumber>2</tds:SerialNumber>"
                    + "<tds:HardwareId>3</tds:HardwareId></tds:GetDeviceInformationResponse>")
        case "GetScopes":
            return .soap(
                "<tds:GetScopesResponse><tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef>"
                    + "<tt:ScopeItem>onvif://www.onvif.org/Profile/Streaming</tt:ScopeItem></tds:Scopes>"
                    + "</tds:GetScopesResponse>")
        case "GetNetworkInterfaces":
            return .soap(
                "<tds:GetNetworkInterfacesResponse><tds:NetworkInterfaces token=\"eth0\"><tt:Enabled>true</tt:Enabled>"
                    + "</tds:NetworkInterfaces></tds:GetNetworkInterfacesResponse>")
        case "GetUsers":
            let isSound =
                request.body.contains("<wsse:Nonce") && request.body.contains("<wsu:Created")
                && request.body.contains("#PasswordDigest")
            return isSound
                ? .soap("<tds:GetUsersResponse/>") : .fault("Sender", "NotAuthorized", status: 400)
        default: return .fault("Receiver", "ActionNotSupported")
        }
    }

    static func time(_ date: Date, type: String = "NTP") -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        return "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>\(type)</tt:DateTimeType>"
            + "<tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>CET-1CEST</tt:TZ></tt:TimeZone>"
            + "<tt:UTCDateTime><tt:Time><tt:Hour>\(parts.hour ?? 0)</tt:Hour><tt:Minute>\(parts.minute ?? 0)</tt:Minute>"
            + "<tt:Second>\(parts.second ?? 0)</tt:Second></tt:Time><tt:Date><tt:Year>\(parts.year ?? 0)</tt:Year>"
            + "<tt:Month>\(parts.month ?? 0)</tt:Month><tt:Day>\(parts.day ?? 0)</tt:Day></tt:Date></tt:UTCDateTime>"
            + "</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
    }

    /// A run of the cases against this camera, with small bounds.
    func run(
        _ cases: [TestCase], options: RunOptions = RunOptions(), user: DeviceCredentials? = ScriptedCamera.user,
        requestTimeout: Duration = .seconds(60)
    ) async throws -> Report {
        try await FakeServer.serving({ reply(to: $0) }) { server in
            var target = Target(
                url: server.address, credentials: user, requestTimeout: requestTimeout, responseLimitBytes: 1 << 20)
            target.discoveryPort = nil
            let runner = try Runner(target: target, options: options, schema: sharedSchemas)
            return await runner.run(cases, started: Date(timeIntervalSince1970: 0), toolVersion: "test")
        }
    }
}

/// Compiled once; `nil` in a checkout whose set-up has not run.
let sharedSchemas: Schemas? = {
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    guard let folder = try? SchemaLocator.find(workingDirectory: checkout.path) else { return nil }
    return try? Schemas(folder: folder)
}()
