package import Authentication
package import Certificates
package import Foundation

/// The whole state of one camera as a value; operations change a copy, and the copy replaces it only when they succeed.
package struct DeviceState: Sendable {
    package let model: DeviceModel
    package let identity: DeviceIdentity
    package var clock: DeviceClock
    package var system: SystemState
    package var network: NetworkState
    package var media: MediaState
    package var ptz: PTZState?
    /// By the tokens of the video sources that have imaging settings.
    package var imaging: [String: ImagingState] = [:]
    /// Nil for a device without the receiver service.
    package var receivers: ReceiverState?
    /// By the tokens of the video sources that are thermal.
    package var thermal: [String: ThermalState] = [:]
    package var io: IOState
    /// What the rules of its analytics have seen.
    package internal(set) var observations = AnalyticsObservations()
    package var events: EventState
    package var brokers = EventBrokerState()
    package var security: SecurityState?
    package var maintenance = MaintenanceState()
    package var log = SystemLog()
    /// The accounts that the factory made.
    package let factoryUsers: [User]
    /// When the device came up last, by its own clock.
    package var bootTime: Date
    /// What the change asks of the world outside; the owner of the state takes and performs it.
    package var effects: [Effect] = []

    /// A camera fresh from the factory.
    package init(model: DeviceModel, identity: DeviceIdentity, users: [User], now: Date) {
        self.model = model
        self.identity = identity
        clock = DeviceClock()
        system = SystemState(model: model, users: users)
        network = NetworkState(identity: identity)
        media = MediaState(model: model)
        ptz = model.ptz.map(PTZState.init)
        for index in model.videos.indices {
            imaging[MediaState.videoSourceToken(index)] = model.imaging(ofVideo: index).map(ImagingState.init)
        }
        for number in model.thermal?.sources ?? [] where model.videos.indices.contains(number - 1) {
            thermal[MediaState.videoSourceToken(number - 1)] = model.thermal.map { ThermalState(model: $0, now: now) }
        }
        io = IOState(model: model.io)
        events = EventState(model: model, now: now)
        receivers = model.receivers.map(ReceiverState.init)
        security = model.security.map(SecurityState.init)
        if model.security?.tls != nil { network.protocols.append(.httpsAtFirst) }
        factoryUsers = users
        bootTime = now
        log.note(.system, "started, firmware \(firmwareVersion)", at: now)
        tellProperties(at: now)
    }

    package var services: [Service] { Service.allCases.filter { $0.isOffered(by: model) } }
}

/// What an operation asks of the world outside the state.
package enum Effect: Equatable, Sendable {
    /// Announce the device anew: scopes or addresses changed.
    case hello
    /// Whether the device is found has changed.
    case discoveryModeChanged
    /// The RTSP server moves to this port, or stops (nil).
    case rtspPort(Int?)
    /// Leave the network, end all sessions, come back after a while.
    case reboot
    /// The encodings behind these media profiles changed: their sessions end.
    case streamsChanged(profiles: [String])
    /// What is drawn over pictures, or how they are shown, changed.
    case pictureChanged
    /// The streams of this media profile go out to their multicast groups by themselves, or no longer do; what holds now
    /// is `MediaState.multicastDelivery`. Told again where the groups or the streams have changed.
    case multicast(profile: String, isOn: Bool)
    /// The next video frame of these media profiles should be a key frame.
    case synchronizationPoint(profiles: [String])
    /// Make a key pair for the keystore, away from the device's loop, and tell `finishGeneration`.
    case generateKey(id: String, KeyAlgorithm)
    /// The event brokers, or what the connections to them need of the keystore, have changed.
    case brokersChanged
    /// What `tlsServing` says has changed: new connections get it.
    case tlsServingChanged
    /// The loudspeaker gives an alarm.
    case siren(Siren)
}

