package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.3.14 GetScopes.
    package struct GetScopes: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(scopes: device.system.scopes)
        }

        package struct Response: ResponseMessage, Equatable {
            package var scopes: [SystemState.Scope]

            package func write(to writer: inout XMLWriter) {
                for scope in scopes {
                    writer.element(.tds, "Scopes") { writer in
                        writer.element(.tt, "ScopeDef", scope.isFixed ? "Fixed" : "Configurable")
                        writer.element(.tt, "ScopeItem", scope.uri)
                    }
                }
            }
        }
    }
}
