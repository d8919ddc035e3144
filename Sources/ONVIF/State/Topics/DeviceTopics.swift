import Foundation

extension EventTopic {
    static let device =
        [lastReboot, lastReset, lastClockSynchronization, lastBackup, authFailed] + operationMode

    /// Source: ONVIF Core 26.06, Device management events, Monitoring.
    package static let lastReboot = EventTopic(
        property: "tns1:Monitoring/OperatingTime/LastReboot", data: [("Status", "xs:dateTime")], when: { _ in true }
    ) { device, _ in
        [Value(data: [Event.Item("Status", XSDateTime.string(device.bootTime))])]
    }

    /// Source: ONVIF Core 26.06 §8.9.4 Operating Time.
    package static let lastReset = time("OperatingTime/LastReset", of: { $0.maintenance.lastReset }) {
        $0.system.hasMonitoring
    }
    package static let lastClockSynchronization = time(
        "OperatingTime/LastClockSynchronization", of: { $0.lastClockSynchronization }
    ) { $0.system.hasMonitoring }
    package static let lastBackup = time("Backup/Last", of: { $0.maintenance.lastBackup }) { $0.hasHTTPBackup }

    /// A moment as a property; what never happened did so at the beginning of 1970.
    private static func time(
        _ path: String, of moment: @escaping @Sendable (DeviceState) -> Date?,
        when isAnnounced: @escaping @Sendable (DeviceModel) -> Bool
    ) -> EventTopic {
        EventTopic(property: "tns1:Monitoring/\(path)", data: [("Status", "xs:dateTime")], when: isAnnounced) {
            device, _ in
            let status = XSDateTime.string(moment(device) ?? Date(timeIntervalSince1970: 0))
            return [Value(data: [Event.Item("Status", status)])]
        }
    }

    private static let operationMode = [shutdownInitiated, uploadInitiated]

    /// Source: ONVIF Core 26.06 §8.9.8 Device Management.
    package static let shutdownInitiated = EventTopic(
        "tns1:Device/OperationMode/ShutdownInitiated", when: { $0.system.hasMonitoring })
    package static let uploadInitiated = EventTopic(
        "tns1:Device/OperationMode/UploadInitiated",
        when: { $0.system.hasMonitoring && ($0.hasHTTPBackup || $0.hasHTTPFirmwareUpgrade) })

    /// Source: ONVIF Core 26.06 §8.5 Security Policies.
    package static let authFailed = EventTopic(
        "tns1:Device/SecurityPolicy/AuthFailed", source: [("NetworkInterface", "tt:ReferenceToken")],
        data: [("SourceIPv4", "tt:IPv4Address")], when: { $0.system.hasAuthFailureWarnings })
}

extension Event {
    /// - Parameters:
    ///   - address: where the last of the refused logins came from; only IPv4 is told, which is all that is served.
    ///   - time: when it was refused.
    /// - Returns: the event `tns1:Device/SecurityPolicy/AuthFailed`.
    static func authFailed(from address: String?, at time: Date) -> Event {
        let isIPv4 = address?.ipAddressBytes?.count == 4
        return Event(
            topic: EventTopic.authFailed.path, time: time, source: [Item("NetworkInterface", NetworkInterface.token)],
            data: isIPv4 ? [Item("SourceIPv4", address ?? "")] : [])
    }
}
