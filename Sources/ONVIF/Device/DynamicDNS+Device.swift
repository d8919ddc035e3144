package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.8 GetDynamicDNS.
    package struct GetDynamicDNS: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.network.hasDynamicDNS }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(setting: device.network.dynamicDNS)
        }

        package struct Response: ResponseMessage, Equatable {
            package var setting: DynamicDNS

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "DynamicDNSInformation") { writer in
                    writer.element(.tt, "Type", setting.kind.rawValue)
                    writer.optional(.tt, "Name", setting.name)
                    writer.optional(.tt, "TTL", setting.timeToLive.map(XSDuration.string))
                }
            }
        }
    }

    /// Keeps the settings; no name server is told anything.
    ///
    /// Source: ONVIF Core 26.06 §8.2.9 SetDynamicDNS.
    package struct SetDynamicDNS: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem
        /// Seconds (RFC 2181 §8).
        static let timeToLiveRange = 0...Double(Int32.max)

        package var setting: DynamicDNS

        package static func isSupported(by model: DeviceModel) -> Bool { model.network.hasDynamicDNS }

        /// - Throws: `InvalidArgVal` for a name that is none and for a time that is too long.
        package init(_ request: XMLElement) throws(Fault) {
            setting = DynamicDNS(
                kind: try request.choice("Type"), name: request.optionalString("Name"),
                timeToLive: try request.optionalDuration("TTL"))
            if let name = setting.name, !name.isHostName {
                throw .sender("InvalidArgVal", reason: "\"\(name.prefix(256))\" is no host name")
            }
            if let time = setting.timeToLive, !Self.timeToLiveRange.contains(time) {
                throw .sender("InvalidArgVal", reason: "a time to live is 0 to \(Int32.max) seconds")
            }
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.network.dynamicDNS = setting
            return EmptyResponse()
        }
    }
}
