/// A request that the default access policy keeps from some users.
///
/// The class UNRECOVERABLE is left out, as are requests that would change the device for good where it wrongly obeys:
/// what is written is written for things that do not exist, or as nobody minds.
///
/// Source: ONVIF Core 26.06 §5.9.4.3, §5.9.4.4 and the access class stated for each operation.
struct GuardedRequest: Sendable {
    /// The lowest user level that may ask.
    enum Level: Sendable {
        /// READ_SYSTEM, READ_MEDIA
        case user
        /// READ_SYSTEM_SENSITIVE, ACTUATE
        case `operator`
        /// READ_SYSTEM_SECRET, WRITE_SYSTEM
        case administrator
    }

    let service: TestedService
    let operation: String
    let level: Level
    let body: Markup

    private init(_ service: TestedService, _ operation: String, _ level: Level, _ body: Markup = "") {
        self.service = service
        self.operation = operation
        self.level = level
        self.body = body
    }

    /// A token that no device has.
    private static let nothing = "glasseye-none"

    static let all: [GuardedRequest] = device + media + media2 + ptz + imaging + others

    private static let device: [GuardedRequest] = [
        GuardedRequest(.device, "GetDNS", .user),
        GuardedRequest(.device, "GetNTP", .user),
        GuardedRequest(.device, "GetNetworkInterfaces", .user),
        GuardedRequest(.device, "GetNetworkProtocols", .user),
        GuardedRequest(.device, "GetNetworkDefaultGateway", .user),
        GuardedRequest(.device, "GetDeviceInformation", .user),
        GuardedRequest(.device, "GetScopes", .user),
        GuardedRequest(.device, "GetDiscoveryMode", .user),
        GuardedRequest(
            .device, "SendAuxiliaryCommand", .operator,
            "<tds:AuxiliaryCommand>glasseye:None|Off</tds:AuxiliaryCommand>"),
        GuardedRequest(.device, "GetUsers", .administrator),
        GuardedRequest(.device, "DeleteUsers", .administrator, "<tds:Username>\(nothing)</tds:Username>"),
        GuardedRequest(
            .device, "SetUser", .administrator,
            """
            <tds:User><tt:Username>\(nothing)</tt:Username><tt:Password>Glasseye-1-none</tt:Password>\
            <tt:UserLevel>User</tt:UserLevel></tds:User>
            """),
        GuardedRequest(
            .device, "RemoveScopes", .administrator,
            "<tds:ScopeItem>onvif://www.onvif.org/location/glasseye/none</tds:ScopeItem>"),
        GuardedRequest(.device, "SetHostname", .administrator, "<tds:Name>-glasseye-invalid-</tds:Name>"),
        GuardedRequest(.device, "SetDNS", .administrator, NetworkSetting.dns.request(address: "10.1.1")),
        GuardedRequest(.device, "SetNTP", .administrator, NetworkSetting.ntp.request(address: "10.1.1")),
        GuardedRequest(
            .device, "SetNetworkDefaultGateway", .administrator, "<tds:IPv4Address>10.1.1</tds:IPv4Address>"),
        GuardedRequest(
            .device, "SetDiscoveryMode", .administrator, "<tds:DiscoveryMode>Discoverable</tds:DiscoveryMode>"),
    ]

    private static let media: [GuardedRequest] = [
        GuardedRequest(.media, "GetProfiles", .user),
        GuardedRequest(.media, "GetVideoSources", .user),
        GuardedRequest(.media, "GetVideoSourceConfigurations", .user),
        GuardedRequest(.media, "GetVideoEncoderConfigurations", .user),
        GuardedRequest(.media, "GetMetadataConfigurations", .user),
        GuardedRequest(.media, "GetProfile", .user, "<trt:ProfileToken>\(nothing)</trt:ProfileToken>"),
        GuardedRequest(.media, "GetSnapshotUri", .user, "<trt:ProfileToken>\(nothing)</trt:ProfileToken>"),
        GuardedRequest(.media, "DeleteProfile", .operator, "<trt:ProfileToken>\(nothing)</trt:ProfileToken>"),
        GuardedRequest(
            .media, "RemoveVideoEncoderConfiguration", .operator,
            "<trt:ProfileToken>\(nothing)</trt:ProfileToken>"),
        GuardedRequest(
            .media, "SetSynchronizationPoint", .operator, "<trt:ProfileToken>\(nothing)</trt:ProfileToken>"),
    ]

    private static let media2: [GuardedRequest] = [
        GuardedRequest(.media2, "GetProfiles", .user),
        GuardedRequest(.media2, "GetVideoSourceConfigurations", .user),
        GuardedRequest(.media2, "GetVideoEncoderConfigurations", .user),
        GuardedRequest(.media2, "GetMetadataConfigurations", .user),
        GuardedRequest(.media2, "GetSnapshotUri", .user, "<tr2:ProfileToken>\(nothing)</tr2:ProfileToken>"),
        GuardedRequest(.media2, "DeleteProfile", .operator, "<tr2:Token>\(nothing)</tr2:Token>"),
        GuardedRequest(
            .media2, "SetSynchronizationPoint", .operator, "<tr2:ProfileToken>\(nothing)</tr2:ProfileToken>"),
    ]

    private static let ptz: [GuardedRequest] = [
        GuardedRequest(.ptz, "GetNodes", .user),
        GuardedRequest(.ptz, "GetConfigurations", .user),
        GuardedRequest(.ptz, "GetStatus", .user, "<tptz:ProfileToken>\(nothing)</tptz:ProfileToken>"),
        GuardedRequest(.ptz, "GetPresets", .user, "<tptz:ProfileToken>\(nothing)</tptz:ProfileToken>"),
        GuardedRequest(.ptz, "Stop", .operator, "<tptz:ProfileToken>\(nothing)</tptz:ProfileToken>"),
        GuardedRequest(.ptz, "SetPreset", .operator, "<tptz:ProfileToken>\(nothing)</tptz:ProfileToken>"),
        GuardedRequest(
            .ptz, "RemovePreset", .operator,
            "<tptz:ProfileToken>\(nothing)</tptz:ProfileToken><tptz:PresetToken>\(nothing)</tptz:PresetToken>"),
    ]

    private static let imaging: [GuardedRequest] = [
        GuardedRequest(
            .imaging, "GetImagingSettings", .user,
            "<timg:VideoSourceToken>\(nothing)</timg:VideoSourceToken>"),
        GuardedRequest(
            .imaging, "GetOptions", .user, "<timg:VideoSourceToken>\(nothing)</timg:VideoSourceToken>"),
        GuardedRequest(.imaging, "Stop", .operator, "<timg:VideoSourceToken>\(nothing)</timg:VideoSourceToken>"),
    ]

    private static let others: [GuardedRequest] = [
        GuardedRequest(.events, "GetEventProperties", .user),
        GuardedRequest(.deviceIO, "GetVideoSources", .user),
        GuardedRequest(.deviceIO, "GetAudioSources", .user),
        GuardedRequest(.deviceIO, "GetRelayOutputs", .user),
    ]
}
