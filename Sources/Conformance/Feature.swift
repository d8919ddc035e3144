/// A feature that a device has or lacks, by its name in the Feature Discovery specification.
public struct Feature: Hashable, Sendable, RawRepresentable, Codable {
    /// Service and feature, such as "Media2/H.265".
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    private init(_ name: String) { rawValue = name }
}

extension Feature: CustomStringConvertible {
    public var description: String { rawValue }
}

/// Source: ONVIF Device Feature Discovery Specification, chapter "Discovery Procedure".
extension Feature {
    // Security and discovery
    public static let usernameToken = Feature("Security/WS-UsernameToken")
    public static let httpDigest = Feature("Security/HTTP Digest")
    public static let discovery = Feature("Discovery")
    public static let bye = Feature("Discovery/Bye Message")
    public static let typeNetworkVideoTransmitter = Feature("Discovery/Types/dn:NetworkVideoTransmitter")
    public static let typeDevice = Feature("Discovery/Types/tds:Device")

    // Device service
    public static let getCapabilities = Feature("Device/GetCapabilities")
    public static let getServices = Feature("Device/GetServices")
    public static let ntp = Feature("Device/NTP")
    public static let ipv6 = Feature("Device/IPv6")
    public static let dhcpv6 = Feature("Device/DHCPv6")
    public static let zeroConfiguration = Feature("Device/Zero Configuration")
    public static let dynamicDNS = Feature("Device/Dynamic DNS")
    public static let ipFilter = Feature("Device/IP Filter")
    public static let https = Feature("Device/HTTPS")
    public static let systemLogging = Feature("Device/System Logging")
    public static let httpFirmwareUpgrade = Feature("Device/Http Firmware Upgrade")
    public static let httpSystemBackup = Feature("Device/Http System Backup")
    public static let httpSystemLogging = Feature("Device/Http System Logging")
    public static let httpSupportInformation = Feature("Device/Http Support Information")
    public static let userConfiguration = Feature("Device/User Configuration")
    public static let networkConfiguration = Feature("Device/Network Configuration")
    public static let maximumUsers = Feature("Device/Maximum Users")
    public static let defaultAccessPolicy = Feature("Device/Default Access Policy")
    public static let remoteUserHandling = Feature("Device/Remote User Handling")
    public static let maximumUserNameLength = Feature("Device/Maximum Username Length")
    public static let maximumPasswordLength = Feature("Device/Maximum Password Length")
    public static let relayOutputs = Feature("Device/Relay Outputs")
    public static let auxiliaryCommands = Feature("Device/Auxiliary Commands")

    // Events
    public static let events = Feature("Event")
    public static let persistentNotificationStorage = Feature("Event/Persistent Notification Storage")
    public static let basicNotification = Feature("Event/WS Basic Notification")
    public static let pullPoints = Feature("Event/Pull-Point Notification")
    public static let maxPullPoints = Feature("Event/MaxPullPoints")
    public static let messageContentFilter = Feature("Event/Message Content Filter")
    public static let onvifContentFilter = Feature("Event/ONVIF Message Content Filter Dialect")
    public static let eventBroker = Feature("Event/Event Broker")

    // Media
    public static let media = Feature("Media")
    public static let mediaJPEG = Feature("Media/JPEG")
    public static let mediaH264 = Feature("Media/H.264")
    public static let mediaMPEG4 = Feature("Media/MPEG4")
    public static let mediaAudio = Feature("Media/Audio")
    public static let mediaG711 = Feature("Media/Audio/G.711")
    public static let mediaG726 = Feature("Media/Audio/G.726")
    public static let mediaAAC = Feature("Media/Audio/AAC")
    public static let mediaAudioOutput = Feature("Media/Audio Output")
    public static let mediaStreaming = Feature("Media/Real-time Streaming")
    public static let mediaStreamingTCP = Feature("Media/Real-time Streaming/RTP/RTSP/TCP")
    public static let mediaMulticast = Feature("Media/Real-time Streaming/RTP-Multicast/UDP")
    public static let mediaSnapshotURI = Feature("Media/GetSnapshotUri")

