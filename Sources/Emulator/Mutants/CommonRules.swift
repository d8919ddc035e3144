import ONVIF

/// What many operations can do wrong.
extension Mutation.Rule {
    /// The operation answers, but changes nothing.
    static func forgets(_ operation: String, of service: Service = .device) -> Self {
        .exchange(operation: operation, service: service) { $0.after = $0.before }
    }

    /// The operation refuses whatever it is asked.
    static func refuses(_ operation: String, of service: Service = .device) -> Self {
        .exchange(operation: operation, service: service) { exchange in
            exchange.after = exchange.before
            exchange.result = .failure(.sender("InvalidArgVal", reason: "the request is refused"))
        }
    }

    /// The operation answers where it should refuse, and changes nothing.
    static func neverRefuses(_ operation: String, of service: Service = .device) -> Self {
        .exchange(operation: operation, service: service) { exchange in
            guard case .failure = exchange.result else { return }
            exchange.result = .success(EmptyResponse())
        }
    }

    /// The fault keeps only its first subcode.
    static func forgetsSubcode(_ operation: String, of service: Service = .device) -> Self {
        .exchange(operation: operation, service: service) { exchange in
            guard case .failure(var fault) = exchange.result else { return }
            fault.subcodes = Array(fault.subcodes.prefix(1))
            exchange.result = .failure(fault)
        }
    }

    /// The element is missing in the response.
    static func omits(_ element: String, from operation: String, of service: Service = .device) -> Self {
        .exchange(operation: operation, service: service) { $0.edit { $0.remove(element) } }
    }
}
