package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.3.3.13 SetEnabledTLSVersions.
    package struct SetEnabledTLSVersions: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var versions: [String]

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.tls != nil }

        package init(_ request: XMLElement) throws(Fault) {
            versions = try request.string("Versions").split(whereSeparator: \.isWhitespace).map(String.init)
        }

        /// - Throws: `InvalidArgVal/EmptyList`, `InvalidArgVal/TLSVersion`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            guard !versions.isEmpty else {
                throw .sender("InvalidArgVal", "EmptyList", reason: "at least one version stays enabled")
            }
            let supported = model.tls?.versions ?? []
            for version in versions where !supported.contains(where: { $0.rawValue == version }) {
                throw .sender(
                    "InvalidArgVal", "TLSVersion",
                    reason: "\"\(version)\" is none of \(supported.map(\.rawValue).joined(separator: ", "))")
            }
            security.tls.enabledVersions = supported.filter { versions.contains($0.rawValue) }
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.14 GetEnabledTLSVersions.
    package struct GetEnabledTLSVersions: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystem
        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.tls != nil }
        package init() {}

        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifierResponse {
            IdentifierResponse(
                element: "Versions", id: security.tls.enabledVersions.map(\.rawValue).joined(separator: " "))
        }
    }
}
