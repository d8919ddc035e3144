package import Foundation
import XML

/// A SOAP 1.2 fault with the subcodes of the ONVIF specifications.
///
/// Source: ONVIF Core 26.06 §5.8.2 SOAP errors; SOAP 1.2 part 1 §5.4.
package struct Fault: Error, Equatable, Sendable {
    package enum Code: String, Sendable {
        case versionMismatch = "VersionMismatch"
        case mustUnderstand = "MustUnderstand"
        case sender = "Sender"
        case receiver = "Receiver"
    }

    /// What stands in `env:Detail`.
    package enum Detail: Equatable, Sendable {
        case text(String)
        /// A fault of WS-BaseNotification or WS-Resource: its element, with the time that its type asks for.
        case notification(NotificationFault, Date)
        /// `wsnt:InvalidFilterFault`: the filter element that nobody here knows.
        case unknownFilter(namespace: String, name: String, Date)
        /// A termination time out of bounds: the fault's element and the range that is accepted.
        case unacceptableTime(NotificationFault, minimum: Date, maximum: Date, Date)
        /// ONVIF Core 26.06 §9.1.2 Pull messages: the longest timeout and the highest limit that PullMessages takes.
        case pullMessages(maxTimeout: TimeInterval, maxMessageLimit: Int)
    }

    package enum NotificationFault: String, Sendable {
        case topicExpressionDialectUnknown = "TopicExpressionDialectUnknownFault"
        case invalidTopicExpression = "InvalidTopicExpressionFault"
        case topicNotSupported = "TopicNotSupportedFault"
        case invalidMessageContentExpression = "InvalidMessageContentExpressionFault"
        case unrecognizedPolicyRequest = "UnrecognizedPolicyRequestFault"
        case multipleTopicsSpecified = "MultipleTopicsSpecifiedFault"
        case noCurrentMessageOnTopic = "NoCurrentMessageOnTopicFault"
        case unableToGetMessages = "UnableToGetMessagesFault"
        case unacceptableInitialTerminationTime = "UnacceptableInitialTerminationTimeFault"
        case unacceptableTerminationTime = "UnacceptableTerminationTimeFault"
        case subscribeCreationFailed = "SubscribeCreationFailedFault"
        case resourceUnknown = "ResourceUnknownFault"
    }

    package var code: Code
    /// Local names in `ter:`, the outer one first.
    package var subcodes: [String]
    package var reason: String
    package var detail: Detail?

    package init(code: Code, subcodes: [String], reason: String, detail: Detail? = nil) {
        self.code = code
        self.subcodes = subcodes
        self.reason = reason
        self.detail = detail
    }

    /// The client's mistake: `env:Sender` with up to two subcodes.
    package static func sender(_ subcodes: String..., reason: String) -> Fault {
        Fault(code: .sender, subcodes: subcodes, reason: reason)
    }

    /// The device's inability: `env:Receiver` with up to two subcodes.
    package static func receiver(_ subcodes: String..., reason: String) -> Fault {
        Fault(code: .receiver, subcodes: subcodes, reason: reason)
    }

    /// A fault of event handling, which is sent as the receiver's (ONVIF Core 26.06 §9.9 SOAP fault messages).
    package static func notification(_ fault: NotificationFault, reason: String, at time: Date) -> Fault {
        Fault(code: .receiver, subcodes: [], reason: reason, detail: .notification(fault, time))
    }

    package static let notAuthorized = Fault.sender(
        "NotAuthorized", reason: "the action requires authorization by a user of a higher level")

    /// The HTTP status that carries the fault (SOAP 1.2 part 2 §7.5.2.2): 400 for the sender's, 500 for the receiver's.
    package var httpStatus: Int { code == .sender ? 400 : 500 }

    func write(to writer: inout XMLWriter) {
        writer.element(.env, "Fault") { writer in
            writer.element(.env, "Code") { writer in
                writer.element(.env, "Value", "env:\(code.rawValue)")
                Self.write(subcodes[...], to: &writer)
            }
            writer.element(.env, "Reason") { writer in
                writer.element(.env, "Text", [("xml:lang", "en")], reason)
            }
            if let detail {
                writer.element(.env, "Detail") { writer in Self.write(detail, reason: reason, to: &writer) }
            }
        }
    }

    private static func write(_ subcodes: ArraySlice<String>, to writer: inout XMLWriter) {
        guard let first = subcodes.first else { return }
        writer.use(.ter)
        writer.element(.env, "Subcode") { writer in
            writer.element(.env, "Value", "ter:\(first)")
            write(subcodes.dropFirst(), to: &writer)
        }
    }

    private static func write(_ detail: Detail, reason: String, to writer: inout XMLWriter) {
        switch detail {
        case .text(let text):
            writer.element(.env, "Text", text)
        case .notification(let fault, let time):
            let namespace = fault == .resourceUnknown ? XMLNamespace.wsrfr : .wsnt
            writer.element(namespace, fault.rawValue) { writer in
                writer.element(.wsrfbf, "Timestamp", XSDateTime.string(time))
                writer.element(.wsrfbf, "Description", reason)
            }
        case .unknownFilter(let filterNamespace, let filterName, let time):
            writer.element(.wsnt, "InvalidFilterFault") { writer in
                writer.element(.wsrfbf, "Timestamp", XSDateTime.string(time))
                writer.element(.wsrfbf, "Description", reason)
                let isUnqualified = filterNamespace.isEmpty
                writer.element(
                    .wsnt, "UnknownFilter", isUnqualified ? [] : [("xmlns:f", filterNamespace)],
                    isUnqualified ? filterName : "f:\(filterName)")
            }
        case .unacceptableTime(let fault, let minimum, let maximum, let time):
            writer.element(.wsnt, fault.rawValue) { writer in
                writer.element(.wsrfbf, "Timestamp", XSDateTime.string(time))
                writer.element(.wsrfbf, "Description", reason)
                writer.element(.wsnt, "MinimumTime", XSDateTime.string(minimum))
                writer.element(.wsnt, "MaximumTime", XSDateTime.string(maximum))
            }
        case .pullMessages(let maxTimeout, let maxMessageLimit):
            writer.element(.tev, "PullMessagesFaultResponse") { writer in
                writer.element(.tev, "MaxTimeout", XSDuration.string(maxTimeout))
                writer.element(.tev, "MaxMessageLimit", maxMessageLimit)
            }
        }
    }
}