/// What makes a device itself among others of its model.
package struct DeviceIdentity: Codable, Equatable, Sendable {
    /// Stable over restarts; the endpoint reference is `urn:uuid:` and this.
    package var uuid: UUID
    package var serialNumber: String
    /// `02:00:00:00:00:01`
    package var hardwareAddress: String
    /// The address that it is served on.
    package var address: String
    /// Bits of the network part of an IPv4 address.
    package var prefixLength: Int
    package var httpPort: Int
    package var rtspPort: Int

    package init(
        uuid: UUID, serialNumber: String, hardwareAddress: String, address: String, prefixLength: Int = 24,
        httpPort: Int, rtspPort: Int
    ) {
        self.uuid = uuid
        self.serialNumber = serialNumber
        self.hardwareAddress = hardwareAddress
        self.address = address
        self.prefixLength = prefixLength
        self.httpPort = httpPort
        self.rtspPort = rtspPort
    }

    /// The address is of IPv6; the device has none of IPv4 then.
    package var isIPv6: Bool { address.contains(":") }

    /// The address as URIs have it.
    package var host: String { address.uriHost }

    /// The `wsa:Address` by which discovery knows the device.
    package var endpointReference: String { "urn:uuid:\(uuid.uuidString.lowercased())" }
}

/// The device's clock: the host's, shifted by what SetSystemDateAndTime asked for.
package struct DeviceClock: Codable, Equatable, Sendable {
    package enum Source: String, Codable, Sendable {
        case manual = "Manual"
        case ntp = "NTP"
    }

    package var source: Source = .ntp
    /// Seconds ahead of the host's clock.
    package var offset: TimeInterval = 0
    package var daylightSavings = false
    package var timeZone = POSIXTimeZone.utc

    package init() {}

    /// The offset of local time at a moment, seconds east of Greenwich; summer time counts while it is switched on.
    package func secondsEast(at seconds: Int64) -> Int {
        daylightSavings ? timeZone.secondsEast(at: seconds) : timeZone.secondsEast
    }

    package func now(host: Date) -> Date {
        host.addingTimeInterval(offset)
    }
}

/// Names, scopes and accounts.
package struct SystemState: Codable, Equatable, Sendable {
    package var users: [User]
    /// Fixed scopes first, as the factory set them.
    package var scopes: [Scope]
    package var isDiscoverable = true
    /// What HTTP and RTSP digest challenges offer, the preferred one first.
    package var hashingAlgorithms: [DigestAuthentication.Algorithm]
    /// `d:MetadataVersion`: grows whenever what discovery tells changes (WS-Discovery 2005 §4.1).
    package var metadataVersion = 1
    package internal(set) var accessPolicy = AccessPolicy()
    package internal(set) var remoteUser: RemoteUser?
    /// Those that clients made; the predefined ones are known to all.
    package internal(set) var roles: [UserRole] = []
    package internal(set) var passwords = PasswordPolicy()
    package internal(set) var authFailureWarning = AuthFailureWarning()
    package internal(set) var geoLocations: [LocationEntity] = []
    package internal(set) var storage: [StorageConfiguration] = []
    /// Numbers given to storage configurations; none is given twice.
    var lastStorageNumber = 0
    /// What each auxiliary command, such as `tt:Wiper`, was last set to.
    package internal(set) var auxiliary: [String: String] = [:]
    package internal(set) var isRemotelyDiscoverable = false
    package internal(set) var discoveryProxies: [NetworkState.NetworkHost] = []

    init(model: DeviceModel, users: [User]) {
        self.users = users
        hashingAlgorithms = model.access.hashingAlgorithms
        let root = "onvif://www.onvif.org/"
        var scopes = model.profiles.map { Scope(uri: root + "Profile/" + $0.rawValue, isFixed: true) }
        var types = ["video_encoder"]
        if model.audio != nil { types.append("audio_encoder") }
        if model.ptz != nil { types.append("ptz") }
        scopes += types.map { Scope(uri: root + "type/" + $0, isFixed: true) }
        scopes.append(Scope(uri: root + "hardware/" + model.hardwareID.percentEncodedForScope, isFixed: true))
        scopes.append(Scope(uri: root + "name/" + model.name.percentEncodedForScope, isFixed: true))
        scopes.append(Scope(uri: root + "location/" + model.location.percentEncodedForScope, isFixed: false))
        self.scopes = scopes
    }

    /// `tt:Scope` (ONVIF Core 26.06 §7.3.2.2 Scopes).
    package struct Scope: Codable, Equatable, Sendable {
        package var uri: String
        package var isFixed: Bool

        package init(uri: String, isFixed: Bool) {
            self.uri = uri
            self.isFixed = isFixed
        }
    }
}

