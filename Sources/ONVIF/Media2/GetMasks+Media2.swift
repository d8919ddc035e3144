package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.10.4 GetMasks.
    package struct GetMasks: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        /// The mask; nil means all.
        package var token: String?
        /// The video source configuration; nil means all.
        package var configuration: String?

        package init(_ request: XMLElement) throws(Fault) {
            token = request.optionalString("Token")
            configuration = request.optionalString("ConfigurationToken")
        }

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasMasks }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            if let configuration { try device.media.requireConfiguration(.videoSource, configuration) }
            if let token { return Response(masks: [try device.media.mask(token)]) }
            return Response(
                masks: device.media.masks.filter { configuration == nil || $0.videoSource == configuration })
        }

        package struct Response: ResponseMessage, Equatable {
            package var masks: [MaskConfiguration]

            package func write(to writer: inout XMLWriter) {
                for mask in masks { mask.write(to: &writer, "Masks") }
            }
        }
    }
}
