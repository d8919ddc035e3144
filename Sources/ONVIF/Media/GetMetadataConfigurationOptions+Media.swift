package import XML

extension MediaService {
    /// Tells the same for every configuration and profile, as all of them are alike.
    ///
    /// Source: ONVIF Media 26.06 §5.10.5 GetMetadataConfigurationOptions.
    package struct GetMetadataConfigurationOptions: ServiceOperation {
        package static let service = Service.media
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
                hasPTZ: device.media.hasPTZ, hasGeoLocation: device.model.tellsPlaces, service: .media)
        }
    }
}
