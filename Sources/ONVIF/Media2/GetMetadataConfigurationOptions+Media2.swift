package import XML

extension Media2Service {
    /// Tells the same for every configuration and profile, as all of them are alike.
    ///
    /// Source: ONVIF Media2 26.06 §5.3.4 Get<entity>ConfigurationOptions.
    package struct GetMetadataConfigurationOptions: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault)
            -> MetadataConfigurationOptionsResponse
        {
            try filter.check(.metadata, in: device.media)
            return MetadataConfigurationOptionsResponse(
                hasPTZ: device.media.hasPTZ, hasGeoLocation: device.model.tellsPlaces, service: .media2)
        }
    }
}
