package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.4.4 GetVideoSourceConfigurationOptions.
    package struct GetVideoSourceConfigurationOptions: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault)
            -> VideoSourceConfigurationOptionsResponse
        {
            try VideoSourceConfigurationOptionsResponse(filter, of: device.media, in: .media)
        }
    }
}
