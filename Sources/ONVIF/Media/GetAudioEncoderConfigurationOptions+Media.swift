package import XML

extension MediaService {
    /// Tells the same for every configuration and profile, as all of them are alike.
    ///
    /// Source: ONVIF Media 26.06 §5.8.4 GetAudioEncoderConfigurationOptions.
    package struct GetAudioEncoderConfigurationOptions: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioEncoder
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault)
            -> AudioEncoderConfigurationOptionsResponse
        {
            try filter.check(.audioEncoder, in: device.media)
            return AudioEncoderConfigurationOptionsResponse(encoders: device.media.audioEncoders, service: .media)
        }
    }
}