    // Media2
    public static let media2 = Feature("Media2")
    public static let media2H264 = Feature("Media2/H.264")
    public static let media2H265 = Feature("Media2/H.265")
    public static let media2Audio = Feature("Media2/Audio")
    public static let media2G711 = Feature("Media2/Audio/G.711")
    public static let media2AAC = Feature("Media2/Audio/AAC")
    public static let media2AudioOutput = Feature("Media2/Audio Output")
    public static let media2Streaming = Feature("Media2/Real-time Streaming")
    public static let media2StreamingTCP = Feature("Media2/Real-time Streaming/RTP/RTSP/TCP")
    public static let media2StreamingHTTPS = Feature("Media2/Real-time Streaming/RTP/RTSP/HTTPS")
    public static let media2Multicast = Feature("Media2/Real-time Streaming/RTP-Multicast/UDP")
    public static let media2WebSocket = Feature("Media2/Real-time Streaming/RTSP WebSocket")
    public static let media2SnapshotURI = Feature("Media2/Snapshot Uri")
    public static let media2VideoSourceMode = Feature("Media2/Video Source Mode")
    public static let media2OSD = Feature("Media2/OSD")
    public static let media2Mask = Feature("Media2/Mask")
    public static let media2Metadata = Feature("Media2/Metadata")
    public static let media2Analytics = Feature("Media2/Analytics")
    public static let profileChangedEvent = Feature("Media2/Events/Media/ProfileChanged")
    public static let configurationChangedEvent = Feature("Media2/Events/Media/ConfigurationChanged")

    // PTZ
    public static let ptz = Feature("PTZ")
    public static let ptzAbsolute = Feature("PTZ/Absolute Move")
    public static let ptzAbsolutePanTilt = Feature("PTZ/Absolute Move/PanTilt")
    public static let ptzAbsoluteZoom = Feature("PTZ/Absolute Move/Zoom")
    public static let ptzRelative = Feature("PTZ/Relative Move")
    public static let ptzRelativePanTilt = Feature("PTZ/Relative Move/PanTilt")
    public static let ptzRelativeZoom = Feature("PTZ/Relative Move/Zoom")
    public static let ptzContinuous = Feature("PTZ/Continuous Move")
    public static let ptzContinuousPanTilt = Feature("PTZ/Continuous Move/PanTilt")
    public static let ptzContinuousZoom = Feature("PTZ/Continuous Move/Zoom")
    public static let ptzSpeed = Feature("PTZ/Speed")
    public static let ptzSpeedPanTilt = Feature("PTZ/Speed/PanTilt")
    public static let ptzSpeedZoom = Feature("PTZ/Speed/Zoom")
    public static let ptzPresets = Feature("PTZ/Presets")
    public static let ptzHome = Feature("PTZ/Home Position")
    public static let ptzHomeConfigurable = Feature("PTZ/Home Position/Configurable")
    public static let ptzHomeFixed = Feature("PTZ/Home Position/Fixed")
    public static let ptzAuxiliary = Feature("PTZ/Auxiliary Operations")
    public static let ptzMoveStatus = Feature("PTZ/Move Status")
    public static let ptzStatusPosition = Feature("PTZ/Status Position")
    public static let ptzCompatibleConfigurations = Feature("PTZ/Get Compatible Configurations")

    // Device IO, Imaging
    public static let deviceIO = Feature("Device IO")
    public static let deviceIORelayOutputs = Feature("Device IO/Relay Outputs")
    public static let deviceIORelayOutputOptions = Feature("Device IO/Relay Outputs/Options")
    public static let deviceIODigitalInputs = Feature("Device IO/Digital Inputs")
    public static let deviceIODigitalInputOptions = Feature("Device IO/Digital Inputs/Options")
    public static let deviceIOSerialPorts = Feature("Device IO/Serial Ports")
    public static let imaging = Feature("Imaging")
    public static let imagingFocus = Feature("Imaging/Focus Control")
    public static let imagingIrCutFilter = Feature("Imaging/IrCutFilter Configuration")
    public static let motionAlarmEvent = Feature("Imaging/Motion Alarm")
    public static let imageTooBlurryEvent = Feature("Imaging/Tampering/Image Too Blurry")
    public static let imageTooDarkEvent = Feature("Imaging/Tampering/Image Too Dark")
    public static let imageTooBrightEvent = Feature("Imaging/Tampering/Image Too Bright")
    public static let globalSceneChangeEvent = Feature("Imaging/Tampering/Global Scene Change")

