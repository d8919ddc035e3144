package import XML

// The discovery proxy was dropped from the specifications with release 2.6.1; clients still read and write its settings.
// They are kept and shown; no proxy is spoken to.
extension DeviceService {
    /// Source: ONVIF devicemgmt.wsdl 26.06 GetRemoteDiscoveryMode.
    package struct GetRemoteDiscoveryMode: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasRemoteDiscovery }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(isDiscoverable: device.system.isRemotelyDiscoverable)
        }

        package struct Response: ResponseMessage, Equatable {
            package var isDiscoverable: Bool

            package func write(to writer: inout XMLWriter) {
                let mode = isDiscoverable ? SetDiscoveryMode.Mode.discoverable : .nonDiscoverable
                writer.element(.tds, "RemoteDiscoveryMode", mode.rawValue)
            }
        }
    }

    /// Source: ONVIF devicemgmt.wsdl 26.06 SetRemoteDiscoveryMode.
    package struct SetRemoteDiscoveryMode: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var mode: SetDiscoveryMode.Mode

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasRemoteDiscovery }

        package init(_ request: XMLElement) throws(Fault) {
            mode = try request.choice("RemoteDiscoveryMode")
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.system.isRemotelyDiscoverable = mode == .discoverable
            return EmptyResponse()
        }
    }

    /// Source: ONVIF devicemgmt.wsdl 26.06 GetDPAddresses.
    package struct GetDPAddresses: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasRemoteDiscovery }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(proxies: device.system.discoveryProxies)
        }

        package struct Response: ResponseMessage, Equatable {
            package var proxies: [NetworkState.NetworkHost]

            package func write(to writer: inout XMLWriter) {
                for proxy in proxies { writer.host("DPAddress", proxy, in: .tds) }
            }
        }
    }

    /// Source: ONVIF devicemgmt.wsdl 26.06 SetDPAddresses.
    package struct SetDPAddresses: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem
        /// The most addresses kept.
        static let limit = 8

        package var proxies: [NetworkState.NetworkHost]

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasRemoteDiscovery }

        /// - Throws: `InvalidArgVal/InvalidIPv4Address`, `…/InvalidIPv6Address`, `…/InvalidDnsName`.
        package init(_ request: XMLElement) throws(Fault) {
            proxies = []
            for proxy in request.children("DPAddress") { proxies.append(try proxy.networkHost()) }
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            guard proxies.count <= Self.limit else {
                throw .sender("InvalidArgVal", reason: "at most \(Self.limit) discovery proxies are kept")
            }
            device.system.discoveryProxies = proxies
            return EmptyResponse()
        }
    }
}
