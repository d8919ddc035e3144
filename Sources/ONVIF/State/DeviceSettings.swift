package import Foundation

/// Everything that clients can set: what a backup holds and a restore brings back.
///
/// It is what a device keeps over a restart, but for the keystore: private keys leave no device.
package struct DeviceSettings: Codable, Sendable {
    private var model: DeviceModel
    private var kept: KeptState

    package init(_ device: DeviceState) {
        model = device.model
        kept = device.kept
        kept.security = nil
    }

    /// - Throws: `EncodingError`.
    package func json() throws -> Data {
        try KeptState.encoder().encode(self)
    }

    /// - Throws: `DecodingError`.
    package init(json: Data) throws {
        self = try KeptState.decoder().decode(Self.self, from: json)
    }

    /// Whether a device of that model can take the settings.
    fileprivate func fits(_ model: DeviceModel) -> Bool {
        self.model == model && kept.system.users.contains { $0.level == .administrator }
    }

    /// Puts the settings in; what serves HTTPS stays, as its certificates are in no backup.
    fileprivate func apply(to device: inout DeviceState) {
        let own = device
        device.take(kept)
        device.security = own.security
        device.maintenance = own.maintenance
        let https = own.network.protocols.first { $0.name == .https }
        for index in device.network.protocols.indices where device.network.protocols[index].name == .https {
            if let https { device.network.protocols[index] = https }
        }
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
        for address in brokers.subscriptions.values {
            try? fresh.events.unsubscribe(atPath: EventState.path(of: address), now: now)
        }
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
        if !before.brokers.configurations.isEmpty { effects.append(.brokersChanged) }
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
