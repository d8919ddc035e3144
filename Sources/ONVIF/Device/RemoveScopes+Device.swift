package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.3.17 RemoveScopes.
    package struct RemoveScopes: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var scopes: [String]

        package init(_ request: XMLElement) throws(Fault) {
            scopes = request.children("ScopeItem").map(\.trimmedText)
        }

        /// - Throws: `OperationProhibited/FixedScope`, `InvalidArgVal/NoScope`; no scope is removed then.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            var kept = device.system.scopes
            for uri in scopes {
                guard let index = kept.firstIndex(where: { $0.uri == uri }) else {
                    throw .sender("InvalidArgVal", "NoScope", reason: "there is no scope \(uri)")
                }
                guard !kept[index].isFixed else {
                    throw .sender("OperationProhibited", "FixedScope", reason: "\(uri) is a fixed scope")
                }
                kept.remove(at: index)
            }
            try device.replaceScopes(with: kept, adding: [])
            return Response(removed: scopes)
        }

        package struct Response: ResponseMessage, Equatable {
            package var removed: [String]

            package func write(to writer: inout XMLWriter) {
                for uri in removed { writer.element(.tds, "ScopeItem", uri) }
            }
        }
    }
}
