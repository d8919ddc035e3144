package import Foundation

extension EventTopic {
    static let security = [keyStatus]

    /// Source: ONVIF Security 26.06 §5.5.8.1 Key Status.
    package static let keyStatus = EventTopic(
        "tns1:Advancedsecurity/Keystore/KeyStatus", source: [("KeyID", "tas:KeyID")],
        data: [("OldStatus", "tas:KeyStatus"), ("NewStatus", "tas:KeyStatus")], when: { $0.security != nil })
}

extension Event {
    /// A key came into being or is no longer generated.
    ///
    /// `old`: nil for a key whose generation begins.
    package static func keyStatus(
        _ key: String, from old: KeystoreState.Key.Status?, to new: KeystoreState.Key.Status, at time: Date
    ) -> Event {
        Event(
            topic: EventTopic.keyStatus.path, time: time, source: [Item("KeyID", key)],
            data: (old.map { [Item("OldStatus", $0.rawValue)] } ?? []) + [Item("NewStatus", new.rawValue)])
    }
}
