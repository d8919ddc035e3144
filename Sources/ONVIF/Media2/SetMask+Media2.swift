package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.10.5 SetMask.
    package struct SetMask: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var mask: MaskConfiguration

        package init(_ request: XMLElement) throws(Fault) {
            mask = try MaskConfiguration(try request.required("Mask"))
        }

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasMasks }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`, `InvalidArgVal/InvalidPolygon`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.media.set(mask)
            device.effects.append(.pictureChanged)
            return EmptyResponse()
        }
    }
}
