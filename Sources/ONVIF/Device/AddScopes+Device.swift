package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.3.16 AddScopes.
    package struct AddScopes: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var scopes: [String]

        package init(_ request: XMLElement) throws(Fault) {
            scopes = request.children("ScopeItem").map(\.trimmedText)
        }

        /// - Throws: `Action/TooManyScopes`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.replaceScopes(with: device.system.scopes, adding: scopes)
            return EmptyResponse()
        }
    }
}
