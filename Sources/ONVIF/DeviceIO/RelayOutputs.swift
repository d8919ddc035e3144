package import Foundation
package import XML

/// What the relay operations of Device IO and of the Device service have in common.
extension DeviceState {
    /// - Throws: `RelayToken`.
    func relay(_ token: String) throws(Fault) -> Int {
        guard let index = io.relays.firstIndex(where: { $0.token == token }) else {
            throw .sender("InvalidArgVal", "RelayToken", reason: "there is no relay output \"\(token)\"")
        }
        return index
    }

    /// - Throws: `RelayToken`; `ModeError` for a mode or a delay that the options do not have.
    mutating func setRelay(_ token: String, _ properties: RelayProperties, now: Date) throws(Fault) {
        let index = try relay(token)
        let model = model.io.relays[index]
        guard let mode = RelayModel.Mode(rawValue: properties.mode), model.modes.contains(mode) else {
            throw .modeError("the relay has no mode \"\(properties.mode.prefix(64))\"")
        }
        // A bistable relay has no use for a delay.
        let delay = mode == .monostable ? properties.delay : nil
        guard delay.map(model.accepts) ?? true else { throw .modeError("the delay time is not among the options") }
        io.relays[index].set(mode: mode, delay: delay, idle: properties.idle, now: now)
    }

    /// - Throws: `RelayToken`.
    mutating func setRelay(_ token: String, active: Bool, now: Date) throws(Fault) {
        io.relays[try relay(token)].set(active: active, now: now)
    }
}

/// `tt:RelayOutputSettings` as a request has it.
package struct RelayProperties: Equatable, Sendable {
    package var mode: String
    /// Seconds
    package var delay: TimeInterval
    package var idle: Contact

    init(_ element: XMLElement) throws(Fault) {
        mode = try element.string("Mode")
        delay = try element.duration("DelayTime")
        idle = try element.choice("IdleState")
    }
}

/// `tt:RelayLogicalState`.
package enum RelayLogicalState: String, Sendable {
    case active, inactive
}

/// The relay outputs, in the message that both services answer with.
package struct RelayOutputsResponse: ResponseMessage, Equatable {
    package var relays: [RelayState]

    package func write(to writer: inout XMLWriter) {
        for relay in relays {
            writer.element(.tds, "RelayOutputs", [("token", relay.token)]) { writer in
                writer.element(.tt, "Properties") { writer in
                    writer.element(.tt, "Mode", relay.mode.rawValue)
                    writer.element(.tt, "DelayTime", XSDuration.string(relay.delay))
                    writer.element(.tt, "IdleState", relay.idle.rawValue)
                }
            }
        }
    }
}

extension Fault {
    fileprivate static func modeError(_ reason: String) -> Fault {
        .sender("InvalidArgVal", "ModeError", reason: reason)
    }
}

extension DeviceModel {
    var hasRelays: Bool { !io.relays.isEmpty }
}
