package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.20.6 GetOSDOptions.
    package struct GetOSDOptions: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        /// The video source configuration.
        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> OSDOptionsResponse {
            try device.media.requireConfiguration(.videoSource, configuration)
            return OSDOptionsResponse(service: .media)
        }
    }
}
