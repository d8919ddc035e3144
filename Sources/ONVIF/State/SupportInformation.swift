package import Foundation

extension DeviceState {
    /// What a support desk would ask for, a line a fact; no passwords.
    package func supportInformation(at now: Date) -> String {
        var lines = [
            "Manufacturer: \(model.manufacturer)",
            "Model: \(model.model)",
            "Hardware: \(model.hardwareID)",
            "Firmware: \(firmwareVersion)",
            "Serial number: \(identity.serialNumber)",
            "Hardware address: \(identity.hardwareAddress)",
            "Time: \(XSDateTime.string(now)) (\(clock.source.rawValue), \(clock.timeZone.text))",
            "Up since: \(XSDateTime.string(bootTime))",
            "Host name: \(network.hostname)",
            "Address: \(identity.address)/\(identity.prefixLength)",
        ]
        for entry in network.protocols {
            let ports = entry.ports.map(String.init).joined(separator: ", ")
            lines.append("\(entry.name.rawValue): \(entry.isEnabled ? "on" : "off"), port \(ports)")
        }
        lines += system.users.map { "User: \($0.name) (\($0.level.rawValue))" }
        lines += media.profiles.map { "Media profile: \($0.token) (\($0.name))" }
        lines += system.auxiliary.sorted { $0.key < $1.key }.map { "Auxiliary: \($0.key) \($0.value)" }
        lines.append("Subscriptions: \(events.subscriptions.count)")
        lines.append("")
        return lines.joined(separator: "\n") + log.text(.system)
    }
}
