import Glibc
package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.18 GetIPAddressFilter.
    package struct GetIPAddressFilter: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.network.hasIPFilter }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(filter: device.network.filter)
        }

        package struct Response: ResponseMessage, Equatable {
            package var filter: IPAddressFilter

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "IPAddressFilter") { writer in
                    writer.element(.tt, "Type", filter.kind.rawValue)
                    for address in filter.ipv4 { writer.prefixedAddress("IPv4Address", address) }
                    for address in filter.ipv6 { writer.prefixedAddress("IPv6Address", address) }
                }
            }
        }
    }

    /// Sets who may reach the device, from the next request on; a client can shut itself out.
    ///
    /// Source: ONVIF Core 26.06 §8.2.19 SetIPAddressFilter.
    package struct SetIPAddressFilter: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var filter: IPAddressFilter

        package static func isSupported(by model: DeviceModel) -> Bool { model.network.hasIPFilter }

        /// - Throws: `InvalidArgVal/InvalidIPv4Address`, `InvalidArgVal/InvalidIPv6Address`.
        package init(_ request: XMLElement) throws(Fault) {
            filter = try request.ipAddressFilter()
        }

        /// - Throws: `InvalidArgVal/IPFilterListIsFull`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try filter.checkLength()
            device.network.filter = filter
            return EmptyResponse()
        }
    }

    /// Adds addresses; the type in the request means nothing.
    ///
    /// Source: ONVIF Core 26.06 §8.2.20 AddIPAddressFilter.
    package struct AddIPAddressFilter: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var filter: IPAddressFilter

        package static func isSupported(by model: DeviceModel) -> Bool { model.network.hasIPFilter }

        /// - Throws: `InvalidArgVal/InvalidIPv4Address`, `InvalidArgVal/InvalidIPv6Address`.
        package init(_ request: XMLElement) throws(Fault) {
            filter = try request.ipAddressFilter()
        }

        /// - Throws: `InvalidArgVal/IPFilterListIsFull`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var sum = device.network.filter
            for address in filter.ipv4 where !sum.ipv4.contains(where: address.isSame) { sum.ipv4.append(address) }
            for address in filter.ipv6 where !sum.ipv6.contains(where: address.isSame) { sum.ipv6.append(address) }
            try sum.checkLength()
            device.network.filter = sum
            return EmptyResponse()
        }
    }

    /// Removes addresses, all or none; the type in the request means nothing.
    ///
    /// Source: ONVIF Core 26.06 §8.2.21 RemoveIPAddressFilter.
    package struct RemoveIPAddressFilter: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var filter: IPAddressFilter

        package static func isSupported(by model: DeviceModel) -> Bool { model.network.hasIPFilter }

        /// - Throws: `InvalidArgVal/InvalidIPv4Address`, `InvalidArgVal/InvalidIPv6Address`.
        package init(_ request: XMLElement) throws(Fault) {
            filter = try request.ipAddressFilter()
        }

        /// - Throws: `InvalidArgVal/NoIPv4Address`, `InvalidArgVal/NoIPv6Address`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var rest = device.network.filter
            for address in filter.ipv4 { try Self.remove(address, from: &rest.ipv4, "NoIPv4Address") }
            for address in filter.ipv6 { try Self.remove(address, from: &rest.ipv6, "NoIPv6Address") }
            device.network.filter = rest
            return EmptyResponse()
        }

        private static func remove(
            _ address: PrefixedAddress, from list: inout [PrefixedAddress], _ subcode: String
        ) throws(Fault) {
            guard let index = list.firstIndex(where: address.isSame) else {
                throw .sender(
                    "InvalidArgVal", subcode, reason: "\(address.address)/\(address.prefixLength) is not in the filter")
            }
            list.remove(at: index)
        }
    }
}

extension XMLElement {
    fileprivate func ipAddressFilter() throws(Fault) -> IPAddressFilter {
        let element = try required("IPAddressFilter")
        var filter = IPAddressFilter()
        filter.kind = try element.choice("Type")
        for address in element.children("IPv4Address") { filter.ipv4.append(try address.prefixedAddress(AF_INET)) }
        for address in element.children("IPv6Address") { filter.ipv6.append(try address.prefixedAddress(AF_INET6)) }
        return filter
    }
}

extension IPAddressFilter {
    fileprivate func checkLength() throws(Fault) {
        guard ipv4.count + ipv6.count <= Self.limit else {
            throw .sender(
                "InvalidArgVal", "IPFilterListIsFull", reason: "the filter has at most \(Self.limit) addresses")
        }
    }
}
