package import Foundation

/// What happened on the device, by its own clock; the oldest entries give way to new ones.
///
/// Source: ONVIF Core 26.06 §8.3.11 GetSystemLog; the format is the device's own.
package struct SystemLog: Codable, Equatable, Sendable {
    /// `tt:SystemLogType`.
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// Starts, resets and changes of the configuration.
        case system = "System"
        /// Who was let in to change something, and who was not.
        case access = "Access"
    }

    package struct Entry: Codable, Equatable, Sendable {
        package var time: Date
        package var text: String
    }

    /// The most entries of each kind.
    package static let limit = 100
    /// The longest text of an entry, characters.
    package static let textLimit = 200

    private var system: [Entry] = []
    private var access: [Entry] = []

    package init() {}

    /// Oldest first.
    package func entries(_ kind: Kind) -> [Entry] {
        switch kind {
        case .system: system
        case .access: access
        }
    }

    package mutating func note(_ kind: Kind, _ text: String, at time: Date) {
        // One line an entry, whatever a client called itself.
        let line = String(text.prefix(Self.textLimit).map { $0.isNewline || $0.isControl ? " " : $0 })
        let entry = Entry(time: time, text: line)
        switch kind {
        case .system: Self.append(entry, to: &system)
        case .access: Self.append(entry, to: &access)
        }
    }

    /// A line an entry: time and text.
    package func text(_ kind: Kind) -> String {
        entries(kind).map { "\(XSDateTime.string($0.time)) \($0.text)\n" }.joined()
    }

    private static func append(_ entry: Entry, to entries: inout [Entry]) {
        if entries.count >= limit { entries.removeFirst(entries.count - limit + 1) }
        entries.append(entry)
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}

extension DeviceState {
    /// Notes a request that changed the configuration: what was done in the system log, by whom in the access log.
    ///
    /// - Parameters:
    ///   - entry: the operation, which was performed.
    ///   - call: by whom and when.
    ///   - address: where the request came from; nil where nobody knows.
    package mutating func noteChange(by entry: OperationEntry, _ call: Call, from address: String?) {
        guard entry.changesConfiguration else { return }
        let user = call.user?.name ?? "anonymous"
        log.note(.system, "\(entry.name) (\(entry.service.rawValue)) by \(user)", at: call.now)
        log.note(.access, "\(user)\(Self.origin(address)) was allowed \(entry.name)", at: call.now)
    }

    /// Notes credentials that were refused, counts them and warns of too many.
    package mutating func noteRefusal(_ refusal: Authorization.Refusal, from address: String?, at now: Date) {
        switch refusal {
        case .credentials(let name):
            log.note(.access, "login refused: \(name)\(Self.origin(address))", at: now)
            countAuthFailure(from: address, at: now)
        case .level(let name):
            log.note(.access, "\(name)\(Self.origin(address)) was refused for want of rights", at: now)
        }
    }

    private static func origin(_ address: String?) -> String { address.map { " from \($0)" } ?? "" }
}

extension OperationEntry {
    /// Moving a head or a lens is no configuration, and would push everything else out of the log.
    fileprivate var changesConfiguration: Bool {
        switch access {
        case .writeSystem, .unrecoverable: true
        case .actuate: service != .ptz && service != .imaging
        case .preAuth, .readSystem, .readSystemSensitive, .readSystemSecret, .readMedia: false
        }
    }
}
