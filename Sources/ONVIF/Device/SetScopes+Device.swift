package import XML

extension DeviceService {
    /// Replaces the configurable scopes; the fixed ones stay.
    ///
    /// Source: ONVIF Core 26.06 §8.3.15 SetScopes.
    package struct SetScopes: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var scopes: [String]

        package init(_ request: XMLElement) throws(Fault) {
            scopes = request.children("Scopes").map(\.trimmedText)
        }

        /// - Throws: `OperationProhibited/ScopeOverwrite` for a fixed scope, `Action/TooManyScopes`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let fixed = device.system.scopes.filter(\.isFixed)
            if let clash = scopes.first(where: { uri in fixed.contains { $0.uri == uri } }) {
                throw .sender("OperationProhibited", "ScopeOverwrite", reason: "\(clash) is a fixed scope")
            }
            try device.replaceScopes(with: fixed, adding: scopes)
            return EmptyResponse()
        }
    }
}

extension DeviceState {
    /// The most scopes a device keeps, fixed ones included.
    static let scopeLimit = 64

    /// Takes these scopes, leaving out what is there already, and announces the change.
    mutating func replaceScopes(with kept: [SystemState.Scope], adding uris: [String]) throws(Fault) {
        var scopes = kept
        for uri in uris where !scopes.contains(where: { $0.uri == uri }) {
            guard uri.contains(":"), !uri.contains(where: \.isWhitespace) else {
                throw .sender("InvalidArgVal", reason: "\"\(uri)\" is no absolute URI")
            }
            scopes.append(SystemState.Scope(uri: uri, isFixed: false))
        }
        guard scopes.count <= Self.scopeLimit else {
            throw .receiver("Action", "TooManyScopes", reason: "at most \(Self.scopeLimit) scopes are kept")
        }
        system.scopes = scopes
        system.metadataVersion += 1
        effects.append(.hello)
    }
}
