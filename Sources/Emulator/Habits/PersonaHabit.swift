import NIOCore
import ONVIF
import XML

/// What a kind of real device is known to do otherwise than the specifications say: a feature of a persona, off unless
/// its profile names it under `habits:`.
///
/// A mutation is there for tests of tests and breaks one rule that a case checks; a habit is there for clients and was
/// seen in the field. Operations know of neither.
package struct PersonaHabit: Sendable {
    /// As profiles write it.
    package let name: String
    /// What the device does, in one line.
    package let summary: String
    let rules: [Rule]

    /// How a habit acts, in the order in which a request meets them.
    enum Rule: Sendable {
        /// Changes the state that the device comes from the factory with.
        case factory(@Sendable (inout DeviceState) -> Void)
        /// Reads a message otherwise: its text, and what was understood of it.
        case reading(@Sendable (String, inout Envelope) throws(Fault) -> Void)
        /// The operation is not there, whatever the model has.
        case lacks(String, of: Service)
        /// How operations are refused that are not there.
        case unknown(HTTPReply)
        /// The access class of an operation.
        case access(String, of: Service, AccessClass)
        /// Changes the call before it is performed.
        case call(@Sendable (OperationEntry, inout Call) -> Void)
        /// Changes the outcome after it was performed.
        case exchange(@Sendable (inout Exchange) -> Void)
    }

    init(_ name: String, _ summary: String, _ rules: Rule...) {
        self.name = name
        self.summary = summary
        self.rules = rules
    }

    /// Every habit; each stands in a file of its own beside this one.
    package static let all: [PersonaHabit] = [
        .bare404ForUnknownOperations, .bare500ForUnknownOperations, .clockInLocalTime, .digitsForBooleans,
        .emptyAnswerForUnknownOperations, .gapsInPresets, .innerAddressInStreamURIs, .innerAddressInXAddrs,
        .mindsPrefixesOfRequests, .mindsPrefixesOfSecurity, .motionWithoutEnd, .noFrameRateLimit, .noGetServices,
        .noGetVideoSources, .timeWantsCredentials,
    ]
}

/// The habits of one device, asked by `Device` at each step of a request.
struct PersonaHabits: Sendable {
    private let rules: [PersonaHabit.Rule]

    init(_ habits: [PersonaHabit]) {
        rules = habits.flatMap(\.rules)
    }

    var isEmpty: Bool { rules.isEmpty }

    func change(_ state: inout DeviceState) {
        for case .factory(let change) in rules { change(&state) }
    }

    func read(_ message: [UInt8], _ envelope: inout Envelope) throws(Fault) {
        for rule in rules {
            guard case .reading(let read) = rule else { continue }
            try read(String(decoding: message, as: UTF8.self), &envelope)
        }
    }

    func lacks(_ entry: OperationEntry) -> Bool {
        rules.contains { rule in
            guard case .lacks(let name, let service) = rule else { return false }
            return name == entry.name && service == entry.service
        }
    }

    /// Nil where the fault of the standard is sent.
    var replyToUnknown: HTTPReply? {
        for case .unknown(let reply) in rules { return reply }
        return nil
    }

    func access(_ entry: OperationEntry) -> AccessClass {
        for case .access(let name, let service, let access) in rules
        where name == entry.name && service == entry.service {
            return access
        }
        return entry.access
    }

    func change(_ call: inout Call, of entry: OperationEntry) {
        for case .call(let change) in rules { change(entry, &call) }
    }

    func change(_ exchange: inout Exchange) {
        for case .exchange(let change) in rules { change(&exchange) }
    }
}