    // Further services
    public static let analytics = Feature("Analytics")
    public static let analyticsRules = Feature("Analytics/Rule Engine")
    public static let analyticsModules = Feature("Analytics/Analytics Modules")
    public static let analyticsRuleOptions = Feature("Analytics/Rule Engine/Rule Options")
    public static let analyticsModuleOptions = Feature("Analytics/Analytics Modules/Analytics Module Options")
    public static let analyticsMetadata = Feature("Analytics/Supported Metadata")
    public static let recording = Feature("Recording Control")
    public static let search = Feature("Recording Search")
    public static let replay = Feature("Replay")
    public static let receiver = Feature("Receiver")
    public static let securityConfiguration = Feature("Security Configuration")
    public static let thermal = Feature("Thermal")

    // Claims
    public static let profileS = Feature("Profile S")
    public static let profileT = Feature("Profile T")
    public static let profileG = Feature("Profile G")
    public static let profileM = Feature("Profile M")

    /// In the order of reports.
    public static let all: [Feature] = [
        .usernameToken, .httpDigest, .discovery, .bye, .typeNetworkVideoTransmitter, .typeDevice,
        .getCapabilities, .getServices, .ntp, .ipv6, .dhcpv6, .zeroConfiguration, .dynamicDNS, .ipFilter, .https,
        .systemLogging, .httpFirmwareUpgrade, .httpSystemBackup, .httpSystemLogging, .httpSupportInformation,
        .userConfiguration, .networkConfiguration, .maximumUsers, .defaultAccessPolicy, .remoteUserHandling,
        .maximumUserNameLength, .maximumPasswordLength, .relayOutputs, .auxiliaryCommands,
        .events, .persistentNotificationStorage, .basicNotification, .pullPoints, .maxPullPoints,
        .messageContentFilter, .onvifContentFilter, .eventBroker,
        .media, .mediaJPEG, .mediaH264, .mediaMPEG4, .mediaAudio, .mediaG711, .mediaG726, .mediaAAC,
        .mediaAudioOutput, .mediaStreaming, .mediaStreamingTCP, .mediaMulticast, .mediaSnapshotURI,
        .media2, .media2H264, .media2H265, .media2Audio, .media2G711, .media2AAC, .media2AudioOutput,
        .media2Streaming, .media2StreamingTCP, .media2StreamingHTTPS, .media2Multicast, .media2WebSocket,
        .media2SnapshotURI, .media2VideoSourceMode, .media2OSD, .media2Mask, .media2Metadata, .media2Analytics,
        .profileChangedEvent, .configurationChangedEvent,
        .ptz, .ptzAbsolute, .ptzAbsolutePanTilt, .ptzAbsoluteZoom, .ptzRelative, .ptzRelativePanTilt,
        .ptzRelativeZoom, .ptzContinuous, .ptzContinuousPanTilt, .ptzContinuousZoom, .ptzSpeed, .ptzSpeedPanTilt,
        .ptzSpeedZoom, .ptzPresets, .ptzHome, .ptzHomeConfigurable, .ptzHomeFixed, .ptzAuxiliary, .ptzMoveStatus,
        .ptzStatusPosition, .ptzCompatibleConfigurations,
        .deviceIO, .deviceIORelayOutputs, .deviceIORelayOutputOptions, .deviceIODigitalInputs,
        .deviceIODigitalInputOptions, .deviceIOSerialPorts,
        .imaging, .imagingFocus, .imagingIrCutFilter, .motionAlarmEvent, .imageTooBlurryEvent, .imageTooDarkEvent,
        .imageTooBrightEvent, .globalSceneChangeEvent,
        .analytics, .analyticsRules, .analyticsRuleOptions, .analyticsModules, .analyticsModuleOptions,
        .analyticsMetadata, .recording, .search, .replay, .receiver, .securityConfiguration, .thermal,
        .profileS, .profileT, .profileG, .profileM,
    ]
}

/// Whether a device has a feature, with what says so.
public struct FeatureFinding: Sendable, Equatable, Codable {
    public enum State: String, Sendable, Codable {
        case supported
        case notSupported = "not supported"
        /// The probe failed: its tests run as if it were there, conformance counts it as missing.
        case undefined
    }

    public var feature: Feature
    public var state: State
    /// What the device said, such as "GetServiceCapabilities: Network/@NTP = 1".
    public var evidence: String

    public init(_ feature: Feature, _ state: State, evidence: String) {
        self.feature = feature
        self.state = state
        self.evidence = evidence
    }
}
