package import Foundation

/// Everything that clients can set: what a backup holds and a restore brings back.
package struct DeviceSettings: Codable, Sendable {
    /// Of the device that was backed up; its ports tell which settings are the factory's.
    private var identity: DeviceIdentity
    private var clock: DeviceClock
    private var system: SystemState
    private var network: NetworkState
    private var media: MediaState
    private var ptz: PTZState?
    private var imaging: [String: ImagingState]
    private var thermal: [String: ThermalState]
    private var io: IOState
    private var model: DeviceModel

    package init(_ device: DeviceState) {
        model = device.model
        identity = device.identity
        clock = device.clock
        system = device.system
        network = device.network
        media = device.media
        ptz = device.ptz
        imaging = device.imaging
        thermal = device.thermal
        io = device.io
    }

    /// Whether a device of that model can take the settings.
    fileprivate func fits(_ model: DeviceModel) -> Bool {
        self.model == model && system.users.contains { $0.level == .administrator }
    }

    /// Puts the settings in; ports that the factory chose stay those of this device.
    fileprivate func apply(to device: inout DeviceState) {
        device.clock = clock
        device.system = system
        var network = network
        for index in network.protocols.indices {
            switch network.protocols[index].name {
            case .http: network.protocols[index].ports = [device.identity.httpPort]
            case .rtsp where network.protocols[index].ports == [identity.rtspPort]:
                network.protocols[index].ports = [device.identity.rtspPort]
            // The certificates of HTTPS are in no backup, so that it stays as it is.
            case .https:
                if let own = device.network.protocols.first(where: { $0.name == .https }) {
                    network.protocols[index] = own
                }
            case .rtsp: break
            }
        }
        if network.interface == NetworkInterface(identity: identity) {
            network.interface = NetworkInterface(identity: device.identity)
        }
        device.network = network
        device.media = media
        device.ptz = ptz
        device.imaging = imaging
        device.thermal = thermal
        device.io = io
    }
}

extension DeviceState {
    /// Takes the settings of a backup and reboots.
    ///
    /// - Returns: false where they are those of another kind of device; nothing changes then.
    package mutating func restore(_ settings: DeviceSettings, at now: Date) -> Bool {
        guard settings.fits(model) else { return false }
        let (before, version) = (network, system.metadataVersion)
        settings.apply(to: &self)
        maintenance.endUploads(.restore)
        settled(since: before, metadataVersion: version)
        events.publish(Event(topic: EventTopic.uploadInitiated.path, time: now))
        log.note(.system, "settings restored from a backup", at: now)
        shutDown(at: now)
        return true
    }

    /// Sets everything back to what the factory shipped.
    ///
    /// - Parameters:
    ///   - keepsAccess: Soft keeps what it takes to reach the device: network, clock, accounts and locked policies.
    ///   - now: the device's clock.
    mutating func resetToFactory(keepsAccess: Bool, at now: Date) {
        let before = self
        var fresh = DeviceState(model: model, identity: identity, users: factoryUsers, now: now)
        fresh.bootTime = bootTime
        fresh.maintenance = maintenance
        // Listeners are told that the device goes; the reboot ends their subscriptions.
        fresh.events = events
        if keepsAccess {
            fresh.network = network
            fresh.security = security
            fresh.clock = clock
            fresh.system.users = system.users
            fresh.system.remoteUser = system.remoteUser
            fresh.system.roles = system.roles
            fresh.system.accessPolicy = system.accessPolicy
            fresh.system.hashingAlgorithms = system.hashingAlgorithms
            fresh.system.passwords = system.passwords
            fresh.system.authFailureWarning = system.authFailureWarning
            fresh.log = log
        }
        self = fresh
        effects = before.effects
        maintenance.lastReset = now
        settled(since: before.network, metadataVersion: before.system.metadataVersion)
        log.note(.system, "reset to factory defaults (\(keepsAccess ? "Soft" : "Hard"))", at: now)
        shutDown(at: now)
    }

    /// Tells the world what differs after all settings were replaced.
    private mutating func settled(since before: NetworkState, metadataVersion: Int) {
        system.metadataVersion = max(system.metadataVersion, metadataVersion) + 1
        let rtsp = { (network: NetworkState) in network.protocols.first { $0.name == .rtsp } }
        if let now = rtsp(network), now != rtsp(before) {
            effects.append(.rtspPort(now.isEnabled ? now.ports.first : nil))
        }
    }
}
