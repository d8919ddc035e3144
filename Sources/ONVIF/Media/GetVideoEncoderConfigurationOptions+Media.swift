package import XML

extension MediaService {
    /// Tells the same for every configuration and profile, as all of them are alike.
    ///
    /// Source: ONVIF Media 26.06 §5.5.4 GetVideoEncoderConfigurationOptions.
    package struct GetVideoEncoderConfigurationOptions: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault)
            -> VideoEncoderConfigurationOptionsResponse
        {
            try filter.check(.videoEncoder, in: device.media)
            return VideoEncoderConfigurationOptionsResponse(options: device.media.videoEncoderOptions, service: .media)
        }
    }
}
