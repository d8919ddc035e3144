package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.3.4 Get<entity>ConfigurationOptions.
    package struct GetVideoSourceConfigurationOptions: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault)
            -> VideoSourceConfigurationOptionsResponse
        {
            try VideoSourceConfigurationOptionsResponse(filter, of: device.media, in: .media2)
        }
    }
}