extension String {
    /// Characters beyond RFC 3986's unreserved ones and `/` become percent escapes.
    fileprivate var percentEncodedForScope: String {
        let allowed = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7F}"))
            .union(CharacterSet(charactersIn: "-._~/"))
        return addingPercentEncoding(withAllowedCharacters: allowed) ?? self
    }
}

/// The network settings that the device shows and lets itself be told; sockets stay as they were opened.
package struct NetworkState: Codable, Equatable, Sendable {
    package var hostname: String
    package var isHostnameFromDHCP = false
    package var protocols: [NetworkProtocol]
    package var dns: AddressSetting
    package var ntp: AddressSetting
    package var gateways: [String]
    /// As it works and is shown.
    package internal(set) var interface: NetworkInterface
    /// Holds from the next start on.
    package internal(set) var pendingInterface: NetworkInterface?
    package internal(set) var isZeroConfigured = false
    package internal(set) var filter = IPAddressFilter()
    package internal(set) var dynamicDNS = DynamicDNS()

    init(identity: DeviceIdentity) {
        hostname = "glasseye-" + identity.serialNumber.lowercased()
        protocols = [
            NetworkProtocol(name: .http, isEnabled: true, ports: [identity.httpPort]),
            NetworkProtocol(name: .rtsp, isEnabled: true, ports: [identity.rtspPort]),
        ]
        dns = AddressSetting()
        // The clock follows NTP as the device is shipped, so there is a server from the start.
        ntp = AddressSetting(manual: [.dns(Self.factoryTimeServer)])
        gateways = []
        interface = NetworkInterface(identity: identity)
    }

    /// A name that nobody has (RFC 2606 §3): the clock follows the host's, whatever is set.
    static let factoryTimeServer = "ntp.example.net"

    mutating func restart() {
        interface = pendingInterface ?? interface
        pendingInterface = nil
    }

    /// Where RTSP is, or would be if it were enabled.
    package var rtspPort: Int { protocols.first { $0.name == .rtsp }?.ports.first ?? 0 }

    /// `tt:NetworkProtocol`.
    package struct NetworkProtocol: Codable, Equatable, Sendable {
        package enum Name: String, Codable, Sendable {
            case http = "HTTP"
            case https = "HTTPS"
            case rtsp = "RTSP"
        }

        /// HTTPS as it comes from the factory: off until there is a certificate.
        package static let httpsAtFirst = NetworkProtocol(name: .https, isEnabled: false, ports: [443])

        package var name: Name
        package var isEnabled: Bool
        package var ports: [Int]

        package init(name: Name, isEnabled: Bool, ports: [Int]) {
            self.name = name
            self.isEnabled = isEnabled
            self.ports = ports
        }
    }

    /// Servers taken from DHCP or set by hand: `tt:DNSInformation`, `tt:NTPInformation`.
    package struct AddressSetting: Codable, Equatable, Sendable {
        package var isFromDHCP = false
        package var searchDomains: [String] = []
        package var manual: [NetworkHost] = []

        package init(isFromDHCP: Bool = false, searchDomains: [String] = [], manual: [NetworkHost] = []) {
            self.isFromDHCP = isFromDHCP
            self.searchDomains = searchDomains
            self.manual = manual
        }
    }

    /// `tt:NetworkHost` and `tt:IPAddress`.
    package enum NetworkHost: Codable, Equatable, Sendable {
        case ipv4(String)
        case ipv6(String)
        case dns(String)
    }
}
