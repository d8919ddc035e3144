package import XML

extension DeviceService {
    /// Lists the services with addresses as the client reached us and, if asked, their capabilities.
    ///
    /// Source: ONVIF Core 26.06 §8.1.2.2 GetServices.
    package struct GetServices: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.preAuth

        package var includeCapability: Bool

        package init(_ request: XMLElement) throws(Fault) {
            includeCapability = try request.boolean("IncludeCapability")
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            var entries: [Response.Entry] = []
            for service in device.services {
                var capabilities: (any ResponseMessage)?
                if includeCapability {
                    capabilities = try Operations.capabilities(of: service)?.perform(
                        XMLElement(namespace: service.namespace.uri, name: "GetServiceCapabilities"), &device, call)
                }
                entries.append(
                    Response.Entry(service: service, address: call.address(service.path), capabilities: capabilities))
            }
            return Response(entries: entries)
        }

        package struct Response: ResponseMessage {
            package struct Entry: Sendable {
                package var service: Service
                package var address: String
                package var capabilities: (any ResponseMessage)?
            }

            package var entries: [Entry]

            package func write(to writer: inout XMLWriter) {
                for entry in entries {
                    writer.element(.tds, "Service") { writer in
                        writer.element(.tds, "Namespace", entry.service.namespace.uri)
                        writer.element(.tds, "XAddr", entry.address)
                        if let capabilities = entry.capabilities {
                            writer.element(.tds, "Capabilities", [], capabilities.write)
                        }
                        writer.element(.tds, "Version") { writer in
                            writer.element(.tt, "Major", Service.version.major)
                            writer.element(.tt, "Minor", Service.version.minor)
                        }
                    }
                }
            }
        }
    }
}
