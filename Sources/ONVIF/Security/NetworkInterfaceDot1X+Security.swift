package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.4.5 SetNetworkInterfaceDot1XConfiguration.
    package struct SetNetworkInterfaceDot1XConfiguration: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var interface: String
        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.dot1X == true }

        package init(_ request: XMLElement) throws(Fault) {
            interface = try request.string("token")
            id = try request.string("Dot1XID")
        }

        /// - Throws: `InvalidArgVal/InvalidNetworkInterface`, `InvalidArgVal/Dot1XConfigurationID`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> FlagResponse {
            try Dot1XState.checkInterface(interface)
            _ = try security.dot1X.index(id)
            security.dot1X.bindings[interface] = id
            return FlagResponse(element: "RebootNeeded", isSet: false)
        }
    }

    /// Source: ONVIF Security 26.06 §5.4.6 GetNetworkInterfaceDot1XConfiguration.
    package struct GetNetworkInterfaceDot1XConfiguration: SecurityOperation {
        package static let access = AccessClass.readSystemSecret

        private var interface: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.dot1X == true }

        package init(_ request: XMLElement) throws(Fault) {
            interface = try request.string("token")
        }

        /// - Throws: `InvalidArgVal/InvalidNetworkInterface`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifiersResponse {
            try Dot1XState.checkInterface(interface)
            return IdentifiersResponse(
                element: "Dot1XID", ids: security.dot1X.bindings[interface].map { [$0] } ?? [])
        }
    }

    /// Source: ONVIF Security 26.06 §5.4.7 DeleteNetworkInterfaceDot1XConfiguration.
    package struct DeleteNetworkInterfaceDot1XConfiguration: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var interface: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.dot1X == true }

        package init(_ request: XMLElement) throws(Fault) {
            interface = try request.string("token")
        }

        /// - Throws: `InvalidArgVal/InvalidNetworkInterface`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> FlagResponse {
            try Dot1XState.checkInterface(interface)
            security.dot1X.bindings[interface] = nil
            return FlagResponse(element: "RebootNeeded", isSet: false)
        }
    }
}

extension Dot1XState {
    fileprivate static func checkInterface(_ token: String) throws(Fault) {
        guard token == NetworkInterface.token else {
            throw .sender(
                "InvalidArgVal", "InvalidNetworkInterface", reason: "there is no network interface \"\(token)\"")
        }
    }
}
