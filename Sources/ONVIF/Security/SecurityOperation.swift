package import XML

/// An operation of the security service; it changes the security state alone.
package protocol SecurityOperation: ServiceOperation {
    // Said again so that it is inferred from `apply` below.
    associatedtype Response

    /// Applies the operation whole; what it did before a fault is dropped.
    func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response
}

extension SecurityOperation {
    package static var service: Service { .security }

    package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
        try device.changeSecurity { (security, model) throws(Fault) in try apply(to: &security, model) }
    }
}

extension DeviceState {
    /// Takes the change if it succeeds; what the TLS server serves follows it.
    ///
    /// - Throws: `ActionNotSupported` for a device without the service, and what the change throws.
    mutating func changeSecurity<Result>(
        _ change: (inout SecurityState, SecurityModel) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        guard let old = security, let model = model.security else {
            throw .receiver("ActionNotSupported", reason: "this device has no keystore")
        }
        var next = old
        let result = try change(&next, model)
        let before = tlsServing
        security = next
        if next.tls != old.tls || next.keystore.paths != old.keystore.paths, tlsServing != before {
            effects.append(.tlsServingChanged)
        }
        return result
    }
}

/// A response that is one identifier.
package struct IdentifierResponse: ResponseMessage, Equatable {
    package var element: String
    package var id: String

    package func write(to writer: inout XMLWriter) {
        writer.element(.tas, element, id)
    }
}

/// A response that is a list of identifiers.
package struct IdentifiersResponse: ResponseMessage, Equatable {
    package var element: String
    package var ids: [String]

    package func write(to writer: inout XMLWriter) {
        for id in ids { writer.element(.tas, element, id) }
    }
}

/// A response that is true or false.
package struct FlagResponse: ResponseMessage, Equatable {
    package var element: String
    package var isSet: Bool

    package func write(to writer: inout XMLWriter) {
        writer.element(.tas, element, isSet)
    }
}
