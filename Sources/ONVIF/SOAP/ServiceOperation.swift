package import Foundation
package import XML

/// The body of a response: the content of `<…Response>`.
package protocol ResponseMessage: Sendable {
    func write(to writer: inout XMLWriter)
}

/// A response without content.
package struct EmptyResponse: ResponseMessage, Equatable {
    package init() {}
    package func write(to writer: inout XMLWriter) {}
}

/// A response that may not be ready: the owner of the state then holds the request.
///
/// While `waitUntil` is a date, the response must not be sent. The state that the operation left is kept as usual, and the
/// same request is performed again, with `Call.now` moved on and `Call.arrived` as it was, once there may be something to
/// answer and at `waitUntil` at the latest; the answer is then final or a fault.
package protocol DeferrableResponse: ResponseMessage {
    var waitUntil: Date? { get }
}

/// What surrounds a request: who asks, how, and when.
package struct Call: Sendable {
    /// The device's clock at the moment of the request, or when a held request is performed again.
    package var now: Date
    /// The device's clock when the request came; earlier than `now` only for a request that was held.
    package var arrived: Date
    /// `http` or `https`, as the client reached us.
    package var scheme: String
    /// Host and port as the client wrote them (`Host` header), so that our addresses are reachable for it.
    package var authority: String
    /// Nil where nobody was authenticated.
    package var user: User?
    package var addressing: Addressing
    /// The path of the request; a subscription's own address is told by it.
    package var path: String

    package init(
        now: Date, scheme: String = "http", authority: String, user: User? = nil, addressing: Addressing = Addressing(),
        path: String = Service.device.path
    ) {
        self.now = now
        arrived = now
        self.scheme = scheme
        self.authority = authority
        self.user = user
        self.addressing = addressing
        self.path = path
    }

    /// The host part of the authority, brackets of an IPv6 address included.
    package var host: String {
        guard let colon = authority.lastIndex(of: ":"), authority[colon...].allSatisfy({ $0 != "]" }) else {
            return authority
        }
        return String(authority[..<colon])
    }

    /// An address of this device with that path.
    package func address(_ path: String) -> String {
        "\(scheme)://\(authority)\(path)"
    }
}

/// One operation of a service: access, request, response and faults in one place.
///
/// The name of the type is the name of the operation. `apply` is given the call beside the state because addresses in
/// answers mirror the request's host and time comes from outside.
package protocol ServiceOperation: Sendable {
    associatedtype Response: ResponseMessage

    static var service: Service { get }
    static var access: AccessClass { get }
    /// The namespace of the request element; the service's own except for WS-BaseNotification.
    static var namespace: XMLNamespace { get }
    /// The WS-Addressing action of the response.
    static var responseAction: String { get }

    /// Whether devices of the model have the operation; the others answer `ActionNotSupported`.
    ///
    /// Only what goes beyond the service itself: that the model has the service is asked before.
    static func isSupported(by model: DeviceModel) -> Bool
    /// The subcode below `ActionNotSupported` that the specification has for models without the operation; nil for none.
    static var unsupportedSubcode: String? { get }

    /// Whether the response depends on the state and the client's address alone, neither on time nor on who asks, so that
    /// it may be sent again while the state stays; worth saying for long answers that clients ask for often.
    static var isTimeless: Bool { get }

    /// Reads the request element.
    init(_ request: XMLElement) throws(Fault)

    /// Applies the operation whole or, on a fault, not at all.
    func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response
}

extension ServiceOperation {
    package static var namespace: XMLNamespace { service.namespace }
    package static var name: String { String(describing: Self.self) }
    package static func isSupported(by model: DeviceModel) -> Bool { true }
    package static var isTimeless: Bool { false }
    package static var unsupportedSubcode: String? { nil }
    package static var responseAction: String { "\(service.namespace.uri)/\(name)Response" }
}

/// A request without arguments.
package protocol EmptyRequest: ServiceOperation {
    init()
}

extension EmptyRequest {
    package init(_ request: XMLElement) throws(Fault) {
        self.init()
    }
}

/// An operation with its types erased, as dispatching needs it.
package struct OperationEntry: Sendable {
    package let service: Service
    package let namespace: XMLNamespace
    package let name: String
    package let access: AccessClass
    package let responseAction: String
    private let isSupported: @Sendable (DeviceModel) -> Bool
    private let unsupportedSubcode: String?
    /// Decodes and applies the request; the returned closure writes the response element.
    package let perform: @Sendable (XMLElement, inout DeviceState, Call) throws(Fault) -> any ResponseMessage

    package init<O: ServiceOperation>(_ operation: O.Type) {
        service = O.service
        namespace = O.namespace
        name = O.name
        access = O.access
        responseAction = O.responseAction
        isSupported = O.isSupported
        isTimeless = O.isTimeless
        isPureRead = O.service != .events && !O.access.changesDevice && O.name.hasPrefix("Get")
        unsupportedSubcode = O.unsupportedSubcode
        perform = { (request, device, call) throws(Fault) in
            try O(request).apply(to: &device, call)
        }
    }

    /// Whether the operation only looks: by the names that ONVIF gives, one that gets, outside event handling.
    ///
    /// `GeneratedRequestTests` holds the operations to it.
    package let isPureRead: Bool
    package let isTimeless: Bool

    /// Whether devices of the model have the operation and its service.
    package func isSupported(by model: DeviceModel) -> Bool {
        service.isOffered(by: model) && isSupported(model)
    }

    /// What devices of the model answer that lack the operation; nil where they have it.
    package func refusal(by model: DeviceModel) -> Fault? {
        guard !isSupported(by: model) else { return nil }
        return Fault(
            code: .receiver, subcodes: ["ActionNotSupported"] + [unsupportedSubcode].compactMap { $0 },
            reason: "this device has no operation \(name) of \(namespace.uri)")
    }

    /// The whole response message.
    ///
    /// `action`: another WS-Addressing action than that of the operation.
    package func envelope(
        _ response: any ResponseMessage, answering addressing: Addressing, action: String? = nil
    ) -> [UInt8] {
        Reply.envelope(action: action ?? responseAction, answering: addressing) { writer in
            writer.element(namespace, name + "Response", [], response.write)
        }
    }
}
