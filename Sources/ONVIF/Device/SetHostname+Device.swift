package import XML

extension DeviceService {
    /// Changes the host name of the device.
    ///
    /// Source: ONVIF Core 26.06 §8.2.2 SetHostname.
    package struct SetHostname: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        /// RFC 1123 §2.1 syntax; empty leaves the device without a name of its own.
        package var name: String

        package init(_ request: XMLElement) throws(Fault) {
            name = try request.string("Name")
        }

        /// - Throws: `InvalidArgVal/InvalidHostname`; the device keeps its name.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            guard name.isEmpty || name.isHostName else {
                throw .sender("InvalidArgVal", "InvalidHostname", reason: "\"\(name)\" is no RFC 1123 host name")
            }
            device.network.hostname = name
            device.network.isHostnameFromDHCP = false
            return EmptyResponse()
        }
    }
}

extension String {
    /// RFC 1123 §2.1: labels of letters, digits and inner hyphens, 1…63 characters each, 255 in all.
    var isHostName: Bool {
        let labels = split(separator: ".", omittingEmptySubsequences: false)
        return utf8.count <= 255
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
    }
}
