package import Foundation

/// What has been done to the device as a whole, and the uploads that it waits for; no setting, so no part of a backup.
package struct MaintenanceState: Codable, Equatable, Sendable {
    /// A file that the device has asked for.
    package struct Upload: Codable, Equatable, Sendable {
        package enum Kind: String, Codable, CaseIterable, Sendable {
            case restore
            case firmware
        }

        package var kind: Kind
        /// The last step of the upload's path.
        package var token: String
        package var deadline: Date
    }

    /// How long an upload may be begun after the device asked for it, seconds.
    package static let uploadLifetime: TimeInterval = 300
    /// How long the device says to be away after an upload, seconds; twice what it takes.
    package static let expectedDownTime: TimeInterval = 5

    /// The firmware that runs; nil for the one that the model came with.
    package internal(set) var firmwareVersion: String?
    /// Runs from the next start on.
    package internal(set) var pendingFirmwareVersion: String?
    package internal(set) var lastReset: Date?
    package internal(set) var lastBackup: Date?
    /// By SetSystemDateAndTime; that by NTP happens at the start.
    package internal(set) var lastClockSetting: Date?
    private var uploads: [Upload] = []
    private var uploadCount = 0
    /// Since the first refused login of the period that is watched.
    var authFailures: AuthFailures?

    /// Refused logins within the period that is watched.
    struct AuthFailures: Codable, Equatable, Sendable {
        var since: Date
        var count: Int
    }

    package init() {}

    /// Asks for a file; the one asked for before is not taken any more.
    mutating func expect(_ kind: Upload.Kind, at now: Date) -> Upload {
        uploadCount += 1
        uploads.removeAll { $0.kind == kind }
        let stamp = String(Int64(now.timeIntervalSince1970), radix: 36)
        let upload = Upload(kind: kind, token: "\(stamp)-\(uploadCount)", deadline: now + Self.uploadLifetime)
        uploads.append(upload)
        return upload
    }

    /// The upload that is awaited under that token, unless its time is up.
    package func upload(_ kind: Upload.Kind, token: String, at now: Date) -> Upload? {
        uploads.first { $0.kind == kind && $0.token == token && $0.deadline > now }
    }

    /// Takes no further file under this kind of upload.
    package mutating func endUploads(_ kind: Upload.Kind) {
        uploads.removeAll { $0.kind == kind }
    }

    /// Keeps the remaining life of what is awaited when the device's clock is set.
    mutating func clockMoved(by seconds: TimeInterval) {
        for index in uploads.indices { uploads[index].deadline += seconds }
        authFailures?.since += seconds
    }

    mutating func restart() {
        firmwareVersion = pendingFirmwareVersion ?? firmwareVersion
        pendingFirmwareVersion = nil
        uploads = []
        authFailures = nil
    }
}

extension DeviceState {
    /// What GetDeviceInformation shows.
    package var firmwareVersion: String { maintenance.firmwareVersion ?? model.firmwareVersion }

    /// Takes a firmware, which runs after the reboot that it asks for.
    package mutating func install(firmware version: String, at now: Date) {
        maintenance.pendingFirmwareVersion = version
        maintenance.endUploads(.firmware)
        log.note(.system, "firmware \(version) uploaded", at: now)
        events.publish(Event(topic: EventTopic.uploadInitiated.path, time: now))
        shutDown(at: now)
    }

    /// A backup of the settings has been handed out.
    package mutating func noteBackup(at now: Date) {
        maintenance.lastBackup = now
        log.note(.system, "settings backed up", at: now)
    }

    /// Tells that the device goes away, and asks for it.
    mutating func shutDown(at now: Date) {
        events.publish(Event(topic: EventTopic.shutdownInitiated.path, time: now))
        effects.append(.reboot)
    }

    /// When the clock was last put right: at the start where it follows NTP, or by SetSystemDateAndTime.
    var lastClockSynchronization: Date? {
        clock.source == .ntp ? max(bootTime, maintenance.lastClockSetting ?? bootTime) : maintenance.lastClockSetting
    }

    /// Counts a refused login, and warns when there were more than allowed in the period.
    ///
    /// Source: ONVIF Core 26.06 §8.5 Security Policies.
    mutating func countAuthFailure(from address: String?, at now: Date) {
        let warning = system.authFailureWarning
        guard model.system.hasAuthFailureWarnings, warning.isEnabled else { return }
        var failures = maintenance.authFailures ?? MaintenanceState.AuthFailures(since: now, count: 0)
        if !(failures.since...(failures.since + Double(warning.monitorPeriod))).contains(now) {
            failures = MaintenanceState.AuthFailures(since: now, count: 0)
        }
        failures.count += 1
        guard failures.count > warning.maximumFailures else {
            maintenance.authFailures = failures
            return
        }
        // The next failure begins a new period.
        maintenance.authFailures = nil
        log.note(.access, "\(failures.count) logins refused within \(warning.monitorPeriod) s", at: now)
        events.publish(.authFailed(from: address, at: now))
    }
}
