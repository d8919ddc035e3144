package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.9.6 GetOSDOptions.
    package struct GetOSDOptions: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        /// The video source configuration.
        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> OSDOptionsResponse {
            try device.media.requireConfiguration(.videoSource, configuration)
            return OSDOptionsResponse(service: .media2)
        }
    }
}
