import Foundation

extension EventTopic {
    static let io = [relay, digitalInput]

    /// Source: ONVIF Device IO 26.06 §5.10.2 Relay Output Trigger.
    package static let relay = EventTopic(
        property: "tns1:Device/Trigger/Relay", source: [("RelayToken", "tt:ReferenceToken")],
        data: [("LogicalState", "tt:RelayLogicalState")], when: \.hasRelays,
        nextChange: { device, now in device.io.relays.filter { $0.isActive(at: now) }.compactMap(\.end).min() }
    ) { device, now in
        device.io.relays.map { relay in
            let state: RelayLogicalState = relay.isActive(at: now) ? .active : .inactive
            return Value(
                source: [Event.Item("RelayToken", relay.token)], data: [Event.Item("LogicalState", state.rawValue)])
        }
    }

    /// Source: ONVIF Device IO 26.06 §5.10.1 DigitalInput State Change.
    package static let digitalInput = EventTopic(
        property: "tns1:Device/Trigger/DigitalInput", source: [("InputToken", "tt:ReferenceToken")],
        data: [("LogicalState", "xs:boolean")], when: { !$0.io.inputs.isEmpty },
        nextChange: { device, now in
            device.model.io.inputs.compactMap(\.schedule).map {
                Date(timeIntervalSince1970: $0.nextChange(after: now.timeIntervalSince1970))
            }.min()
        }
    ) { device, now in
        zip(device.io.inputs, device.model.io.inputs).map { input, model in
            Value(
                source: [Event.Item("InputToken", input.token)],
                data: [Event.Item("LogicalState", "\(input.isActive(model, at: now))")])
        }
    }
}
